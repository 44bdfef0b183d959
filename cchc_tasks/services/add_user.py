"""An administrator adds a person to the directory, with a password good for one sign-in."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import MailAddressInvalid, UserExists, UserNameInvalid
from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.models.directory import Person
from cchc_tasks.ports import Passwords
from cchc_tasks.services.planning import HEARS_FIRST, RungPlanner
from cchc_tasks.services.set_password import give_password
from cchc_tasks.store.database import Database

_USER = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_MAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")


@dataclass(frozen=True, slots=True)
class NewUser:
    """Who is added: the user name, the name on pages, the unit by its code, the role, where mail reaches them."""

    user: str
    name: str
    unit: str
    role: Role
    mail: str | None = None


def add_user(
    database: Database, passwords: Passwords, wanted: NewUser, *, actor: Actor, on: date, now: datetime
) -> str:
    """Keep a person and give the one-time password; a new head or focal person hears from `on` on of the unit's work.

    Raises UserNameInvalid, MailAddressInvalid, UserExists, UnitUnknown, NoRight.
    """
    require(actor, Action.MANAGE_USERS)
    if not _USER.fullmatch(wanted.user):
        raise UserNameInvalid(user=wanted.user)
    if wanted.mail and not _MAIL.fullmatch(wanted.mail):
        raise MailAddressInvalid(address=wanted.mail)
    with database.write(now) as uow:
        people = uow.people
        if people.exists(wanted.user):
            raise UserExists(user=wanted.user)
        unit = uow.directory.unit_with_code(wanted.unit)
        person = Person(user=wanted.user, name=" ".join(wanted.name.split()), role=wanted.role, unit_id=unit.id or 0)
        password = give_password(uow, passwords, people.add(person, wanted.mail), now)
        if wanted.role in HEARS_FIRST:
            uow.obligations.hold_opening()
            RungPlanner(uow).plan_anew_all(uow.touched.led_by(unit.id or 0), not_before=on)
        uow.note(actor.user, "user.add", f"user:{wanted.user}", role=wanted.role, unit=wanted.unit)
        return password
