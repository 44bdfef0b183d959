"""What the Zalo notifier asks for the token it sends with."""

from typing import Protocol


class ZaloAccess(Protocol):
    """Gives access tokens; both raise ZaloNotSet, ZaloSetWrong, ZaloConsentNeeded or ZaloUnreachable."""

    def token(self) -> str:
        """A token that is thought to be good."""

    def renewed(self, refused: str) -> str:
        """Another token than the one that Zalo refused."""
