"""One transaction: the repositories that share its session, and the journal entries it ends with."""

from datetime import datetime

from sqlmodel import Session

from cchc_tasks.store.absences import AbsenceStore
from cchc_tasks.store.accounts import AccountStore
from cchc_tasks.store.addressees import AddresseeStore
from cchc_tasks.store.batches import BatchStore
from cchc_tasks.store.bounces import BounceStore
from cchc_tasks.store.channels import ChannelStore
from cchc_tasks.store.contacts import ContactStore
from cchc_tasks.store.delivery_deeds import DeliveryDeedStore
from cchc_tasks.store.delivery_log import DeliveryLogStore
from cchc_tasks.store.directory import DirectoryStore
from cchc_tasks.store.directory_changes import DirectoryChangeStore
from cchc_tasks.store.events import EventStore
from cchc_tasks.store.evidence import EvidenceStore
from cchc_tasks.store.extensions import ExtensionStore
from cchc_tasks.store.follow_ups import FollowUpStore
from cchc_tasks.store.group_collections import GroupCollectionStore
from cchc_tasks.store.group_posts import GroupPostStore
from cchc_tasks.store.inputs import InputStore
from cchc_tasks.store.internal_days import InternalDayStore
from cchc_tasks.store.journal import JournalStore
from cchc_tasks.store.measures import MeasureStore
from cchc_tasks.store.message_words import MessageWordsStore
from cchc_tasks.store.mornings import MorningStore
from cchc_tasks.store.named_people import NamedPeopleStore
from cchc_tasks.store.obligation_page import ObligationPageStore
from cchc_tasks.store.obligations import ObligationStore
from cchc_tasks.store.office import OfficeStore
from cchc_tasks.store.office_matters import OfficeMattersStore
from cchc_tasks.store.outbox import OutboxStore
from cchc_tasks.store.people import PeopleStore
from cchc_tasks.store.plans import PlanStore
from cchc_tasks.store.receipts import ReceiptStore
from cchc_tasks.store.remembered_answers import RememberedAnswerStore
from cchc_tasks.store.rungs import RungStore
from cchc_tasks.store.running import RunningStore
from cchc_tasks.store.search import SearchStore
from cchc_tasks.store.secrets import SecretStore
from cchc_tasks.store.simulation import SimulationStore
from cchc_tasks.store.standings import StandingStore
from cchc_tasks.store.touched import TouchedStore
from cchc_tasks.store.work import WorkStore


class UnitOfWork:
    """The repositories of one transaction. `now` is None where nothing may be written."""

    def __init__(self, session: Session, now: datetime | None) -> None:
        self._session = session
        self.now = now
        self._noted: list[tuple[str, str, str, dict[str, object]]] = []
        self.directory = DirectoryStore(session)
        self.directory_changes = DirectoryChangeStore(session)
        self.office = OfficeStore(session)
        self.plans = PlanStore(session)
        self.remembered_answers = RememberedAnswerStore(session)
        self.obligations = ObligationStore(session)
        self.evidence = EvidenceStore(session)
        self.rungs = RungStore(session)
        self.mornings = MorningStore(session)
        self.outbox = OutboxStore(session)
        self.standings = StandingStore(session)
        self.work = WorkStore(session)
        self.obligation_page = ObligationPageStore(session)
        self.people = PeopleStore(session)
        self.absences = AbsenceStore(session)
        self.addressees = AddresseeStore(session)
        self.named_people = NamedPeopleStore(session)
        self.inputs = InputStore(session)
        self.running = RunningStore(session)
        self.search = SearchStore(session)
        self.simulation = SimulationStore(session)
        self.delivery_log = DeliveryLogStore(session)
        self.delivery_deeds = DeliveryDeedStore(session)
        self.batches = BatchStore(session)
        self.accounts = AccountStore(session)
        self.extensions = ExtensionStore(session)
        self.internal_days = InternalDayStore(session)
        self.touched = TouchedStore(session)
        self.follow_ups = FollowUpStore(session)
        self.office_matters = OfficeMattersStore(session)
        self.measures = MeasureStore(session)
        self.message_words = MessageWordsStore(session)
        self.group_collections = GroupCollectionStore(session)
        self.channels = ChannelStore(session)
        self.contacts = ContactStore(session)
        self.secrets = SecretStore(session)
        self.events = EventStore(session)
        self.bounces = BounceStore(session)
        self.receipts = ReceiptStore(session)
        self.group_posts = GroupPostStore(session)
        self.journal = JournalStore(session)

    def note(self, actor: str, action: str, subject: str, **details: object) -> None:
        """Keep an entry for the journal; it is written as the transaction's last act."""
        self._noted.append((actor, action, subject, details))

    def finish(self) -> None:
        """Write the journal under its lock row, then commit."""
        if self.now is None:
            raise RuntimeError("this transaction only reads")
        self._session.flush()
        self.journal.append(self._noted, self.now)
        self._session.commit()
