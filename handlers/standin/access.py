"""Channel access tokens: the one of the console, and those issued over the API."""

from dataclasses import dataclass

from handlers.standin.bounded import Bounded


@dataclass(slots=True)
class Issued:
    """A token: when it ends (seconds) and its key id, "" for kinds without one."""

    ends: float
    key_id: str = ""


class Access:
    """Which tokens open the API."""

    def __init__(self, long_lived: str, most: int = 1000) -> None:
        self._long_lived = long_lived
        self._issued: Bounded[Issued] = Bounded(most)

    def issue(self, token: str, issued: Issued) -> None:
        """From now on this one opens it too."""
        self._issued[token] = issued

    def find(self, token: str, now: float) -> Issued | None:
        """A token that is valid now."""
        if token == self._long_lived:
            return Issued(now + 10 * 365 * 86400)
        issued = self._issued.get(token)
        return issued if issued and issued.ends > now else None

    def revoke(self, token: str) -> None:
        """It ends now. Unknown tokens are not spoken of."""
        self._issued.pop(token, None)

    def key_ids(self, now: float) -> list[str]:
        """The key ids of the v2.1 tokens that are valid."""
        return [one.key_id for one in self._issued.values() if one.key_id and one.ends > now]
