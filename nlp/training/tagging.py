"""Judging topics, qualities, urgency, routing and themes: `python -m nlp evaluate TASK --data FILE`.

The file of all but themes is `nlp/data/citizens.tsv` or one like it (see `nlp.training.citizens`); routing needs the
projects as well: a JSON list of {slug, title, description, keywords} beside it, named like it but ending in
`.projects.json`. Themes are judged on a file of texts and labels (.csv with texts and destination, .tsv, .jsonl; see
`nlp.training.reading`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nlp.document import read
from nlp.serving import qualities
from nlp.signs import bare
from nlp.similarity import route
from nlp.themes import themes
from nlp.topics import taxonomy, topics
from nlp.training.citizens import NONE, Citizen, read_citizens
from nlp.training.figures import calibration_error
from nlp.training.reading import read_examples
from nlp.training.routing import projects_of, read_projects
from nlp.urgency import urgency

_DRAWS = 1_000
_SEED = 2562
_LONGEST = 100


class Mistake(NamedTuple):
    """A text, what was right and what was answered."""

    text: str
    right: str
    answered: str


@dataclass(frozen=True, slots=True)
class Table:
    """Figures to be read by a person: a title, lines, and mistakes."""

    title: str
    rows: Sequence[str]
    mistakes: Sequence[Mistake] = field(repr=False, default=())

    def lines(self, errors: int = 12) -> Iterator[str]:
        """Write the table and at most so many mistakes."""
        yield self.title
        yield from (f"  {row}" for row in self.rows)
        if self.mistakes and errors:
            yield "  mistakes (right → answered):"
        for text, right, answered in self.mistakes[:errors]:
            yield f"    {right or '-'} → {answered or '-'}  {' '.join(text.split())[:_LONGEST]}"
        yield ""


Agree = Callable[[frozenset[str], frozenset[str]], bool]
Sets = Sequence[tuple[frozenset[str], frozenset[str]]]


def evaluate_topics(data: Path) -> list[Table]:
    """Judge topics: each message's topic must be among its tags; the rest of the tags is counted, not judged."""
    citizens = [citizen for citizen in read_citizens(data) if citizen.topic in taxonomy()]
    found = [[tag.tag for tag in topics(read(citizen.text))] for citizen in citizens]
    pairs = [(frozenset({citizen.topic}), frozenset(tags)) for citizen, tags in zip(citizens, found, strict=True)]
    among = sum(citizen.topic in tags for citizen, tags in zip(citizens, found, strict=True))
    first = sum(tags[:1] == [citizen.topic] for citizen, tags in zip(citizens, found, strict=True))
    size = max(len(citizens), 1)
    rows = [
        f"the message's topic is tagged {among / size:.4f}, is the surest tag {first / size:.4f}",
        f"tags a message {sum(map(len, found)) / size:.2f}; without a tag {sum(not tags for tags in found) / size:.4f}",
        *_by_label(pairs),
    ]
    return [
        Table(f"topics ({len(citizens)} messages)", rows, _mistaken(citizens, pairs, lambda right, tags: right <= tags))
    ]


def evaluate_qualities(data: Path) -> list[Table]:
    """Judge service qualities with their directions: micro-F1 with bounds, each quality, calibration."""
    citizens = read_citizens(data)
    found = [qualities(bare(read(citizen.text))) for citizen in citizens]
    pairs = [
        (frozenset(map(_signed, citizen.qualities)), frozenset(_signed((one.tag, one.direction)) for one in own))
        for citizen, own in zip(citizens, found, strict=True)
    ]
    right = [
        _signed((one.tag, one.direction)) in pair[0] for pair, own in zip(pairs, found, strict=True) for one in own
    ]
    scores = [one.score for own in found for one in own]
    rows = [*_overall(pairs), *_by_label(pairs), _calibration(right, scores)]
    return [Table(f"qualities ({len(citizens)} messages)", rows, _mistaken(citizens, pairs, lambda a, b: a == b))]


def evaluate_urgency(data: Path) -> list[Table]:
    """Judge urgency: each level's precision, recall and F1. What matters most is the recall of "crisis"."""
    citizens = read_citizens(data)
    pairs = [(frozenset({citizen.urgency}), frozenset({urgency(read(citizen.text)).level})) for citizen in citizens]
    return [
        Table(f"urgency ({len(citizens)} messages)", _by_label(pairs), _mistaken(citizens, pairs, lambda a, b: a == b))
    ]


