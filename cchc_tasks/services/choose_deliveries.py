"""What a deed for many deliveries would be about, to be seen before it is done."""

from dataclasses import dataclass

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.delivery_deeds import Deed
from cchc_tasks.services.holding_deliveries import count_fitting
from cchc_tasks.store.database import Database
from cchc_tasks.store.delivery_deeds import Fitting
from cchc_tasks.store.delivery_log import DeliveryRow, Narrowed

SHOWN = 20


@dataclass(frozen=True, slots=True)
class ChosenDeliveries:
    """How many fit, and the newest of them."""

    count: int
    rows: tuple[DeliveryRow, ...]


def choose_deliveries(database: Database, deed: Deed, fitting: Fitting, *, actor: Actor) -> ChosenDeliveries:
    """How many the deed is about; raises NoRight, DeliveryStateForbids, DeliveriesNoneFit or DeliveriesTooMany."""
    require(actor, Action.MANAGE_DELIVERIES)
    with database.read() as uow:
        count = count_fitting(uow, fitting, deed)
        narrowed = Narrowed(on=fitting.on, channel=fitting.channel)
        rows = uow.delivery_log.page(narrowed, {fitting.state}, first=0, size=SHOWN)
        return ChosenDeliveries(count, tuple(row for row in rows if row.other is None))
