"""Extensions: which day may be asked for, by which documents it is granted, and how an extended day is told."""

from datetime import date

import pytest

from cchc_tasks.domain.errors import DocumentNumberMissing, ExtensionTooEarly, StageForbids, SuperiorNumberMissing
from cchc_tasks.domain.extensions import (
    Granted,
    deciding_documents,
    document_number,
    earliest_askable,
    extended_in_words,
    hold_later,
    hold_waiting,
)
from cchc_tasks.domain.vocabulary import Stage

WAITING = {Stage.OPEN, Stage.ACKNOWLEDGED, Stage.RETURNED}


class TestDay:
    @pytest.mark.parametrize(
        ("due_on", "today", "earliest"),
        [
            (date(2026, 3, 31), date(2026, 3, 24), date(2026, 4, 1)),
            (date(2026, 3, 31), date(2026, 3, 31), date(2026, 4, 1)),
            # late already: no day that is over
            (date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 1)),
            (date(2026, 3, 31), date(2026, 4, 20), date(2026, 4, 20)),
            # ends of months and years, Tết: the printed day counts, days off move nothing
            (date(2026, 2, 28), date(2026, 2, 2), date(2026, 3, 1)),
            (date(2028, 2, 28), date(2028, 2, 2), date(2028, 2, 29)),
            (date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
            (date(2026, 2, 16), date(2026, 2, 2), date(2026, 2, 17)),
        ],
    )
    def test_may_be_the_next_one_but_none_that_is_over(self, due_on: date, today: date, earliest: date) -> None:
        assert earliest_askable(due_on, today) == earliest

    def test_is_refused_where_it_is_earlier_and_taken_however_late(self) -> None:
        earliest = date(2026, 4, 1)
        hold_later(earliest, earliest)
        hold_later(date(2027, 6, 30), earliest)  # beyond the plan's year
        with pytest.raises(ExtensionTooEarly, match=r"31/3/2026 quá sớm; sớm nhất là 01/4/2026"):
            hold_later(date(2026, 3, 31), earliest)

    @pytest.mark.parametrize("stage", list(Stage))
    def test_is_moved_only_while_the_unit_is_awaited(self, stage: Stage) -> None:
        if stage in WAITING:
            hold_waiting("gia hạn", stage)
        else:
            with pytest.raises(StageForbids):
                hold_waiting("gia hạn", stage)


class TestDocuments:
    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("45/SGDĐT-VP", "45/SGDĐT-VP"),
            ("  Số: 45/SGDĐT-VP ", "45/SGDĐT-VP"),
            ("số 45/SGDĐT-VP   ngày 01/4/2026", "45/SGDĐT-VP ngày 01/4/2026"),
            ("Số", ""),
            ("   ", ""),
        ],
    )
    def test_are_named_without_the_word_for_number(self, typed: str, number: str) -> None:
        assert document_number(typed) == number

    def test_need_the_superiors_where_the_duty_came_from_above(self) -> None:
        assert deciding_documents("45/SGDĐT-VP", "", assigned_by=None) == ("45/SGDĐT-VP", None)
        assert deciding_documents("45/SGDĐT-VP", "9/UBND", assigned_by="UBND tỉnh") == ("45/SGDĐT-VP", "9/UBND")
        with pytest.raises(SuperiorNumberMissing, match="UBND tỉnh"):
            deciding_documents("45/SGDĐT-VP", " ", assigned_by="UBND tỉnh")
        with pytest.raises(DocumentNumberMissing):
            deciding_documents(" ", "9/UBND", assigned_by="UBND tỉnh")


class TestWords:
    def test_name_the_first_day_and_every_document(self) -> None:
        first, second = Granted(date(2026, 3, 31), "45/SGDĐT-VP"), Granted(date(2026, 4, 15), "52/SGDĐT-VP")
        assert extended_in_words([]) is None
        assert extended_in_words([first]) == "gia hạn từ 31/3/2026, số 45/SGDĐT-VP"
        assert extended_in_words([first, second]) == "gia hạn 2 lần từ 31/3/2026, số 45/SGDĐT-VP, 52/SGDĐT-VP"
