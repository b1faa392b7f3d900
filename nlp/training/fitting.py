"""Fitting small models over hashed features. scikit-learn is needed here and nowhere at run time."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.linear import Keys
from nlp.linear import rows as rows_of
from nlp.training.figures import macro_f1

SEED = 2562
Matrix = Any  # scipy.sparse.csr_matrix
Reals = NDArray[np.float64]
Names = NDArray[np.str_]
Mask = NDArray[np.bool_]
Score = Callable[[Mask], Reals]


class Fitted(NamedTuple):
    """A linear model: weights (features × labels) and biases."""

    weights: Reals
    bias: Reals

    def scores(self, rows: Matrix) -> Reals:
        """The score of each label for each row."""
        return np.asarray(rows @ self.weights + self.bias)


class Layers(NamedTuple):
    """A network of one hidden layer over the features in `columns`."""

    columns: NDArray[np.int64]
    hidden: Fitted
    out: Fitted

    def scores(self, rows: Matrix) -> Reals:
        """The score of each label for each row."""
        return self.out.scores(np.maximum(self.hidden.scores(rows[:, self.columns]), 0))


def vocabulary(texts: Sequence[Keys]) -> Keys:
    """List, in order, the features that stand in two texts or more."""
    every, count = np.unique(np.concatenate(texts), return_counts=True)
    return every[count > 1]


def matrix(texts: Sequence[Keys], known: Keys) -> Matrix:
    """Lay texts out as rows over the known features; a row's vector has length one, unknown features counted in."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    columns = [rows_of(known, text) for text in texts]
    lengths = np.array([len(row) for row in columns])
    sizes = np.sqrt(np.maximum([len(text) for text in texts], 1))
    values = np.repeat(1 / sizes, lengths).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return csr_matrix((values, np.concatenate(columns), starts), shape=(len(texts), len(known)))


def rarity(rows: Matrix) -> Reals:
    """Weigh each feature by how rare it is; what stands in one text only weighs nothing."""
    count = np.bincount(rows.indices, minlength=rows.shape[1])
    weights: Reals = np.log(rows.shape[0] / np.maximum(count, 1)) + 1
    weights[count < 2] = 0
    return weights


def fit_margin(rows: Matrix, labels: Names, strength: float, even: bool = True) -> Fitted:
    """Fit a linear support-vector machine, one label against the others.

    `even` lets rare labels weigh as much as common ones.
    """
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    weigh = rarity(rows) / 6
    machine = LinearSVC(C=strength, class_weight="balanced" if even else None, random_state=SEED)
    machine.fit(scaled(rows, weigh), labels)
    weights, bias = both(machine.coef_.T, machine.intercept_)
    return Fitted(weights * weigh[:, None], bias)


def fit_ratios(rows: Matrix, labels: Names, strength: float, even: bool = True) -> Fitted:
    """Fit logistic regressions over naive-Bayes log-count ratios (Wang and Manning, 2012), one label against the
    others.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    present = rows.astype(bool).astype(np.float64)
    common = np.bincount(rows.indices, minlength=rows.shape[1]) > 1
    weights, biases = [], []
    for label in np.unique(labels):
        inside, outside = (np.asarray(present[mask].sum(0)).ravel() + 1 for mask in (labels == label, labels != label))
        ratio = np.log((inside / inside.sum()) / (outside / outside.sum())) * common
        judge = LogisticRegression(
            C=strength, class_weight="balanced" if even else None, solver="liblinear", random_state=SEED
        ).fit(scaled(rows, ratio), labels == label)
        weights.append(judge.coef_[0] * ratio)
        biases.append(judge.intercept_[0])
    return Fitted(np.stack(weights, axis=1), np.array(biases))


def fit_chances(rows: Matrix, labels: Names, strength: float, even: bool = True) -> Fitted:
    """Fit a logistic regression over the labels together; `even` as in `fit_margin`."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    weights = "balanced" if even else None
    judge = LogisticRegression(C=strength, class_weight=weights, max_iter=500, random_state=SEED).fit(rows, labels)
    return Fitted(judge.coef_.T, judge.intercept_)


