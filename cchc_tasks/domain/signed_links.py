"""Links that answer for one obligation in one person's name: signed, good up to a day, short enough for any channel.

A token is "obligation.person.version.day.signature" with an HMAC-SHA256 over what stands before it. The version is that
of the obligation's leads, so that a link of before a reassignment is told from one of after it.
"""

import base64
import hmac
from dataclasses import dataclass, field
from datetime import date, timedelta

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import AnswerLinkExpired, AnswerLinkWrong

PLACE = "/tra-loi"
_DAY = "%Y%m%d"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a link opens, for whom, and the last day on which it does."""

    obligation_id: int
    person_id: int
    lead_version: int
    last_day: date


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links and reads them back: the keys, what addresses begin with, how many days a link is good.

    The first key signs; a link signed by any of them opens.
    """

    keys: tuple[bytes, ...] = field(repr=False)
    base_url: str
    days: int

    def address(self, obligation_id: int, person_id: int, lead_version: int, *, on: date) -> str:
        """The whole address of a link made on a day."""
        answer = Answer(obligation_id, person_id, lead_version, on + timedelta(self.days))
        return f"{self.base_url.rstrip('/')}{PLACE}/{self.token(answer)}"

    def token(self, answer: Answer) -> str:
        """The address's last part: letters, digits, "-", "_" and ".", ending in a letter or digit."""
        payload = f"{answer.obligation_id}.{answer.person_id}.{answer.lead_version}.{answer.last_day.strftime(_DAY)}"
        return f"{payload}.{_signature(self.keys[0], payload)}"

    def read(self, token: str, *, on: date) -> Answer:
        """What a token opens on a day; raises AnswerLinkWrong unless it is one of ours, AnswerLinkExpired after it."""
        payload, _, signature = token.rpartition(".")
        signed = (_signature(key, payload).encode() for key in self.keys)
        if not any(hmac.compare_digest(signature.encode(errors="replace"), one) for one in signed):
            raise AnswerLinkWrong
        obligation_id, person_id, lead_version, day = payload.split(".")
        last_day = date.fromisoformat(day)
        if on > last_day:
            raise AnswerLinkExpired(day=short_date(last_day))
        return Answer(int(obligation_id), int(person_id), int(lead_version), last_day)


def _signature(key: bytes, payload: str) -> str:
    digest = hmac.digest(key, payload.encode(errors="replace"), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
