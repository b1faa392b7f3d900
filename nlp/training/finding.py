"""Judging what is found in texts: `python -m nlp evaluate places|personal --data FILE`.

FILE holds JSON Lines: `{"id", "text", "places": [{province, district, subdistrict}]}` or
`{"id", "text", "spans": [{"kind", "start", "end"}]}`, a span's offsets in code points.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlp.document import read
from nlp.places import places
from nlp.privacy import personal_data
from nlp.training.reading import Unreadable

Found = Counter[tuple[Any, ...]]
Matching = Callable[[Found, Found], int]
_LONGEST = 100


@dataclass(slots=True)
class Count:
    """How much of what is there was found: pieces right, pieces found, pieces there."""

    right: int = 0
    found: int = 0
    there: int = 0

    def add(self, wanted: Found, given: Found, right: int) -> None:
        """Count one text more."""
        self.right += right
        self.found += given.total()
        self.there += wanted.total()

    def line(self, name: str) -> str:
        """One line of the report: precision, recall, F1, how many there are."""
        precision, recall = self.right / max(self.found, 1), self.right / max(self.there, 1)
        f1 = 2 * self.right / max(self.found + self.there, 1)
        return f"  {name:34} {precision:9.4f} {recall:7.4f} {f1:7.4f} {self.there:6}"


@dataclass(slots=True)
class FindingReport:
    """Counts by name, and the texts in which something was missed or made up."""

    title: str
    counts: dict[str, Count] = field(default_factory=dict)
    texts: int = 0
    mistakes: list[str] = field(default_factory=list)

    def add(self, name: str, wanted: Found, given: Found, right: int | None = None) -> None:
        """Count one text under a name; `right` where not only equal pieces are right."""
        count = self.counts.setdefault(name, Count())
        count.add(wanted, given, (wanted & given).total() if right is None else right)

    def mistake(self, text: str, wanted: Found, given: Found) -> None:
        """Keep a text with what was missed and made up in it."""
        missed, made_up = sorted(map(str, wanted - given)), sorted(map(str, given - wanted))
        self.mistakes.append(f"{' '.join(text.split())[:_LONGEST]}  missed {missed}  made up {made_up}")

    def lines(self, errors: int = 12) -> Iterator[str]:
        """Write the report: precision, recall and F1 by name, then mistakes."""
        yield f"{self.title} ({self.texts} texts, {self.texts - len(self.mistakes)} without a mistake)"
        yield f"  {'':34} precision  recall      F1  there"
        for name, count in self.counts.items():
            yield count.line(name)
        for mistake in self.mistakes[:errors]:
            yield f"    {mistake}"
        yield ""


def evaluate_places(data: Path) -> list[FindingReport]:
    """Judge places: the provinces of each text, the districts, and whole records."""
    report = FindingReport("places")
    for text, listed in _rows(data, "places"):
        wanted = Counter((place.get("province"), place.get("district"), place.get("subdistrict")) for place in listed)
        given = Counter((place.province, place.district, place.subdistrict) for place in places(read(text)))
        report.texts += 1
        report.add("province", _upto(wanted, 1), _upto(given, 1))
        report.add("province and district", _upto(wanted, 2), _upto(given, 2))
        report.add("full record", wanted, given)
        if wanted != given:
            report.mistake(text, wanted, given)
    return [report]


def evaluate_personal(data: Path) -> list[FindingReport]:
    """Judge personal data by kind: exact spans, and spans that share at least half of what both cover."""
    exact, shared = FindingReport("personal data, exact spans"), FindingReport("personal data, spans that share half")
    for text, listed in _rows(data, "spans"):
        wanted = Counter((span["kind"], span["start"], span["end"]) for span in listed)
        given = Counter((span.kind, span.start, span.end) for span in personal_data(read(text)))
        for report, matching in ((exact, _equal), (shared, _overlapping)):
            report.texts += 1
            _count_kinds(report, wanted, given, matching)
            if matching(wanted, given) < max(wanted.total(), given.total()):
                report.mistake(text, _shown(text, wanted), _shown(text, given))
    return [exact, shared]


def _count_kinds(report: FindingReport, wanted: Found, given: Found, matching: Matching) -> None:
    for kind in sorted({piece[0] for piece in (*wanted, *given)}):
        some, others = _of_kind(wanted, {kind}), _of_kind(given, {kind})
        report.add(kind, some, others, matching(some, others))
    kinds = {piece[0] for piece in (*wanted, *given)} - {"person"}
    some, others = _of_kind(wanted, kinds), _of_kind(given, kinds)
    report.add("all but persons", some, others, matching(some, others))


def _rows(data: Path, field_name: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    with data.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                yield str(row["text"]), list(row[field_name])
            except (ValueError, KeyError, TypeError) as error:
                raise Unreadable(f"{data}, line {number}: expected JSON with text and {field_name}") from error


def _upto(found: Found, levels: int) -> Found:
    """Keep the upper levels of places that have the last of them, each once a text."""
    return Counter({place[:levels] for place in found if place[levels - 1]})


def _of_kind(found: Found, kinds: set[str]) -> Found:
    return Counter({piece: times for piece, times in found.items() if piece[0] in kinds})


def _shown(text: str, found: Found) -> Found:
    return Counter((kind, text[start:end]) for kind, start, end in found)


def _equal(wanted: Found, given: Found) -> int:
    return (wanted & given).total()


def _overlapping(wanted: Found, given: Found) -> int:
    return sum(any(_shares_half(one, other) for other in given) for one in wanted)


def _shares_half(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    inside = min(one[2], other[2]) - max(one[1], other[1])
    around = max(one[2], other[2]) - min(one[1], other[1])
    return bool(one[0] == other[0] and inside * 2 >= around)