def evaluate_routing(data: Path) -> list[Table]:
    """Judge routing: best guess, best three, "none" recognised, calibration."""
    projects = read_projects(projects_of(data))
    slugs = {project.slug for project in projects}
    citizens = [citizen for citizen in read_citizens(data) if citizen.project in slugs | {NONE}]
    found = [route(read(citizen.text), projects) for citizen in citizens]
    best = [matches[0].slug if matches else NONE for matches in found]
    inside = [number for number, citizen in enumerate(citizens) if citizen.project != NONE]
    outside = [number for number, citizen in enumerate(citizens) if citizen.project == NONE]
    three = [citizens[n].project in [match.slug for match in found[n][:3]] for n in inside]
    pairs = [(frozenset({citizen.project}), frozenset({guess})) for citizen, guess in zip(citizens, best, strict=True)]
    scored = [n for n in range(len(citizens)) if found[n]]
    rows = [
        f"best guess {_mean([best[n] == citizens[n].project for n in inside])} of {len(inside)}",
        f"in best three {_mean(three)}",
        f'"none" recognised {_mean([best[n] == NONE for n in outside])} of {len(outside)}',
        *_by_label(pairs),
        _calibration([best[n] == citizens[n].project for n in scored], [found[n][0].score for n in scored]),
    ]
    return [Table(f"routing ({len(citizens)} messages)", rows, _mistaken(citizens, pairs, lambda a, b: a == b))]


def evaluate_themes(data: Path, most: int = 2_000) -> list[Table]:
    """Judge themes against people's labels on the first texts of a file.

    Adjusted mutual information (Vinh and others, 2010).
    """
    examples = read_examples(data, "destination")[:most]
    grouped = themes([example.text for example in examples])
    own = np.full(len(examples), -1)
    for number, theme in enumerate(grouped):
        own[list(theme.members)] = number
    labels = [example.label for example in examples]
    rows = [
        f"{len(grouped)} themes over {len(examples)} texts; {int((own < 0).sum())} texts in none",
        f"adjusted mutual information {adjusted_mutual_information(labels, own.tolist()):.4f}",
    ]
    return [Table("themes", rows)]


def adjusted_mutual_information(labels: Sequence[object], groups: Sequence[object]) -> float:
    """Measure how far groups agree with labels, 0 by chance and 1 in full.

    Scikit-learn is needed here and nowhere at run time.
    """
    from sklearn.metrics import adjusted_mutual_info_score  # noqa: PLC0415

    return float(adjusted_mutual_info_score(labels, groups))


def _signed(pair: tuple[str, int]) -> str:
    return f"{pair[0]}{'+' if pair[1] > 0 else '-'}"


def _mean(hits: Sequence[bool]) -> str:
    return f"{sum(hits) / max(len(hits), 1):.4f}"


def _overall(pairs: Sets) -> Iterator[str]:
    counts = np.array([(2 * len(right & found), len(right) + len(found)) for right, found in pairs], dtype=float)
    drawn = np.random.default_rng(_SEED).integers(0, len(counts), (_DRAWS, len(counts)))
    sums = counts[drawn].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / np.maximum(sums[:, 1], 1), (0.025, 0.975))
    whole = counts.sum(axis=0)
    yield f"micro-F1 {whole[0] / max(whole[1], 1):.4f} (95 % of bootstrap samples: {low:.4f} to {high:.4f})"


def _by_label(pairs: Sets) -> list[str]:
    there = Counter(label for right, _ in pairs for label in right)
    given = Counter(label for _, found in pairs for label in found)
    hit = Counter(label for right, found in pairs for label in right & found)
    width = max((len(label) for label in there), default=5)
    rows = [f"{'':{width}} precision  recall      F1  texts"]
    for label in sorted(there):
        both = 2 * hit[label] / max(there[label] + given[label], 1)
        precision, recall = hit[label] / max(given[label], 1), hit[label] / there[label]
        rows.append(f"{label:{width}} {precision:9.4f} {recall:7.4f} {both:7.4f} {there[label]:6}")
    return rows


def _calibration(right: Sequence[bool], scores: Sequence[float]) -> str:
    if not right:
        return "calibration: nothing was answered"
    error = calibration_error(np.array(right, dtype=bool), np.array(scores, dtype=float))
    return f"calibration: expected error {error:.4f}; answered {len(right)}, right {sum(right) / len(right):.4f}"


def _mistaken(citizens: Sequence[Citizen], pairs: Sets, agree: Agree) -> list[Mistake]:
    wrong: Iterable[tuple[Citizen, tuple[frozenset[str], frozenset[str]]]] = zip(citizens, pairs, strict=True)
    return [
        Mistake(citizen.text, " ".join(sorted(right)), " ".join(sorted(found)))
        for citizen, (right, found) in wrong
        if not agree(right, found)
    ]
