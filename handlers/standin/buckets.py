"""Rate limits: a token bucket per operation, as LINE keeps them per channel."""

from handlers.standin.settings import Rate


class Buckets:
    """Callers hold the stand-in's lock; times are seconds."""

    def __init__(self) -> None:
        self._levels: dict[str, tuple[Rate, float, float]] = {}

    def take(self, name: str, rate: Rate, now: float) -> bool:
        """Take one call from a bucket; False when it is empty."""
        if rate is None:
            return True
        most, seconds = rate
        known, level, at = self._levels.get(name, (rate, most, now))
        if known != rate:
            level, at = most, now
        level = min(most, level + (now - at) * most / seconds) if now > at else level
        allowed = level >= 1
        self._levels[name] = (rate, level - 1 if allowed else level, max(now, at))
        return allowed
