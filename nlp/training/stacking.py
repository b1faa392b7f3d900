"""Kinds of linear models and networks over the same texts, and how much each is to be believed.

Three kinds are fitted: a linear one over pieces of text, a linear one over words and their order, and networks over
pieces. How much each one's scores for each label count is fitted on texts that they have not seen (stacking, Wolpert,
1992); as that is linear too, it is folded into their weights.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.training import fitting
from nlp.training.fitting import Fitted, Layers, Mask, Matrix, Names, Reals
from nlp.training.network import fit_network

_MARGIN, _RATIOS, _ORDER_MARGIN, _STACKED = 0.3, 3.0, 0.3, 1.0


class Sizes(NamedTuple):
    """How many features networks see, how many networks there are, and how wide each is."""

    features: int
    networks: int
    width: int


class Seen(NamedTuple):
    """Texts as rows over the pieces, and over the words and their order."""

    pieces: Matrix
    order: Matrix

    def part(self, mask: Mask) -> "Seen":
        """Some of the texts."""
        return Seen(self.pieces[mask], self.order[mask])


class Parts(NamedTuple):
    """What is fitted; the networks share their columns."""

    linear: Fitted
    order: Fitted
    networks: tuple[Layers, ...]

    def scores(self, seen: Seen) -> Reals:
        """The scores of the labels by each kind of model, side by side."""
        networks = sum(network.scores(seen.pieces) for network in self.networks)
        return np.hstack([self.linear.scores(seen.pieces), self.order.scores(seen.order), np.asarray(networks)])

    def total(self, seen: Seen) -> Reals:
        """The scores of the labels by all models together, once how much each counts is folded in."""
        return np.asarray(sum(np.split(self.scores(seen), 3, axis=1)))


def fit(seen: Seen, labels: Names, sizes: Sizes) -> Parts:
    """Fit every kind of model and bring their scores to the same spread."""
    pieces = seen.pieces
    linear = fitting.averaged(
        pieces, [fitting.fit_margin(pieces, labels, _MARGIN), fitting.fit_ratios(pieces, labels, _RATIOS)]
    )
    order = fitting.fit_margin(seen.order, labels, _ORDER_MARGIN)
    columns = fitting.telling(pieces, labels, sizes.features)
    nets = [fit_network(pieces, labels, columns, sizes.width, fitting.SEED + n) for n in range(sizes.networks)]
    width, order_width = fitting.spread(linear.scores(pieces)), fitting.spread(order.scores(seen.order))
    net_width = fitting.spread(sum(net.scores(pieces) for net in nets))
    return Parts(
        Fitted(linear.weights / width, linear.bias / width),
        Fitted(order.weights / order_width, order.bias / order_width),
        tuple(
            Layers(columns, net.hidden, Fitted(net.out.weights / net_width, net.out.bias / net_width)) for net in nets
        ),
    )


def unseen_scores(seen: Seen, labels: Names, folds: NDArray[np.int64], sizes: Sizes) -> Reals:
    """Score every text by parts that have not seen its fold."""
    return fitting.out_of_fold(folds, lambda train: _scorer(seen, fit(seen.part(train), labels[train], sizes)))


def stack(scores: Reals, labels: Names) -> Fitted:
    """Fit how much each model's score for each label counts for each label."""
    return Fitted(*fitting.both(*fitting.fit_chances(scores, labels, _STACKED, even=False)))


def stacked(scores: Reals, labels: Names, folds: NDArray[np.int64]) -> Reals:
    """Weigh unseen scores, each fold's by what the others say."""
    return fitting.out_of_fold(folds, lambda train: _stacker(scores, stack(scores[train], labels[train])))


def _scorer(seen: Seen, parts: Parts) -> fitting.Score:
    return lambda mask: parts.scores(seen.part(mask))


def _stacker(scores: Reals, weights: Fitted) -> fitting.Score:
    return lambda mask: weights.scores(scores[mask])


def folded(parts: Parts, weights: Fitted) -> Parts:
    """Put the weights of the stack into those of the parts."""
    linear, order, network = np.split(weights.weights, 3)
    return Parts(
        Fitted(parts.linear.weights @ linear, parts.linear.bias @ linear + weights.bias),
        Fitted(parts.order.weights @ order, parts.order.bias @ order),
        tuple(
            Layers(net.columns, net.hidden, Fitted(net.out.weights @ network, net.out.bias @ network))
            for net in parts.networks
        ),
    )
