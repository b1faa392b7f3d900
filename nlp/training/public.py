"""Training the public judge of `nlp.sentiment` on texts labelled as Wisesight's are."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nlp.linear import Keys, Rounded, beside, looked_up, rounded, spread
from nlp.sentiment import LABELS, PUBLIC_LABELS
from nlp.training import fitting
from nlp.training.figures import macro_f1
from nlp.training.fitting import Fitted, Layers, Matrix, Names, Reals, Score
from nlp.training.reading import Example

_MARGIN, _RATIOS = 0.3, 3.0
_LINEAR_FEATURES, _NETWORK_FEATURES = 60_000, 20_000
_NETWORKS, _WIDTH = 4, 16


class _Parts(NamedTuple):
    """What is fitted: a linear model, and networks that share their columns."""

    linear: Fitted
    networks: tuple[Layers, ...]

    def scores(self, rows: Matrix) -> Reals:
        return self.linear.scores(rows) + sum(network.scores(rows) for network in self.networks)


class Public(NamedTuple):
    """The public judge, as `nlp.sentiment.Model` has its parts."""

    known: Keys
    linear: Rounded
    hidden: Rounded
    out: Reals
    out_bias: Reals
    even_three: Reals
    even_four: Reals

    def scores(self, features: Keys) -> Reals:
        """Score a text by its features."""
        text = looked_up(self.known, features)
        return np.asarray(self.linear.summed(text) + np.maximum(self.hidden.summed(text), 0) @ self.out + self.out_bias)


def train_public(examples: Sequence[Example], texts: Sequence[Keys]) -> tuple[Public, dict[str, float]]:
    """Train on examples and their features; answers the judge and its cross-validated figures."""
    known = fitting.vocabulary(texts)
    rows = fitting.matrix(texts, known)
    labels = np.array([example.label for example in examples])
    folds = np.array([example.fold for example in examples])
    scores = fitting.out_of_fold(folds, lambda train: _scorer(rows, _fit(rows[train], labels[train])))
    factor = fitting.sharpness(scores, labels, PUBLIC_LABELS)
    scores = scores * factor
    told = labels != "q"
    three = fitting.evened(scores[told][:, :3], labels[told], LABELS)
    four = fitting.evened(scores, labels, PUBLIC_LABELS)
    figures = {
        "wisesight_cross_validated_4_classes_macro_f1": macro(scores + four, labels, PUBLIC_LABELS),
        "wisesight_cross_validated_3_classes_macro_f1": macro(scores[told][:, :3] + three, labels[told], LABELS),
    }
    return _public(known, rows, _fit(rows, labels), factor, (np.array([*three, 0.0]), four)), figures


def macro(scores: Reals, labels: Names, names: Sequence[str]) -> float:
    """Work out the macro-F1 of the greatest scores."""
    return round(macro_f1(fitting.codes(labels, names), scores.argmax(axis=1), len(names)), 4)


def _fit(rows: Matrix, labels: Names) -> _Parts:
    """Fit both parts and bring them to the same spread, so that they weigh the same."""
    linear = fitting.averaged(
        rows, [fitting.fit_margin(rows, labels, _MARGIN), fitting.fit_ratios(rows, labels, _RATIOS)]
    )
    columns = fitting.telling(rows, labels, _NETWORK_FEATURES)
    nets = [fitting.fit_network(rows, labels, columns, _WIDTH, fitting.SEED + n) for n in range(_NETWORKS)]
    width = fitting.spread(linear.scores(rows))
    net_width = fitting.spread(sum(net.scores(rows) for net in nets))
    return _Parts(
        Fitted(linear.weights / width, linear.bias / width),
        tuple(
            Layers(columns, net.hidden, Fitted(net.out.weights / net_width, net.out.bias / net_width)) for net in nets
        ),
    )


def _scorer(rows: Matrix, parts: _Parts) -> Score:
    return lambda mask: parts.scores(rows[mask])


def _public(known: Keys, rows: Matrix, parts: _Parts, factor: float, even: tuple[Reals, Reals]) -> Public:
    """Round the parts over the features that either keeps; the networks stand side by side as one."""
    heavy = fitting.heaviest(rows, parts.linear, _LINEAR_FEATURES)
    inside = parts.networks[0].columns
    kept = np.union1d(heavy, inside)
    linear = rounded(parts.linear.weights[heavy] * factor, parts.linear.bias * factor)
    hidden = beside([rounded(*net.hidden) for net in parts.networks])
    return Public(
        known[kept],
        spread(linear, np.searchsorted(kept, heavy), len(kept)),
        spread(hidden, np.searchsorted(kept, inside), len(kept)),
        np.vstack([net.out.weights for net in parts.networks]) * factor,
        np.sum([net.out.bias for net in parts.networks], axis=0) * factor,
        *even,
    )
