"""Fitting `nlp.pieces`: topics from messages and the taxonomy's words, service qualities from messages."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nlp.document import read
from nlp.hashed import features
from nlp.linear import Keys, looked_up, rounded
from nlp.pieces import QUALITIES, Pieces, save
from nlp.qualities import ruled
from nlp.serving import SIGNED, shown, signed
from nlp.signs import bare
from nlp.training import fitting
from nlp.training.citizens import Citizen, gathered, read_citizens, sources
from nlp.training.figures import calibration_error
from nlp.training.fitting import Fitted, Matrix, Names, Reals
from nlp.training.reading import digest

_MOST = 40_000
_STRENGTH = 0.5
_TOLD = 0.3
"""How much a listed word or sentence counts beside a message."""

_SHARP = 6.0
"""What makes log-odds of the scores; cross-validated."""

_TAGGED, _RULED = 30.0, 1.0
"""How freely the judges of qualities are fitted, and how large the rules' scores are beside pieces."""

_TRIED = np.linspace(-1.8, 1, 57).tolist()
"""The least score of a tag is one of these; with less, more tags would be wrong than right."""

Labelled = tuple[str, str]


def fit_topics(messages: Sequence[Labelled], told: Sequence[Labelled]) -> Pieces:
    """Fit one topic against the others on (topic, text), from messages and from what the taxonomy lists."""
    every = [*messages, *told]
    texts = [features(read(text)).pieces for _, text in every]
    known = fitting.vocabulary(texts)
    rows = fitting.matrix(texts, known)
    labels = np.array([topic for topic, _ in every])
    weights = np.array([1.0] * len(messages) + [_TOLD] * len(told))
    fitted = _margins(rows, labels, weights)
    kept = fitting.heaviest(rows, fitted, _MOST)
    table = rounded(fitted.weights[kept], fitted.bias)
    return Pieces(tuple(map(str, np.unique(labels))), known[kept], table, np.array([_SHARP]))


def train_qualities(data: Path, out: Path) -> dict[str, Any]:
    """Fit on a file like `data/citizens.tsv` and the `voices.tsv` beside it; writes qualities.npz and qualities.json.

    The figures are cross-validated, and the least log-odds of a tag is set on the same scores. Raises Unreadable.
    """
    lessons = lessons_of(data)
    truth = np.array([one.truth for one in lessons])
    folds = np.array([one.fold for one in lessons])
    judged = np.array([one.judges for one in lessons])
    scores = np.zeros(truth.shape)
    for fold in np.unique(folds):
        fitted = fit_qualities([one for one in lessons if one.fold != fold])
        kept = folds == fold
        scores[kept] = [_weigh(fitted, one) for one, inside in zip(lessons, kept, strict=True) if inside]
    least = max(
        np.linspace(-1.8, 1, 57).tolist(), key=lambda tried: _micro_f1((scores >= tried)[judged], truth[judged])
    )
    honest = calibrated(scores[judged].ravel(), truth[judged].ravel())
    pieces = fit_qualities(lessons, [least, *honest])
    out.mkdir(parents=True, exist_ok=True)
    save(out / QUALITIES.name, pieces)
    sure = 1 / (1 + np.exp(-honest[0] * scores[judged] - honest[1]))
    held, right = (scores >= least)[judged], truth[judged]
    by_rule = np.array([one.shown > 0 for one in lessons if one.judges])
    card = {
        "model": f"qualities-{digest(sources(data))[:8]}",
        "task": "service qualities that a message praises or misses",
        "trained_on": {"files": [source.name for source in sources(data)], "sha256": digest(sources(data)),
                       "messages": len(lessons), "tags": int(truth.sum()), "licence": "the product's own"},
        "pieces": len(pieces.known),
        "least_score": round(least, 3),
        "cross_validated": {
            "micro_f1": round(_micro_f1(held, right), 4),
            "micro_f1_of_the_rules_alone": round(_micro_f1(by_rule, right), 4),
            "calibration_error": round(calibration_error(right[held] > 0, sure[held]), 4),
        },
    }  # fmt: skip
    text = json.dumps(card, ensure_ascii=False, indent=2) + "\n"
    (out / f"{QUALITIES.stem}.json").write_text(text, encoding="utf-8")
    return card


