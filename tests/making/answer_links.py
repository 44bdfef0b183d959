"""The links by which people without a password answer, as a message would hold them."""

from datetime import date

from cchc_tasks.bootstrap import Application
from cchc_tasks.services.by_link import link_for


def answer_link(app: Application, obligation_id: int, person_id: int, on: date) -> str | None:
    """The address for an obligation and a person; None for those who have to sign in."""
    with app.database.read() as uow:
        return link_for(
            uow.obligations.get(obligation_id),
            uow.obligations.leads([obligation_id])[obligation_id],
            uow.directory.person(person_id),
            bool(uow.accounts.with_password([person_id])),
            links=app.links(),
            on=on,
        )
