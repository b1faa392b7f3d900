"""A mapping that forgets its oldest entries."""

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V")


class Bounded(dict[str, V]):
    """At most `most` entries by weight; the oldest make room. A single entry heavier than that is kept alone."""

    def __init__(self, most: int, weigh: Callable[[V], int] | None = None) -> None:
        super().__init__()
        self._most, self._weigh, self._weight = most, weigh, 0

    def __setitem__(self, key: str, value: V) -> None:
        self.pop(key, None)
        super().__setitem__(key, value)
        self._weight += self._of(value)
        while self._weight > self._most and len(self) > 1:
            self.pop(next(iter(self)))

    def pop(self, key: str, *default: Any) -> Any:
        """Remove a key, and what it weighed."""
        if key not in self:
            return super().pop(key, *default)
        value = super().pop(key)
        self._weight -= self._of(value)
        return value

    def _of(self, value: V) -> int:
        return self._weigh(value) if self._weigh else 1
