"""Reference numbers: short, without letters that look alike, and with a check letter that catches a slip of the pen."""

import secrets

# No 0/O/D/Q, 1/I/L, 2/Z, 3, 5/S, 8/B, G, U/V: what a tired eye takes for another. 19 letters, a prime, so that a
# weighted sum finds every single wrong letter and every swap of two neighbours.
LETTERS = "4679ACEFHJKMNPRTWXY"
LENGTH = 8


def new_number() -> str:
    """A fresh reference number such as "7KXA-4PMW". Random, so that it tells nothing of how many there are."""
    body = "".join(secrets.choice(LETTERS) for _ in range(LENGTH - 1))
    return shown(body + _check(body))


def read_number(text: str) -> str | None:
    """The reference number in a citizen's words, or None where there is none that can be right."""
    kept = "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())
    for start in range(len(kept) - LENGTH + 1):
        candidate = kept[start : start + LENGTH]
        if all(letter in LETTERS for letter in candidate) and _check(candidate[:-1]) == candidate[-1]:
            return shown(candidate)
    return None


def shown(letters: str) -> str:
    """Eight letters, in two groups of four."""
    return f"{letters[:4]}-{letters[4:]}"


def _check(body: str) -> str:
    return LETTERS[sum(place * LETTERS.index(letter) for place, letter in enumerate(body, 1)) % len(LETTERS)]
