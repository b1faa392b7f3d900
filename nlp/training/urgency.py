"""Fitting `nlp.dangers`: `python -m nlp train urgency --data nlp/data/urgency.tsv`.

The data are messages with their level, one a line: crisis, soon or normal, TAB, the message. What citizens say of all
matters stands beside them: `data/voices.tsv`, on which the model is judged as well, and as what is no crisis
`data/citizens.tsv` and `data/messages.tsv`.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.dangers import MODEL, Weigher, save, signs
from nlp.document import read
from nlp.training.citizens import VOICES, read_citizens
from nlp.training.figures import wilson
from nlp.training.fitting import SEED
from nlp.training.reading import digest, messages, read_examples
from nlp.urgency import ruled

CRISIS = "crisis"
PRECISION = 0.79
"""What the threshold keeps, judged on messages that the model has not seen."""

_STRENGTH = 5.0
_SEEN = 2
_ELSEWHERE = {"citizens": 0.5, "messages": 0.25}
"""How much a message of the other files weighs: they were not written to be judged by this."""

Bools = NDArray[np.bool_]
Reals = NDArray[np.float64]


class Lesson(NamedTuple):
    """What there is to learn from one message; `fold` is −1 where it is never judged."""

    signs: Mapping[str, float]
    is_crisis: bool
    weight: float
    fold: int


def train(data: Path, out: Path) -> dict[str, Any]:
    """Fit on a file of messages and levels; writes urgency.npz and urgency.json and answers the card.

    The figures are cross-validated over fixed hash folds of the file and the voices; the threshold is set on the same
    scores.

    Raises Unreadable.
    """
    lessons = read_lessons(data)
    judged = [lesson for lesson in lessons if lesson.fold >= 0]
    scores = cross_validated(lessons)
    truth = np.array([lesson.is_crisis for lesson in judged])
    threshold = lowest(scores, truth, PRECISION)
    weigher = fit(lessons, threshold)
    out.mkdir(parents=True, exist_ok=True)
    save(out / MODEL.name, weigher)
    card = {
        "model": f"urgency-{digest([data, VOICES])[:8]}",
        "task": "whether a message reports a crisis (beside the rules of nlp.urgency)",
        "trained_on": {"files": [data.name, VOICES.name], "sha256": digest([data, VOICES]), "messages": len(judged),
                       "crises": int(truth.sum()), "others": len(lessons) - len(judged),
                       "licence": "the product's own"},
        "signs": len(weigher.weights),
        "threshold": round(threshold, 3),
        "cross_validated": figures(scores > threshold, truth),
    }  # fmt: skip
    (out / f"{MODEL.stem}.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return card


def read_lessons(data: Path) -> list[Lesson]:
    """Read what to learn from: the file, the voices, and the messages of the other tasks as what is no crisis."""
    own = [_lesson(one.text, one.label == CRISIS, 1.0, one.fold) for one in read_examples(data)]
    citizens = [_lesson(one.text, one.urgency == CRISIS, _ELSEWHERE["citizens"], -1) for one in read_citizens()]
    voices = [_lesson(one.text, one.urgency == CRISIS, 1.0, one.fold) for one in read_citizens(VOICES)]
    return own + voices + citizens + [_lesson(one.text, False, _ELSEWHERE["messages"], -1) for one in messages()]


def cross_validated(lessons: Sequence[Lesson]) -> Reals:
    """Score each message of the file by a model that has not seen its fold."""
    folds = np.array([lesson.fold for lesson in lessons if lesson.fold >= 0])
    scores = np.zeros(len(folds))
    for fold in np.unique(folds):
        weigher = fit([lesson for lesson in lessons if lesson.fold != fold])
        kept = [lesson for lesson in lessons if lesson.fold == fold]
        scores[folds == fold] = [weigher.score(lesson.signs) for lesson in kept]
    return scores


def fit(lessons: Sequence[Lesson], threshold: float = 0.0) -> Weigher:
    """Fit a logistic regression and round it; a score above `threshold` before is above 0 after."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    count = Counter(sign for lesson in lessons for sign in lesson.signs)
    names = sorted(name for name, times in count.items() if times >= _SEEN)
    column = {name: number for number, name in enumerate(names)}
    cells = [
        (row, at, strength)
        for row, lesson in enumerate(lessons)
        for name, strength in lesson.signs.items()
        if (at := column.get(name)) is not None
    ]
    rows, columns, values = (np.array(part) for part in zip(*cells, strict=True))
    table = csr_matrix((values, (rows.astype(np.int32), columns.astype(np.int32))), shape=(len(lessons), len(names)))
    judge = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=400, random_state=SEED)
    judge.fit(table, [lesson.is_crisis for lesson in lessons], sample_weight=[lesson.weight for lesson in lessons])
    scale = float(np.abs(judge.coef_).max()) / 127
    whole = np.rint(judge.coef_[0] / scale).astype(int)
    weights = {name: int(weight) for name, weight in zip(names, whole, strict=True) if weight}
    return Weigher(weights, scale, float(judge.intercept_[0]) - threshold)


def lowest(scores: Reals, truth: Bools, precision: float) -> float:
    """Find the lowest threshold from which on that precision is kept: what is missed matters most."""
    for threshold in sorted(set(scores.tolist())):
        above = scores > threshold
        if above.any() and truth[above].mean() >= precision:
            return float(threshold)
    return 0.0


def figures(answered: Bools, truth: Bools) -> dict[str, list[float]]:
    """Recall and precision of "crisis", each with the bounds of its 95 % interval."""
    hits = int((answered & truth).sum())
    return {"recall": wilson(hits, int(truth.sum())), "precision": wilson(hits, int(answered.sum()))}


def _lesson(text: str, is_crisis: bool, weight: float, fold: int) -> Lesson:
    document = read(text)
    return Lesson(signs(document, ruled(document), (0, len(document.clean))).strength, is_crisis, weight, fold)