class Lesson(NamedTuple):
    """What there is to learn from one message: its pieces, what the rules found in it, and what is right.

    One that does not judge was before the eyes of who wrote the rules: they are not to be believed on it.
    """

    pieces: Keys
    shown: Reals
    truth: Reals
    fold: int
    judges: bool = True


def lesson(citizen: Citizen) -> Lesson:
    """Read a message as `nlp.tag` does, its names hidden."""
    hidden = bare(read(citizen.text))
    right = {f"{code}{'+' if direction > 0 else '-'}" for code, direction in citizen.qualities}
    truth = np.array([float(code in right) for code in SIGNED])
    return Lesson(features(hidden).pieces, shown({signed(one): one for one in ruled(hidden)}), truth, citizen.fold)


def lessons_of(data: Path) -> list[Lesson]:
    """Read the messages of a file, and those of the voices beside it, which alone judge."""
    first, every = read_citizens(data), gathered(data)
    lessons = [lesson(one) for one in every]
    if len(every) == len(first):
        return lessons
    seen_ones = [one._replace(shown=np.zeros(len(SIGNED)), judges=False) for one in lessons[: len(first)]]
    return seen_ones + lessons[len(first) :]


def calibrated(scores: Reals, truth: Reals) -> tuple[float, float]:
    """Fit the factor and the term that make honest log-odds of scores (Platt, 1999)."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    judge = LogisticRegression(C=1e3, random_state=fitting.SEED).fit(scores[:, None], truth)
    return float(judge.coef_[0, 0]), float(judge.intercept_[0])


def fit_qualities(lessons: Sequence[Lesson], last: Sequence[float] = (0.0, 1.0, 0.0)) -> Pieces:
    """Fit a logistic regression for each quality and direction over pieces and over what the rules found.

    `last` is kept beside: the least score of a tag, and what makes log-odds of scores: a factor and a term.
    """
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    texts = [one.pieces for one in lessons]
    known = fitting.vocabulary(texts)
    rows = fitting.matrix(texts, known)
    weigh = fitting.rarity(rows) / 6
    found = np.array([one.shown for one in lessons]) * _RULED
    scaled = fitting.scaled(rows, weigh)
    weights, ruled_by = np.zeros((len(known), len(SIGNED))), np.zeros((len(SIGNED), len(SIGNED)))
    bias = np.zeros(len(SIGNED))
    for place, column in enumerate(np.array([one.truth for one in lessons]).T):
        # Of the rules' finds only those of this quality, praised or missed: a text may hold several, and that the fee
        # was too high says nothing against a long wait.
        own = sorted((place, place ^ 1))
        table = hstack([scaled, csr_matrix(found[:, own])]).tocsr()
        judge = LogisticRegression(C=_TAGGED, solver="liblinear", random_state=fitting.SEED).fit(table, column)
        weights[:, place], ruled_by[own, place] = judge.coef_[0][: len(known)], judge.coef_[0][len(known) :]
        bias[place] = judge.intercept_[0]
    fitted = Fitted(weights * weigh[:, None], bias)
    kept = fitting.heaviest(rows, fitted, _MOST)
    facts = np.vstack([ruled_by * _RULED, np.resize(last, len(SIGNED))])
    return Pieces(SIGNED, known[kept], rounded(fitted.weights[kept], fitted.bias), facts)


def _weigh(fitted: Pieces, one: Lesson) -> Reals:
    return np.asarray(fitted.table.summed(looked_up(fitted.known, one.pieces)) + one.shown @ fitted.facts[:-1])


def _micro_f1(held: Any, truth: Reals) -> float:
    return float(2 * (held * truth).sum() / max(held.sum() + truth.sum(), 1))


def _margins(rows: Matrix, labels: Names, weights: Reals) -> Fitted:
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    weigh = fitting.rarity(rows) / 6
    machine = LinearSVC(C=_STRENGTH, random_state=fitting.SEED)
    machine.fit(fitting.scaled(rows, weigh), labels, sample_weight=weights)
    return Fitted(machine.coef_.T * weigh[:, None], machine.intercept_)
