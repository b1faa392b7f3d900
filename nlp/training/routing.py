"""Fitting and judging how a message finds its project: `python -m nlp train routing`, `python -m nlp evaluate routing`.

The weights are the same for every project, so that one made up yesterday is found as well; they are fitted on the
messages of `data/citizens.tsv` and `data/voices.tsv` with the projects those messages are about.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.document import read
from nlp.hearing import Hearing
from nlp.records import Project
from nlp.similarity import DOUBT, FEATURES, MODEL, OTHERWISE, compare
from nlp.training import leanings
from nlp.training.citizens import ANY, Citizen, gathered, sources
from nlp.training.figures import calibration_error
from nlp.training.reading import Unreadable, digest

_DAMPING = 0.002
_STEPS = 60
_NEW = 0.1
"""How much a message counts whose project is taken for one opened today, beside one of a known project."""

Reals = NDArray[np.float64]


class Judged(NamedTuple):
    """How often the best guess was right, the right one in the best three, "none" recognised; and of how many texts."""

    best: float
    three: float
    none: float
    projects: int
    nones: int


def train(data: Path, out: Path) -> dict[str, Any]:
    """Fit on a file like `data/citizens.tsv`; the projects stand beside it (see `projects_of`).

    Writes routing.json and answers it.

    The figures are cross-validated: no message is judged by leanings or weights that have seen it. Raises Unreadable.
    """
    projects = read_projects(projects_of(data))
    citizens = [one for one in gathered(data) if one.project != ANY]
    table, truth = crossed(citizens, projects), right(citizens, projects)
    folds = np.array([citizen.fold for citizen in citizens])
    chance = np.zeros((len(citizens), len(projects) + 1))
    for fold in np.unique(folds):
        weights = fit_weights(table[folds != fold], truth[folds != fold])
        chance[folds == fold] = chances(table[folds == fold], array(weights))
    figures = judged(chance, truth)
    surest = chance.max(axis=1)
    table_new, truth_new = unforeseen(citizens, projects)
    new = judged(chances(table_new, array(fit_weights(table, truth))), truth_new)
    both = np.concatenate([table, table_new]), np.concatenate([truth, truth_new])
    counts = np.repeat([1.0, _NEW], [len(truth), len(truth_new)])
    card = {
        "model": f"routing-{digest(sources(data))[:8]}",
        "task": "project that a text belongs to, or none",
        "weights": fit_weights(*both, counts),
        "trained_on": {
            "files": [source.name for source in sources(data)],
            "sha256": digest(sources(data)),
            "licence": "the product's own",
        },
        "cross_validated": {name: round(value, 4) for name, value in figures._asdict().items()}
        | {"calibration_error": round(calibration_error(chance.argmax(axis=1) == truth, surest), 4)},
        "projects_of_which_no_message_was_seen": {"best": round(new.best, 4), "three": round(new.three, 4)},
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / MODEL.name).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return card


def projects_of(data: Path) -> Path:
    """Name the file of projects that belongs to a file of messages: `x.tsv` has `x.projects.json`."""
    return data.with_suffix(".projects.json")


def read_projects(path: Path) -> tuple[Project, ...]:
    """Read a JSON list of {slug, title, description, keywords}. Raises Unreadable where the file is none."""
    try:
        return tuple(
            Project(row["slug"], row["title"], row.get("description", ""), tuple(row.get("keywords", ())))
            for row in json.loads(path.read_text(encoding="utf-8"))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f'{path}: expected a JSON list of {{"slug", "title", "description", "keywords"}}') from error


def design(texts: Sequence[str], projects: Sequence[Project], heard: Hearing | None = None) -> Reals:
    """Lay comparisons out as an array of texts × (projects and none) × (features of a project and of "none")."""
    table = np.zeros((len(texts), len(projects) + 1, len(FEATURES) + len(OTHERWISE)))
    for row, text in enumerate(texts):
        compared = compare(read(text), projects, heard)
        table[row, :-1, : len(FEATURES)] = compared.projects
        table[row, -1, len(FEATURES) :] = compared.otherwise
    return table


def crossed(citizens: Sequence[Citizen], projects: Sequence[Project]) -> Reals:
    """Lay out comparisons whose leanings come from a model that has not seen the text's fold."""
    table = np.zeros((len(citizens), len(projects) + 1, len(FEATURES) + len(OTHERWISE)))
    for fold in range(5):
        inside = [number for number, citizen in enumerate(citizens) if citizen.fold == fold]
        others = [(citizen.topic, citizen.text) for citizen in citizens if citizen.fold != fold]
        if inside:
            heard = leanings.fit_hearing(others)
            table[inside] = design([citizens[number].text for number in inside], projects, heard)
    return table


def unforeseen(citizens: Sequence[Citizen], projects: Sequence[Project]) -> tuple[Reals, NDArray[np.int64]]:
    """Lay out each project's messages as if it had been opened today: the leanings have seen none of them."""
    tables, truth = [], []
    for project in projects:
        own = [one for one in citizens if one.project == project.slug]
        if own:
            heard = leanings.fit_hearing([(one.topic, one.text) for one in citizens if one.project != project.slug])
            tables.append(design([one.text for one in own], projects, heard))
            truth.append(right(own, projects))
    return np.concatenate(tables), np.concatenate(truth)


def right(citizens: Sequence[Citizen], projects: Sequence[Project]) -> NDArray[np.int64]:
    """Number each message's project; "none" comes last."""
    slugs = [project.slug for project in projects]
    return np.array([slugs.index(citizen.project) if citizen.project in slugs else len(slugs) for citizen in citizens])


def fit_weights(table: Reals, truth: NDArray[np.int64], counts: Reals | None = None) -> dict[str, float]:
    """Fit the weights that make what is right likeliest (a conditional logit, by Newton's method).

    `counts` says how much each text counts; all the same if it is not given.
    """
    weights = np.zeros(table.shape[2])
    counts = np.ones(len(truth)) if counts is None else counts
    chosen = table[np.arange(len(truth)), truth]
    for _ in range(_STEPS):
        chance = chances(table, weights)
        mean = np.einsum("ij,ijk->ik", chance, table)
        slope = counts @ (chosen - mean) / counts.sum() - _DAMPING * weights
        spread = np.einsum("i,ij,ijk,ijl->kl", counts, chance, table, table, optimize=True) - (mean.T * counts) @ mean
        step = np.linalg.solve(spread / counts.sum() + _DAMPING * np.eye(len(weights)), slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 3) for name, weight in zip(FEATURES + OTHERWISE, weights, strict=True)}


def chances(table: Reals, weights: Reals) -> Reals:
    """Make chances of comparisons: texts × (projects and none)."""
    scores = table @ weights
    raised: Reals = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def judged(chance: Reals, truth: NDArray[np.int64]) -> Judged:
    """Judge chances as `route` uses them: where "none" is likelier than `DOUBT`, nothing is offered."""
    none = chance.shape[1] - 1
    offered = chance[:, none] <= DOUBT
    order = np.argsort(-chance[:, :none], axis=1, kind="stable")
    is_none = truth == none
    best = offered & (order[:, 0] == truth)
    three = offered & (order[:, :3] == truth[:, None]).any(axis=1)
    return Judged(
        _share(best, ~is_none),
        _share(three, ~is_none),
        _share(~offered, is_none),
        int((~is_none).sum()),
        int(is_none.sum()),
    )


def _share(hits: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(hits[among].mean()) if among.any() else 0.0


def array(weights: Mapping[str, float]) -> Reals:
    """Put weights in the order of the features."""
    return np.array([weights[name] for name in FEATURES + OTHERWISE])
