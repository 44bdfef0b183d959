"""What passes between the processes: the same document again, and nothing at all of bytes that are no reply."""

import json
import random

import pytest

from cchc_tasks.adapters.documents.replies import (
    NoReply,
    Refusal,
    document_of,
    lines_of,
    written_document,
    written_refusal,
)
from cchc_tasks.domain.errors import FileDamaged
from tests.making.sample_plan import whole_plan

UNFIT = {
    "nothing": b"",
    "half a reply": b'{"blocks":[',
    "no object": b"[]",
    "a number": b"7",
    "no blocks": b"{}",
    "a number for a block": b'{"blocks":[7],"scanned":false}',
    "a number for a row": b'{"blocks":[[7]],"scanned":false}',
    "a row of nothing": b'{"blocks":[[[]]],"scanned":false}',
    "an unknown sign for a cell": b'{"blocks":[[[0,9]]],"scanned":false}',
    "an object for a cell": b'{"blocks":[[[0,{"a":1}]]],"scanned":false}',
    "a number for a cell's text": b'{"blocks":[[[0,[5,"day"]]]],"scanned":false}',
    "an unknown kind of day": b'{"blocks":[[[0,["5","a"]]]],"scanned":false}',
    "lists without an end": b'{"blocks":' + b"[" * 100_000,
    "an unknown refusal": b'{"refused":"no-right","facts":{}}',
    "a refusal that wants a fact": b'{"refused":"file-damaged","facts":{}}',
    "a refusal that names the file": b'{"refused":"file-damaged","facts":{"path":"/etc/passwd","format":"a"}}',
    "a refusal with a list": b'{"refused":"file-damaged","facts":{"format":[]}}',
    "letters that are none": b'{"blocks":["\xff"],"scanned":false}',
}


class TestReply:
    def test_gives_the_document_again(self) -> None:
        assert document_of(written_document(whole_plan())) == whole_plan()

    def test_gives_the_refusal_again(self) -> None:
        with pytest.raises(Refusal) as refusal:
            lines_of(written_refusal(Refusal(FileDamaged, format=".doc")))

        assert ".doc" in str(refusal.value.named("a"))

    @pytest.mark.parametrize("kind", UNFIT)
    def test_is_none_that_is(self, kind: str) -> None:
        for understood in (document_of, lines_of):
            with pytest.raises(NoReply):
                understood(UNFIT[kind])

    def test_is_one_or_none_after_any_change(self) -> None:
        whole = json.loads(written_document(whole_plan()))
        chance = random.Random(5)
        for _ in range(300):
            changed = json.loads(json.dumps(whole))
            place = changed
            while isinstance(place, list | dict) and place:
                key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
                if chance.random() < 0.4 or not isinstance(place[key], list | dict):
                    place[key] = chance.choice([None, -1, "", [], {}, [[]], 1e99, True])
                    break
                place = place[key]
            try:
                document_of(json.dumps(changed).encode())
            except (NoReply, Refusal):
                continue
