"""Words and pieces of words of a text as numbers, for the linear models: the same at training and at run time.

A feature is a word, two neighbouring words, or one to five neighbouring characters; and, of the order of words, three
neighbours, two with others between them, or the first and last words, which show a question. It is known by a 64-bit
hash alone.

The hashes of a text are computed together on arrays: the hash of the piece from i to j is (H[j] − H[i]) · P⁻ⁱ, where H
are the running sums of character · Pⁱ modulo 2⁶⁴.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

LONGEST = 2_400
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
_FIRST, _SECOND, _THIRD = (np.uint64(salt) for salt in (0xA24BAED4963EE407, 0x9FB21C651E98DF25, 0x8EBC6AF09C88C6E3))
_GAPS = tuple(np.uint64(0x589965CC75374CC3 * (2 * gap + 1) % 2**64) for gap in range(5))
_LAST = np.array([0x1D8E4E27C47D124F, 0xEB44ACCAB455D165, 0xD1342543DE82EF95], dtype=np.uint64)
_BEGUN = np.array([0xAF251AF3B0F025B5, 0xC6BC279692B5C323, 0xDB4F0B9175AE2165], dtype=np.uint64)


def hashes(tokens: Sequence[str]) -> Hashes:
    """Hash every feature of a text given as its words, blanks included. The same feature found twice is there twice."""
    return _stirred(_pieces(tokens)[0])


def hashes_and_order(tokens: Sequence[str]) -> tuple[Hashes, Hashes]:
    """Hash the features of a text as `hashes` does; and its words, pairs and their order."""
    pieces, words = _pieces(tokens)
    return _stirred(pieces), _stirred([*pieces[-2:], *_order(words)])


def _stirred(parts: list[Hashes]) -> Hashes:
    every = np.concatenate(parts)
    every ^= every >> _SHIFT
    every *= _STIR
    return every


def _pieces(tokens: Sequence[str]) -> tuple[list[Hashes], Hashes]:
    """Hash runs of characters, words and pairs; and give the hashes of the words beside."""
    text = f"\x02{''.join(tokens)[: LONGEST - 2]}\x03"
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    codes[(codes >= _A) & (codes <= _Z)] += _TO_SMALL
    codes[(codes >= _ZERO) & (codes <= _NINE)] = _ZERO  # a number's size says nothing here
    size = len(codes)
    sums = np.zeros(size + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint64(7)) * _UP[:size], out=sums[1:])
    found = [(sums[n:] - sums[:-n]) * _DOWN[: size + 1 - n] + np.uint64(n) for n in _GRAMS if n <= size]
    words = _words(tokens, codes, sums)
    return [*found, words, words[:-1] * _FIRST + words[1:] * _SECOND], words


def _words(tokens: Sequence[str], codes: Hashes, sums: Hashes) -> Hashes:
    lengths = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
    ends = np.cumsum(lengths) + 1
    starts = ends - lengths
    if len(codes) == LONGEST:
        whole = ends < len(codes)
        starts, ends = starts[whole], ends[whole]
    solid = codes[starts] != _SPACE
    starts, ends = starts[solid], ends[solid]
    words = (sums[ends] - sums[starts]) * _DOWN[starts]
    words ^= words >> _SHIFT
    words *= _WORD
    return words


def _order(words: Hashes) -> list[Hashes]:
    """Hash three neighbours, pairs with one to three words between, the first and last three words, the last two."""
    begin, end = words[:3], words[::-1][:3]
    return [
        words[:-2] * _FIRST + words[1:-1] * _SECOND + words[2:] * _THIRD,
        *(words[:-gap] * _GAPS[gap] + words[gap:] * _THIRD for gap in (2, 3, 4)),
        begin * _BEGUN[: len(begin)],
        end * _LAST[: len(end)],
        end[:1] * _LAST[2] + end[1:2] * _SECOND if len(end) > 1 else end[:0],
        begin[:1] * _BEGUN[2] + begin[1:2] * _SECOND if len(begin) > 1 else begin[:0],
    ]
