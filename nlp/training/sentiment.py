"""Training the judges of `nlp.sentiment`: `python -m nlp train sentiment --data WISESIGHT/train.jsonl`."""

import json
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nlp.evidence import LEXICON, NAMES
from nlp.hashed import Features
from nlp.linear import Keys, Rounded, beside, packed, rounded, save, spread
from nlp.sentiment import LABELS, PUBLIC_LABELS, WEIGHTS, chances, loaded
from nlp.training import fitting
from nlp.training.citizens import VOICES, read_citizens
from nlp.training.featuring import featured
from nlp.training.fitting import Fitted, Matrix, Names, Reals, Score
from nlp.training.judging import reports_on
from nlp.training.public import Public, macro, train_public
from nlp.training.reading import JUDGING, MESSAGES, Example, Unreadable, digest, messages, read_examples

_OWN, _DOMAIN, _JUDGE = 20.0, 5.0, 0.3
_STRANGERS = 6_000
_FAINT = 2
"""Features of which no weight is greater than this, of 127, are left out."""

_LEANING = 0.0
"""Log-odds added to sounding like a citizen's message; with more, ordinary posts are judged by the product's rule."""


class Own(NamedTuple):
    """The own judge: `words` scores the labels and, last, the domain; `judge` weighs the facts."""

    known: Keys
    words: Rounded
    judge: Reals


