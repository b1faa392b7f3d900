"""The hashed features of a document, worked out once for all the models that weigh them."""

import threading
from typing import NamedTuple

from nlp.document import HIDDEN, Document
from nlp.features import hashes_and_order
from nlp.linear import Keys, keys

_last = threading.local()


class Features(NamedTuple):
    """The features of a text: pieces of it, and words with their order."""

    pieces: Keys
    order: Keys


def features(document: Document) -> Features:
    """List the features of a document; every word of which a part is hidden counts as the same one."""
    if getattr(_last, "document", None) is not document:
        texts = [word.text for word in document.words]
        if HIDDEN in document.clean:
            texts = [HIDDEN if HIDDEN in text else text for text in texts]
        pieces, order = hashes_and_order(texts)
        _last.features = Features(keys(pieces), keys(order))
        _last.document = document
    found: Features = _last.features
    return found