def both(weights: Reals, bias: Reals) -> tuple[Reals, Reals]:
    """Give each of two labels a column of weights; more labels have theirs already."""
    if weights.shape[1] == 1:  # of two labels scikit-learn keeps one column, the second's
        return np.hstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
    return weights, bias


def telling(rows: Matrix, labels: Names, most: int) -> NDArray[np.int64]:
    """Pick the features that tell labels apart best (chi-squared), in order."""
    from sklearn.feature_selection import chi2  # noqa: PLC0415

    power = np.nan_to_num(chi2(rows.astype(bool).astype(np.float64), labels)[0])
    power[np.bincount(rows.indices, minlength=rows.shape[1]) < 3] = 0
    return np.sort(np.argsort(-power, kind="stable")[:most])


def averaged(rows: Matrix, parts: Sequence[Fitted]) -> Fitted:
    """Average fitted models, each brought to the same spread of scores over `rows`."""
    spread = [float(part.scores(rows).std()) for part in parts]
    weights = sum(part.weights / width for part, width in zip(parts, spread, strict=True))
    bias = sum(part.bias / width for part, width in zip(parts, spread, strict=True))
    return Fitted(np.asarray(weights), np.asarray(bias))


def spread(scores: Reals | int) -> float:
    """Measure how far scores are apart within each row."""
    return float((np.asarray(scores) - np.mean(scores, axis=1, keepdims=True)).std())


def heaviest(rows: Matrix, fitted: Fitted, most: int) -> NDArray[np.int64]:
    """Pick the features that move scores most: by their greatest weight and how often they stand."""
    count = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.sort(np.argsort(-np.abs(fitted.weights).max(axis=1) * np.sqrt(count), kind="stable")[:most])


def scaled(rows: Matrix, weights: Reals) -> Matrix:
    """Multiply every feature by its weight."""
    changed = rows.tocsr(copy=True)
    changed.data = (changed.data * weights[changed.indices]).astype(np.float32)
    return changed


def out_of_fold(folds: NDArray[np.int64], fit: Callable[[Mask], Score]) -> Reals:
    """Score every row by a model that has not seen its fold.

    `fit(train)` answers a function that scores a mask's rows.
    """
    parts = [(folds == fold, fit(folds != fold)) for fold in np.unique(folds)]
    found = [score(mask) for mask, score in parts]
    scores = np.zeros((len(folds), found[0].shape[1]))
    for (mask, _), part in zip(parts, found, strict=True):
        scores[mask] = part
    return scores


def sharpness(scores: Reals, labels: Names, names: Sequence[str]) -> float:
    """Find the factor that turns scores into honest log-odds (temperature scaling, Guo and others, 2017)."""
    truth = codes(labels, names)
    tried = np.geomspace(0.1, 12, 80)
    losses = [-np.log(softmax(scores * factor)[np.arange(len(truth)), truth] + 1e-12).mean() for factor in tried]
    return float(tried[int(np.argmin(losses))])


def softmax(scores: Reals) -> Reals:
    """Turn rows of scores into rows of chances."""
    raised: Reals = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def evened(scores: Reals, labels: Names, names: Sequence[str]) -> Reals:
    """Find what to add to each label's score for the best macro-F1: rare labels are otherwise seldom chosen."""
    truth = codes(labels, names)
    bias = np.zeros(len(names))
    best = macro_f1(truth, scores.argmax(axis=1), len(names))
    for _ in range(2):
        for label in range(len(names)):
            column = np.arange(len(names)) == label
            for tried in [bias + step * column for step in np.linspace(-0.8, 0.8, 17) * scores.std()]:
                reached = macro_f1(truth, (scores + tried).argmax(axis=1), len(names))
                if reached > best + 1e-5:
                    best, bias = reached, tried
    return bias


def codes(labels: Names, names: Sequence[str]) -> NDArray[np.int64]:
    """Number labels by their place among the names."""
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[str(label)] for label in labels], dtype=np.int64)
