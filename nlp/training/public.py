"""Training the public judge of `nlp.sentiment` on texts labelled as Wisesight's are."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nlp.hashed import Features
from nlp.linear import Keys, Rounded, beside, looked_up, rounded, spread
from nlp.sentiment import LABELS, PUBLIC_LABELS
from nlp.training import fitting
from nlp.training.figures import macro_f1
from nlp.training.fitting import Names, Reals
from nlp.training.reading import Example
from nlp.training.stacking import Parts, Seen, Sizes, fit, folded, stack, stacked, unseen_scores

_LINEAR_FEATURES, _ORDER_FEATURES = 45_000, 30_000
_SIZES = Sizes(features=15_000, networks=3, width=28)


class Public(NamedTuple):
    """The public judge, as `nlp.sentiment.Model` has its parts."""

    known: Keys
    linear: Rounded
    hidden: Rounded
    out: Reals
    out_bias: Reals
    order_known: Keys
    order: Rounded
    even_three: Reals
    even_four: Reals

    def scores(self, features: Features) -> Reals:
        """Score a text by its features."""
        text = looked_up(self.known, features.pieces)
        order = self.order.summed(looked_up(self.order_known, features.order))
        hidden = np.maximum(self.hidden.summed(text), 0)
        return np.asarray(self.linear.summed(text) + order + hidden @ self.out + self.out_bias)


def train_public(examples: Sequence[Example], texts: Sequence[Features]) -> tuple[Public, dict[str, float]]:
    """Train on examples and their features; answers the judge and its cross-validated figures."""
    pieces, order = [text.pieces for text in texts], [text.order for text in texts]
    known, order_known = fitting.vocabulary(pieces), fitting.vocabulary(order)
    seen = Seen(fitting.matrix(pieces, known), fitting.matrix(order, order_known))
    labels = np.array([example.label for example in examples])
    folds = np.array([example.fold for example in examples])
    scores = unseen_scores(seen, labels, folds, _SIZES)
    weighed = stacked(scores, labels, folds)
    told = labels != "q"
    three = fitting.evened(weighed[told][:, :3], labels[told], LABELS)
    four = fitting.evened(weighed, labels, PUBLIC_LABELS)
    figures = {
        "wisesight_cross_validated_4_classes_macro_f1": macro(weighed + four, labels, PUBLIC_LABELS),
        "wisesight_cross_validated_3_classes_macro_f1": macro(weighed[told][:, :3] + three, labels[told], LABELS),
    }
    parts = folded(fit(seen, labels, _SIZES), stack(scores, labels))
    return _public((known, order_known), seen, parts, (np.array([*three, 0.0]), four)), figures


def macro(scores: Reals, labels: Names, names: Sequence[str]) -> float:
    """Work out the macro-F1 of the greatest scores."""
    return round(macro_f1(fitting.codes(labels, names), scores.argmax(axis=1), len(names)), 4)


def _public(known: tuple[Keys, Keys], seen: Seen, parts: Parts, even: tuple[Reals, Reals]) -> Public:
    """Round the parts over the features that are kept; the networks stand side by side as one."""
    heavy = fitting.heaviest(seen.pieces, parts.linear, _LINEAR_FEATURES)
    ordered = fitting.heaviest(seen.order, parts.order, _ORDER_FEATURES)
    inside = parts.networks[0].columns
    kept = np.union1d(heavy, inside)
    linear = rounded(parts.linear.weights[heavy], parts.linear.bias)
    hidden = beside([rounded(*net.hidden) for net in parts.networks])
    return Public(
        known[0][kept],
        spread(linear, np.searchsorted(kept, heavy), len(kept)),
        spread(hidden, np.searchsorted(kept, inside), len(kept)),
        np.vstack([net.out.weights for net in parts.networks]),
        np.sum([net.out.bias for net in parts.networks], axis=0),
        known[1][ordered],
        rounded(parts.order.weights[ordered], parts.order.bias),
        *even,
    )
