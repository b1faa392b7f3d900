"""Fitting linear models over hashed features. scikit-learn is needed here and nowhere at run time."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.features import Hashes
from nlp.linear import buckets
from nlp.training.figures import macro_f1

SEED = 2562
Matrix = Any  # scipy.sparse.csr_matrix
Reals = NDArray[np.float64]
Names = NDArray[np.str_]


def matrix(texts: Iterable[Hashes], size: int) -> Matrix:
    """Lay texts out as rows over `size` buckets, each row of length one."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    rows = [buckets(found, size) for found in texts]
    lengths = np.array([len(row) for row in rows])
    values = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths).astype(np.float32)
    columns = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    return csr_matrix((values, columns, np.concatenate([[0], np.cumsum(lengths)])), shape=(len(rows), size))


def rarity(rows: Matrix) -> Reals:
    """Weigh each bucket by how rare it is; what stands in one text only weighs nothing."""
    count = np.bincount(rows.indices, minlength=rows.shape[1])
    weights: Reals = np.log(rows.shape[0] / np.maximum(count, 1)) + 1
    weights[count < 2] = 0
    return weights / 6


def fit_margin(rows: Matrix, labels: Names, strength: float, even: bool = True) -> tuple[Reals, Reals]:
    """Fit a linear support-vector machine, one label against the others; answers weights (buckets × labels) and biases."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    weigh = rarity(rows)
    machine = LinearSVC(C=strength, class_weight="balanced" if even else None, random_state=SEED).fit(
        scaled(rows, weigh), labels
    )
    return machine.coef_.T * weigh[:, None], machine.intercept_


def fit_ratios(rows: Matrix, labels: Names, strength: float, even: bool = True) -> tuple[Reals, Reals]:
    """Fit logistic regressions over naive-Bayes log-count ratios (Wang and Manning, 2012), one label against the others."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    present = rows.astype(bool).astype(np.float64)
    common = np.bincount(rows.indices, minlength=rows.shape[1]) >= 2
    weights, biases = [], []
    for label in np.unique(labels):
        inside, outside = (np.asarray(present[mask].sum(0)).ravel() + 1 for mask in (labels == label, labels != label))
        ratio = np.log((inside / inside.sum()) / (outside / outside.sum())) * common
        judge = LogisticRegression(
            C=strength, class_weight="balanced" if even else None, solver="liblinear", random_state=SEED
        )
        judge.fit(scaled(rows, ratio), labels == label)
        weights.append(judge.coef_[0] * ratio)
        biases.append(judge.intercept_[0])
    return np.stack(weights, axis=1), np.array(biases)


def fit_chances(rows: Matrix, labels: Names, strength: float) -> tuple[Reals, Reals]:
    """Fit a logistic regression over the labels together; answers weights (buckets × labels) and biases."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    judge = LogisticRegression(C=strength, class_weight="balanced", max_iter=500, random_state=SEED).fit(rows, labels)
    return judge.coef_.T, judge.intercept_


def averaged(rows: Matrix, parts: Sequence[tuple[Reals, Reals]]) -> tuple[Reals, Reals]:
    """Average fitted models, each brought to the same spread of scores over `rows`."""
    spread = [float((rows @ weights + bias).std()) for weights, bias in parts]
    weights = sum(part[0] / width for part, width in zip(parts, spread, strict=True)) / len(parts)
    bias = sum(part[1] / width for part, width in zip(parts, spread, strict=True)) / len(parts)
    return np.asarray(weights), np.asarray(bias)


def scaled(rows: Matrix, weights: Reals) -> Matrix:
    """Multiply every bucket by its weight."""
    changed = rows.copy()
    changed.data = (changed.data * weights[changed.indices]).astype(np.float32)
    return changed


def out_of_fold(
    folds: NDArray[np.int64], fit: Callable[[NDArray[np.bool_]], Callable[[NDArray[np.bool_]], Reals]]
) -> Reals:
    """Score every row by a model that has not seen its fold. `fit(train)` answers a function that scores the rows of a mask."""
    parts = [(folds == fold, fit(folds != fold)) for fold in np.unique(folds)]
    first = parts[0][1](parts[0][0])
    scores = np.zeros((len(folds), first.shape[1]))
    for mask, score in parts:
        scores[mask] = score(mask)
    return scores


def sharpness(scores: Reals, labels: Names, names: Sequence[str]) -> float:
    """Find the factor that turns margins into honest log-odds (temperature scaling, Guo and others, 2017)."""
    truth = np.array([names.index(label) for label in labels])
    tried = np.geomspace(0.3, 12, 60)
    losses = [-np.log(softmax(scores * factor)[np.arange(len(truth)), truth] + 1e-12).mean() for factor in tried]
    return float(tried[int(np.argmin(losses))])


def softmax(scores: Reals) -> Reals:
    """Turn rows of scores into rows of chances."""
    raised: Reals = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def evened(scores: Reals, labels: Names, names: Sequence[str]) -> Reals:
    """Find what to add to each label's score for the best macro-F1: rare labels are otherwise never chosen."""
    truth = np.array([names.index(label) for label in labels])
    bias = np.zeros(len(names))
    best = macro_f1(truth, scores.argmax(axis=1), len(names))
    for _ in range(2):
        for label in range(len(names)):
            for step in np.linspace(-0.8, 0.8, 17) * scores.std():
                tried = bias + step * (np.arange(len(names)) == label)
                reached = macro_f1(truth, (scores + tried).argmax(axis=1), len(names))
                if reached > best + 1e-5:
                    best, chosen = reached, tried
                    bias = chosen
    return bias
