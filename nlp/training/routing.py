"""Fitting and judging how a message finds its project: `python -m nlp train routing`, `python -m nlp evaluate routing`.

The weights are the same for every project, so that one made up yesterday is found as well; they are fitted on the
messages of `data/citizens.tsv` with the projects those messages are about.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.document import read
from nlp.leaning import Leaner
from nlp.records import Project
from nlp.similarity import DOUBT, FEATURES, MODEL, OTHERWISE, compare
from nlp.training import leanings
from nlp.training.citizens import Citizen, read_citizens
from nlp.training.figures import calibration_error
from nlp.training.reading import Unreadable, digest

_DAMPING = 0.002
_STEPS = 60
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
    citizens, projects = read_citizens(data), read_projects(projects_of(data))
    table, truth = crossed(citizens, projects), right(citizens, projects)
    folds = np.array([citizen.fold for citizen in citizens])
    chance = np.zeros((len(citizens), len(projects) + 1))
    for fold in np.unique(folds):
        weights = fit_weights(table[folds != fold], truth[folds != fold])
        chance[folds == fold] = chances(table[folds == fold], array(weights))
    figures = judged(chance, truth)
    surest = chance.max(axis=1)
    card = {
        "model": f"routing-{digest([data])[:8]}",
        "task": "project that a text belongs to, or none",
        "weights": fit_weights(table, truth),
        "trained_on": {"file": data.name, "sha256": digest([data]), "licence": "the product's own"},
        "cross_validated": {name: round(value, 4) for name, value in figures._asdict().items()}
        | {"calibration_error": round(calibration_error(chance.argmax(axis=1) == truth, surest), 4)},
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


def design(texts: Sequence[str], projects: Sequence[Project], leaner: Leaner | None = None) -> Reals:
    """Lay comparisons out as an array of texts × (projects and none) × (features of a project and of "none")."""
    table = np.zeros((len(texts), len(projects) + 1, len(FEATURES) + len(OTHERWISE)))
    for row, text in enumerate(texts):
        compared = compare(read(text), projects, leaner)
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
            leaner = leanings.fit(others, leanings.told())
            table[inside] = design([citizens[number].text for number in inside], projects, leaner)
    return table


def right(citizens: Sequence[Citizen], projects: Sequence[Project]) -> NDArray[np.int64]:
    """Number each message's project; "none" comes last."""
    slugs = [project.slug for project in projects]
    return np.array([slugs.index(citizen.project) if citizen.project in slugs else len(slugs) for citizen in citizens])


def fit_weights(table: Reals, truth: NDArray[np.int64]) -> dict[str, float]:
    """Fit the weights that make what is right likeliest (a conditional logit, by Newton's method)."""
    weights = np.zeros(table.shape[2])
    chosen = table[np.arange(len(truth)), truth]
    for _ in range(_STEPS):
        chance = chances(table, weights)
        mean = np.einsum("ij,ijk->ik", chance, table)
        slope = (chosen - mean).mean(axis=0) - _DAMPING * weights
        spread = np.einsum("ij,ijk,ijl->kl", chance, table, table) - mean.T @ mean
        step = np.linalg.solve(spread / len(truth) + _DAMPING * np.eye(len(weights)), slope)
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
