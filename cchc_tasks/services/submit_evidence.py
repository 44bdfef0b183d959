"""A unit hands in evidence for what it owes; the secretariat may enter it on behalf of a unit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import (
    DateInFuture,
    DocumentSecret,
    EvidenceEmpty,
    EvidenceUnchanged,
    InputError,
    InputHandedInAlone,
    LinkInvalid,
    NotResponsible,
    ReferenceUnreadable,
)
from cchc_tasks.domain.lengths import WORDS, held_few, held_short
from cchc_tasks.domain.lifecycle import after
from cchc_tasks.domain.reading.references import Reference, read_reference
from cchc_tasks.domain.secrecy import mark_of_secrecy
from cchc_tasks.domain.vocabulary import Proof
from cchc_tasks.models.evidence import Revision, RevisionItem
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.ports import DocumentReader, EvidenceVault
from cchc_tasks.services.judging import judge
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

LINES_OF_A_PAGE = 60
LONGEST_REFERENCE = 300  # letters; nobody writes as many, and reading takes as long as their square
MOST_LINES = 100  # of references, and of links, in one submission
_SHOWN = 60  # of a line that is too long


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed in: paths of files, references as written in one box, links, and a note."""

    files: Sequence[Path] = ()
    references: Sequence[str] = ()
    links: Sequence[str] = ()
    note: str | None = None
    received_on: date | None = None
    on_behalf_of: str | None = field(default=None)


def submit_evidence(
    database: Database,
    vault: EvidenceVault,
    reader: DocumentReader,
    obligation_ids: Sequence[int],
    handed: Handed,
    *,
    actor: Actor,
    today: date,
    now: datetime,
    by_link: bool = False,
) -> int:
    """Keep a submission for one or several obligations and give the evidence's id.

    A second submission after a return is another revision of the same evidence; nothing is overwritten. `received_on`
    (today where none is given) decides timeliness. `by_link` says in the journal that the actor came by a signed link,
    without a password. Raises an InputError, Refused or ReadingUnavailable, and then nothing has changed but that the
    vault may hold a file nobody refers to.
    """
    received_on = handed.received_on or today
    if received_on > today:
        raise DateInFuture(day=received_on.strftime("%d/%m/%Y"))
    _hold_short(handed)
    with database.read() as uow:  # rights first: no byte is stored for somebody who may not hand in, or not now
        owed = [uow.obligations.get(one) for one in dict.fromkeys(obligation_ids)]
        for obligation in owed:
            _submitting_unit(uow, obligation, handed, actor)
            after("nộp", obligation.stage)
    if len(owed) > 1 and any(one.parent_id is not None for one in owed):
        raise InputHandedInAlone  # it is another's to decide
    items = _items(handed, vault, reader)
    with database.write(now) as uow:
        for parent_id in (one.parent_id for one in owed if one.parent_id is not None):
            uow.obligations.locked(parent_id)  # before its input, as whoever ends it holds them
        obligations = [uow.obligations.locked(one) for one in sorted(set(obligation_ids))]
        units = [_submitting_unit(uow, one, handed, actor) for one in obligations]
        for obligation in obligations:
            _advance(uow, obligation)
        ids = [one.id or 0 for one in obligations]
        evidence_id, number = _place(uow, ids, units[0], items)
        uow.evidence.add_revision(
            Revision(
                evidence_id=evidence_id,
                number=number,
                received_on=received_on,
                submitted_at=now,
                submitted_by=actor.user,
                on_behalf=handed.on_behalf_of is not None,
                note=handed.note,
            ),
            items,
        )
        for obligation in obligations:
            judge(uow, obligation)
        uow.note(
            actor.user,
            "evidence.submit",
            f"evidence:{evidence_id}",
            revision=number,
            obligations=ids,
            received_on=received_on,
            on_behalf_of=handed.on_behalf_of,
            by_link=by_link,
            items=[item.sha256 or item.text for item in items],
        )
        return evidence_id


def reference_in(text: str) -> Reference:
    """The document that one line of the box for references names; raises ReferenceUnreadable."""
    if len(text) > LONGEST_REFERENCE:
        raise ReferenceUnreadable(text=f"{text[:_SHOWN]}…")
    return read_reference(text)


