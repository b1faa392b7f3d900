"""How far the machine's tags agree with people's decisions.

A tag that people accepted is a hit, one they rejected a false alarm, one they added a miss. Precision is hits of all
that the machine said, the estimate of recall hits of all that is right, both among what people decided on: they look
first at what seems wrong, so that both rather understate. Intervals are Wilson's (1927), of 95 %.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, TextIO

import orjson

from bot.store.agreeing import corrected_projects, corrected_topics, decisions_counted
from bot.store.base import Session
from bot.store.labels import SINGLE, Label, Verdict
from bot.store.sight import Sight

Z = 1.959964
NONE = "none"
CARDS = Path(__file__).parents[1] / "nlp" / "models"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `n`, with the bounds of its 95 % interval."""

    part: int
    n: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there is nothing to share."""
        return self.part / self.n if self.n else None

    @property
    def bounds(self) -> tuple[float, float]:
        """Wilson's interval; 0 to 1 where nothing is known."""
        if not self.n:
            return 0.0, 1.0
        share, square = self.part / self.n, Z * Z / self.n
        middle = (share + square / 2) / (1 + square)
        half = Z * sqrt(share * (1 - share) / self.n + square / (4 * self.n)) / (1 + square)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(slots=True)
class Figures:
    """Hits, false alarms and misses."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    @property
    def precision(self) -> Share:
        """Of what the machine said, how much is right."""
        return Share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> Share:
        """Of what is right, how much the machine said."""
        return Share(self.hits, self.hits + self.misses)


@dataclass(frozen=True, slots=True)
class Seen:
    """One outcome, `number` times: a tag, the model that gave or missed it, the month, and which outcome it is."""

    tag: Label
    model: str
    month: str
    outcome: str
    number: int


Table = dict[Any, Figures]


def outcomes(session: Session, sight: Sight) -> list[Seen]:
    """What people's decisions say of the machine, on entries that may be seen."""
    return [each for row in decisions_counted(session, sight) for each in _read(row)]


def grouped(seen: Iterable[Seen], by: Callable[[Seen], Any]) -> Table:
    """The figures by something of each outcome, in its order."""
    found: Table = defaultdict(Figures)
    for each in seen:
        figures = found[by(each)]
        setattr(figures, each.outcome, getattr(figures, each.outcome) + each.number)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _read(row: Any) -> Iterator[Seen]:
    """What one kind of decision says: a sentiment corrected is a false alarm for one value, a miss for the other."""

    def seen(tag: str, outcome: str) -> Seen:
        label = Label(row.kind, tag, row.direction or None)
        return Seen(label, row.model, f"{row.day:%Y-%m}", outcome, row.number)

    if row.kind in SINGLE:
        right = row.tag if row.verdict != Verdict.REJECTED else ""
        if row.machine == right:
            yield seen(right, "hits")
            return
        if row.machine:
            yield seen(row.machine, "alarms")
        if right:
            yield seen(right, "misses")
    elif row.machine:
        yield seen(row.tag, "alarms" if row.verdict == Verdict.REJECTED else "hits")
    elif row.verdict != Verdict.REJECTED:
        yield seen(row.tag, "misses")


def cards() -> list[dict[str, Any]]:
    """What the models' makers measured on texts the models had not seen: {"model", "figures"}, by name of the file."""
    found = []
    for path in sorted(CARDS.glob("*.json")):
        card = orjson.loads(path.read_bytes())
        figures = card.get("figures") or card.get("cross_validated") or {}
        shares = {name: value[0] if isinstance(value, list) else value for name, value in figures.items()}
        shares = {name: value for name, value in shares.items() if isinstance(value, float)}
        if shares:
            found.append({"task": path.stem, "model": card.get("model", path.stem), "figures": shares})
    return found


def write_corrections(session: Session, out: TextIO) -> dict[str, int]:
    """Write what people corrected, a JSON object a line, as `python -m nlp train` learns from it. {kind: how many}.

    Words are masked. An entry counts as corrected whole once somebody decided on one of its topics.
    """
    written = {"topics": 0, "routing": 0}
    for text, topics in corrected_topics(session):
        _line(out, written, "topics", text, topics)
    for text, project in corrected_projects(session):
        _line(out, written, "routing", text, project or NONE)
    return written


def _line(out: TextIO, written: dict[str, int], kind: str, text: str, right: object) -> None:
    out.write(orjson.dumps({"kind": kind, "text": text, "right": right}).decode() + "\n")
    written[kind] += 1
