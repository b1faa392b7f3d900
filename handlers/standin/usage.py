"""What was sent: the month's quota, and the counts per day that LINE reports a day later."""

from collections import Counter
from datetime import date, datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9))  # LINE counts days in UTC+9


def day(at: float) -> date:
    """The day LINE counts a moment in."""
    return datetime.fromtimestamp(at, JAPAN).date()


class Usage:
    """Messages sent, by day and method. A message to one person counts as one, however many bubbles it has."""

    def __init__(self) -> None:
        self._sent: Counter[tuple[str, date]] = Counter()
        self._month: Counter[tuple[int, int]] = Counter()
        self.units: dict[tuple[int, int], dict[str, int]] = {}
        self.by_chat: Counter[str] = Counter()

    def count(self, via: str, people: int, at: float) -> None:
        """So many people received something. Replies are free."""
        when = day(at)
        self._sent[via, when] += people
        if via != "reply":
            self._month[when.year, when.month] += people

    def month(self, at: float) -> int:
        """What the quota has been charged with in this month."""
        when = day(at)
        return self._month[when.year, when.month]

    def sent(self, via: str, when: date) -> int:
        """How many were sent on a day."""
        return self._sent[via, when]

    def unit(self, name: str, people: int, at: float) -> None:
        """Count under a custom aggregation unit; beyond 1,000 names a month LINE silently assigns none."""
        when = day(at)
        names = self.units.setdefault((when.year, when.month), {})
        if name in names or len(names) < 1000:
            names[name] = names.get(name, 0) + people

    def names(self, at: float) -> dict[str, int]:
        """The units of this month and how many received something under each."""
        when = day(at)
        return self.units.get((when.year, when.month), {})