def refuse_secret(path: Path, reader: DocumentReader) -> bool:
    """Raise DocumentSecret for a file whose first page bears a mark of secrecy; no byte of such a file is kept.

    True where there was text to look at. Of a scan, a picture or a film only the submitter can say that it is not
    secret, and has to be asked. Raises ReadingUnavailable where there was no looking at this time.
    """
    lines = _first_page(path, reader)
    mark = mark_of_secrecy(lines)
    if mark:
        raise DocumentSecret(path=path.name, mark=mark)
    return bool(lines)


def _submitting_unit(uow: UnitOfWork, obligation: Obligation, handed: Handed, actor: Actor) -> int:
    """The unit for which evidence comes in; raises where it does not lead or the actor may not act for it."""
    leads = uow.obligations.leads([obligation.id or 0])[obligation.id or 0]
    if handed.on_behalf_of is None:
        require(actor, Action.SUBMIT, frozenset(leads))
        return actor.unit_id or leads[0]
    require(actor, Action.SUBMIT_ON_BEHALF)
    unit = uow.directory.unit_with_code(handed.on_behalf_of)
    if unit.id is None or unit.id not in leads:
        raise NotResponsible(unit=unit.name, obligation=obligation.id)
    return unit.id


def _hold_short(handed: Handed) -> None:
    """Raise WordsTooLong or LinesTooMany for what no report holds: pages show all of it to whoever looks."""
    held_short("Ghi chú", handed.note or "", WORDS)
    held_few("Số, ký hiệu văn bản", handed.references, MOST_LINES)
    held_few("Đường liên kết", handed.links, MOST_LINES)
    for link in handed.links:
        held_short("Đường liên kết", link, WORDS)


def _advance(uow: UnitOfWork, obligation: Obligation) -> None:
    stage = after("nộp", obligation.stage)
    if obligation.due_on is None and obligation.slot.startswith("year-"):
        return  # "thường xuyên" takes evidence all year and stays open
    obligation.stage = stage
    uow.rungs.cancel(obligation.id or 0)
    uow.extensions.withdraw_open(obligation.id or 0)


def _place(uow: UnitOfWork, obligation_ids: list[int], unit_id: int, items: Sequence[RevisionItem]) -> tuple[int, int]:
    """Where a submission belongs: behind the returned one for exactly these obligations, else a new evidence."""
    latest = uow.evidence.latest_for(obligation_ids[0])
    if latest is None or list(uow.evidence.obligations_of(latest)) != obligation_ids:
        return uow.evidence.add(unit_id, obligation_ids), 1
    last = uow.evidence.last_revision(latest)
    decided = uow.evidence.verification(last.id or 0)
    if decided is None or decided.supplement_due_on is None:
        return uow.evidence.add(unit_id, obligation_ids), 1
    before = {(item.proof, item.sha256 or item.text) for item in uow.evidence.items(last.id or 0)}
    if before == {(item.proof, item.sha256 or item.text) for item in items}:
        raise EvidenceUnchanged
    return latest, last.number + 1


def _items(handed: Handed, vault: EvidenceVault, reader: DocumentReader) -> list[RevisionItem]:
    if not (handed.files or handed.references or handed.links):
        raise EvidenceEmpty
    items = [_reference(text) for text in handed.references]
    items += [_link(text) for text in handed.links]
    items += [_file(path, vault, reader) for path in handed.files]
    for position, item in enumerate(items):
        item.position = position
    return items


def _reference(text: str) -> RevisionItem:
    reference = reference_in(text)
    return RevisionItem(
        revision_id=0,
        position=0,
        proof=Proof.REFERENCE,
        text=" ".join(text.split()),
        number=reference.number,
        dated=reference.dated,
    )


def _link(text: str) -> RevisionItem:
    link = text.strip()
    if not link.startswith(("http://", "https://")) or any(sign.isspace() or ord(sign) < 32 for sign in link):
        raise LinkInvalid(text=text)
    return RevisionItem(revision_id=0, position=0, proof=Proof.LINK, text=link)


def _file(path: Path, vault: EvidenceVault, reader: DocumentReader) -> RevisionItem:
    refuse_secret(path, reader)
    stored = vault.store(path)
    return RevisionItem(
        revision_id=0, position=0, proof=Proof.FILE, text=path.name, sha256=stored.sha256, size=stored.size
    )


def _first_page(path: Path, reader: DocumentReader) -> list[str]:
    """The first lines of a file whose format can be read; of any other there is nothing to look at.

    Raises ReadingUnavailable: a file that could be read at another time is not kept unseen.
    """
    try:
        return list(reader.beginning(path)[:LINES_OF_A_PAGE])
    except InputError:
        return []
