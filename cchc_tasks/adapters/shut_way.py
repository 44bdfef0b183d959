"""A channel whose secret cannot be opened: it stops with that sentence, and the other channels go on."""

from dataclasses import dataclass

from cchc_tasks.domain.errors import CchcError
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Message, Receipt


@dataclass(frozen=True, slots=True)
class ShutWay:
    """Fulfils ports.Notifier by saying why nothing can be sent."""

    why: CchcError

    def send(self, _message: Message) -> Receipt:
        """Nothing is sent; the channel is to stop until an administrator has seen to it."""
        return Receipt(answer=str(self.why), fault=Fault.STOP)

    def close(self) -> None:
        """There is nothing to let go of."""
