"""Learning from what people corrected: `python -m nlp train topics|routing --from corrections.jsonl --out FOLDER`.

A line of the file is one correction, a JSON object:

    {"kind": "topics",  "text": "...", "right": ["service.waiting", "service.staff"]}   all that are right, perhaps none
    {"kind": "routing", "text": "...", "right": "road-safety"}                          the project's slug, or "none"

Other keys are allowed and not read. A fifth of the corrections, chosen by a hash of the text alone, is not learned
from: on it the present model and the candidate are compared, text by text. What is better, by how much, and between
which bounds (95 % of bootstrap samples of those texts) is answered; the candidate, then fitted on all corrections, is
written to the folder, and nothing is switched: whoever finds it better copies the file into `nlp/models/`.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.document import read
from nlp.hearing import Hearing, hearing
from nlp.leaning import MODEL, TALK, Leaner, save
from nlp.records import Project
from nlp.similarity import DOUBT, MEMORY, NONE, compare, learned, memory, probabilities, weights
from nlp.topics import topics
from nlp.training import leanings
from nlp.training.citizens import fold, gathered
from nlp.training.reading import Unreadable
from nlp.training.routing import read_projects

KINDS = ("topics", "routing")
FEWEST = 20
"""Texts to compare on, below which no difference can be shown."""

_DRAWS = 2_000
_SEED = 2562
_JUDGES = 0

Scored = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Correction:
    """A text and what people say is right for it: topics, or one project ("none" for none of them)."""

    text: str
    right: tuple[str, ...]

    @property
    def judges(self) -> bool:
        """Tell whether it is kept for comparing."""
        return fold(self.text) == _JUDGES


def train_topics(path: Path, out: Path) -> dict[str, Any]:
    """Learn topics from corrections; writes `leanings.npz` to the folder, answers the comparison. Raises Unreadable."""
    corrections = read_corrections(path, "topics")
    candidate = _topic_leaner([one for one in corrections if not one.judges])
    heard = Hearing(candidate, hearing().pieces)
    judges = [one for one in corrections if one.judges]
    answer = compared(
        [_overlap(one, hearing()) for one in judges], [_overlap(one, heard) for one in judges], "micro-F1 of topics"
    )
    return answer | _written(out / MODEL.name, _topic_leaner(corrections))


def train_routing(path: Path, projects: Path, out: Path) -> dict[str, Any]:
    """Learn projects from corrections; `projects` is the JSON list that `tag --projects` reads. Raises Unreadable.

    Writes `routing_corrections.npz` to the folder and answers the comparison.
    """
    corrections = read_corrections(path, "routing")
    known = read_projects(projects)
    learning = [one for one in corrections if not one.judges]
    judges = [one for one in corrections if one.judges]
    candidate = _project_leaner(learning) if learning else None
    answer = compared(
        [_hit(one, known, memory()) for one in judges],
        [_hit(one, known, candidate) for one in judges],
        "accuracy of the best guess",
    )
    return answer | _written(out / MEMORY.name, _project_leaner(corrections))


def read_corrections(path: Path, kind: str) -> list[Correction]:
    """Read the corrections of one kind; a text corrected twice counts as last corrected.

    Raises Unreadable, naming the line.
    """
    found: dict[str, Correction] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            row = _row(path, number, line)
            if row["kind"] == kind:
                right = row["right"]
                found[row["text"]] = Correction(row["text"], (right,) if isinstance(right, str) else tuple(right))
    if not found:
        raise Unreadable(f"{path}: no corrections of kind {kind}")
    return list(found.values())


def compared(before: Sequence[Scored], after: Sequence[Scored], measure: str) -> dict[str, Any]:
    """Say which of two models is better on the same texts. Of each text.

    (twice what was right, what was guessed plus what was to be).
    """
    texts = len(before)
    if not texts:
        return {
            "measure": measure,
            "texts": 0,
            "better": "unknown",
            "because": f"no text to compare on; {FEWEST} are needed",
        }
    chance = np.random.default_rng(_SEED)
    old, new = np.array(before, dtype=float), np.array(after, dtype=float)
    drawn = chance.integers(0, texts, (_DRAWS, texts))
    gains = _ratio(new[drawn]) - _ratio(old[drawn])
    low, high = (round(float(bound), 4) for bound in np.quantile(gains, (0.025, 0.975)))
    better = "candidate" if low > 0 else "present" if high < 0 else "not shown"
    if texts < FEWEST:
        better = "unknown"
    return {
        "measure": measure,
        "texts": texts,
        "present": round(float(_ratio(old)), 4),
        "candidate": round(float(_ratio(new)), 4),
        "gain": round(float(_ratio(new) - _ratio(old)), 4),
        "interval": [low, high],
        "better": better,
    }


def _ratio(counts: np.ndarray) -> Any:
    sums = counts.sum(axis=-2)
    return sums[..., 0] / np.maximum(sums[..., 1], 1)


def _overlap(correction: Correction, heard: Hearing) -> Scored:
    found = {tag.tag for tag in topics(read(correction.text), heard)}
    return 2 * len(found & set(correction.right)), len(found) + len(correction.right)


def _hit(correction: Correction, projects: Sequence[Project], remembered: Leaner | None) -> Scored:
    document = read(correction.text)
    chances = probabilities(compare(document, projects), weights(), learned(document, projects, remembered))
    slugs = [project.slug for project in projects]
    best = NONE if chances[-1] > DOUBT else slugs[max(range(len(slugs)), key=lambda number: chances[number])]
    return float(best in correction.right), 1.0


def _topic_leaner(corrections: Sequence[Correction]) -> Leaner:
    messages = [(citizen.topic, citizen.text) for citizen in gathered()]
    messages += [(topic, one.text) for one in corrections for topic in (one.right or (TALK,))]
    return leanings.fit(messages, leanings.told())


def _project_leaner(corrections: Sequence[Correction]) -> Leaner:
    return leanings.fit([(one.right[0], one.text) for one in corrections], ())


def _written(path: Path, leaner: Leaner) -> dict[str, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, leaner)
    return {"written": str(path)}


_WANTED: dict[str, Callable[[Any], bool]] = {
    "kind": lambda value: value in KINDS,
    "text": lambda value: isinstance(value, str) and bool(value.strip()),
    "right": lambda value: (
        (isinstance(value, str) and bool(value))
        or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    ),
}


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not all(name in row and fits(row[name]) for name, fits in _WANTED.items()):
        raise Unreadable(
            f'{path}, line {number}: expected {{"kind": "topics" or "routing", "text": "...", "right": [...] or "..."}}'
        )
    if row["kind"] == "routing" and not (isinstance(row["right"], str) or len(row["right"]) == 1):
        raise Unreadable(f"{path}, line {number}: the right of a routing correction is one slug")
    return row