def train(data: Path, out: Path = WEIGHTS.parent) -> dict[str, Any]:
    """Train on a file like Wisesight's train.jsonl and on the product's own messages.

    Writes sentiment.npz and its card, sentiment.json; answers the card. Raises Unreadable where a label is missing.
    """
    examples = [example for example in read_examples(data) if example.label in PUBLIC_LABELS]
    if {example.label for example in examples} != set(PUBLIC_LABELS):
        raise Unreadable(f"{data}: expected texts labelled {', '.join(PUBLIC_LABELS)}")
    texts = [featured(example.text).features for example in examples]
    public, figures = train_public(examples, texts)
    own, own_figures = _train_own(public, texts)
    version = f"sentiment-{digest([data, MESSAGES, VOICES, LEXICON])[:8]}"
    save(out / "sentiment.npz", _arrays(public, own) | {"version": np.array(version)})
    figures |= own_figures | held_out(data, out / "sentiment.npz")
    card = _card(version, data, figures)
    (out / "sentiment.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return card


def held_out(data: Path, weights: Path) -> dict[str, float]:
    """Judge what was trained on what it was not: the valid.jsonl beside the data, if there is one, and `JUDGING`."""
    trained = loaded(weights)
    figures = {}
    valid = data.with_name("valid.jsonl")
    if valid.is_file() and valid != data:
        names = ("4_classes", "3_classes", "as_tagged")
        reports = zip(names, reports_on(trained, read_examples(valid)), strict=False)
        figures = {f"wisesight_valid_{name}_macro_f1": round(report.macro_f1, 4) for name, report in reports}
    tagged = reports_on(trained, read_examples(JUDGING))[-1]
    return figures | {"own_messages_for_judging_macro_f1": round(tagged.macro_f1, 4)}


def own_messages() -> list[Example]:
    """Read the product's own messages: those labelled for this, and the voices."""
    return messages() + [Example(voice.text, voice.sentiment) for voice in read_citizens(VOICES)]


def _train_own(public: Public, strangers: Sequence[Features]) -> tuple[Own, dict[str, float]]:
    """Train on the product's own messages; the figures are cross-validated, blending and all."""
    mine = own_messages()
    read_texts = [featured(example.text) for example in mine]
    texts = [one.features for one in read_texts]
    pieces = [text.pieces for text in texts]
    known = fitting.vocabulary(pieces)
    labels = np.array([example.label for example in mine])
    folds = np.array([example.fold for example in mine])
    rows = fitting.matrix(pieces, known)
    some = strangers[:: max(1, len(strangers) // _STRANGERS)]
    far = fitting.matrix([text.pieces for text in some], known)
    scores = fitting.out_of_fold(folds, lambda train: _scorer(rows, _fit_words(rows[train], labels[train], far)))
    theirs = np.array([public.scores(text) for text in texts])
    facts = np.hstack([theirs, scores[:, : len(LABELS)], np.array([one.shown for one in read_texts])])
    guesses = fitting.out_of_fold(folds, lambda train: _judging(facts, _fit_judge(facts[train], labels[train])))
    judge = _fit_judge(facts, labels)
    words = _fit_words(rows, labels, far)
    own = Own(known, rounded(words.weights, words.bias), np.vstack([judge.weights, judge.bias]))
    blended = _blended(public, scores[:, -1], guesses, theirs)
    return own, {
        "own_messages_cross_validated_macro_f1": macro(guesses, labels, LABELS),
        "own_messages_cross_validated_macro_f1_blended": macro(blended, labels, LABELS),
    }


def _fit_words(rows: Matrix, labels: Names, far: Matrix) -> Fitted:
    """Fit a score for each label, and one that tells a citizen's message from a post about shops and brands."""
    from scipy.sparse import vstack  # noqa: PLC0415

    words = fitting.fit_chances(rows, labels, _OWN)
    sides = np.array(["public"] * far.shape[0] + ["own"] * rows.shape[0])
    domain = fitting.fit_chances(vstack([far, rows]).tocsr(), sides, _DOMAIN)
    return Fitted(
        np.hstack([words.weights, -domain.weights]), np.hstack([words.bias, -domain.bias + _LEANING])
    )  # of two labels scikit-learn scores the second, which is "public" in the alphabet


def _fit_judge(facts: Reals, labels: Names) -> Fitted:
    return fitting.fit_chances(facts, labels, _JUDGE)


def _scorer(rows: Matrix, fitted: Fitted) -> Score:
    return lambda mask: fitted.scores(rows[mask])


def _judging(facts: Reals, fitted: Fitted) -> Score:
    return lambda mask: fitted.scores(facts[mask])


def _blended(public: Public, domain: Reals, guesses: Reals, theirs: Reals) -> Reals:
    """Blend both judges' chances as `nlp.sentiment.judged` does."""
    share = (1 / (1 + np.exp(-domain)))[:, None]
    four = np.array([chances((row + public.even_four).tolist()) for row in theirs])
    three = four[:, :3] + four[:, 3:] * (np.array(LABELS) == "neu")
    return np.asarray(share * fitting.softmax(guesses) + (1 - share) * three)


def _arrays(public: Public, own: Own) -> dict[str, Any]:
    """Lay both judges out over the features that either knows, so that a text is looked up once."""
    known = np.union1d(public.known, own.known)
    theirs, mine = np.searchsorted(known, public.known), np.searchsorted(known, own.known)
    parts = [(public.linear, theirs), (public.hidden, theirs), (own.words, mine)]
    table = beside([spread(part, at, len(known)) for part, at in parts])
    heavy = np.abs(table.weights.astype(np.int16)).max(axis=1) > _FAINT
    table = replace(table, weights=table.weights[heavy])
    return {
        "known": known[heavy],
        **dict(packed("table", table)),
        "out": public.out,
        "out_bias": public.out_bias,
        "order_known": public.order_known,
        **dict(packed("order", public.order)),
        "even_three": public.even_three,
        "even_four": public.even_four,
        "judge": own.judge,
    }


def _card(version: str, data: Path, figures: dict[str, float]) -> dict[str, Any]:
    return {
        "model": version,
        "task": "sentiment of a message: neg, neu, pos by the product's rule; neg, neu, pos, q by Wisesight's",
        "trained_on": {
            "wisesight": {"file": data.name, "sha256": digest([data]), "licence": "CC0 1.0"},
            "lexicon": {"file": LEXICON.name, "sha256": digest([LEXICON]), "licence": "made for this product"},
            "own": {"file": MESSAGES.name, "sha256": digest([MESSAGES]), "licence": "made for this product"},
            "voices": {"file": VOICES.name, "sha256": digest([VOICES]), "licence": "made for this product"},
        },
        "seed": fitting.SEED,
        "features": "words, word pairs and runs of 1 to 5 characters, hashed; evidence: " + ", ".join(NAMES),
        "tokenizer": f"newmm, pythainlp {installed('pythainlp')}",
        "figures": figures,
        "weights": "8-bit whole numbers",
    }
