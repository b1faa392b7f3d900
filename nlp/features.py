"""Words and pieces of words of a text as numbers, for the linear models: the same at training and at run time.

A feature is a word, two neighbouring words, or one to five neighbouring characters; it is known by a 64-bit hash
alone. The hashes of a text are computed together on arrays: the hash of the piece from i to j is (H[j] − H[i]) · P⁻ⁱ,
where H are the running sums of character · Pⁱ modulo 2⁶⁴.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

LONGEST = 2_400
MASKED = "\ue000"
"""Stands in the place of a name, so that สุขุมวิท does not sound happy."""

_BASE = 0x9E3779B97F4A7C15
_GRAMS = (1, 2, 3, 4, 5)
_SPACE = 32
_A, _Z, _TO_SMALL, _ZERO, _NINE = (np.uint64(code) for code in (65, 90, 32, 48, 57))


def _powers(base: int) -> Hashes:
    powers = [1]
    for _ in range(LONGEST + 1):
        powers.append(powers[-1] * base % 2**64)
    return np.array(powers, dtype=np.uint64)


_UP = _powers(_BASE)
_DOWN = _powers(pow(_BASE, -1, 2**64))
_SHIFT = np.uint64(29)
_STIR = np.uint64(0xD6E8FEB86659FD93)
_WORD = np.uint64(0xC2B2AE3D27D4EB4F)
_FIRST, _SECOND = np.uint64(0xA24BAED4963EE407), np.uint64(0x9FB21C651E98DF25)


def hashes(tokens: Sequence[str]) -> Hashes:
    """Hash every feature of a text given as its words, blanks included. The same feature found twice is there twice."""
    text = f"\x02{''.join(tokens)[: LONGEST - 2]}\x03"
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    codes[(codes >= _A) & (codes <= _Z)] += _TO_SMALL
    codes[(codes >= _ZERO) & (codes <= _NINE)] = _ZERO  # a number's size says nothing here
    size = len(codes)
    sums = np.zeros(size + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint64(7)) * _UP[:size], out=sums[1:])
    found = [(sums[n:] - sums[:-n]) * _DOWN[: size + 1 - n] + np.uint64(n) for n in _GRAMS if n <= size]
    found += _of_words(tokens, codes, sums)
    every = np.concatenate(found)
    every ^= every >> _SHIFT
    every *= _STIR
    return every


def _of_words(tokens: Sequence[str], codes: Hashes, sums: Hashes) -> list[Hashes]:
    lengths = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
    ends = np.cumsum(lengths) + 1
    starts = ends - lengths
    whole = ends < len(codes)
    starts, ends = starts[whole], ends[whole]
    solid = codes[starts] != _SPACE
    starts, ends = starts[solid], ends[solid]
    words = (sums[ends] - sums[starts]) * _DOWN[starts]
    words ^= words >> _SHIFT
    words *= _WORD
    return [words, words[:-1] * _FIRST + words[1:] * _SECOND]
