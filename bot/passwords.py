"""Passwords and tokens: how they are kept, what makes a password good enough, and new ones for who has none."""

import hashlib
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from bot.errors import Refused

# NIST SP 800-63B-4 (2025), 3.1.1.2: length is what counts, no rules on kinds of characters; 15 where nothing else
# guards the sign-in. Twelve and a throttle here. The upper bound keeps a hash from being made of a book.
SHORTEST, LONGEST = 12, 128
DIFFERENT = 5
# No letters that look alike: it is read aloud and typed once.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()
# Each check takes 64 MiB while it lasts: a crowd at the door must not take the machine's memory.
_at_once = threading.BoundedSemaphore(4)


def keep(password: str) -> str:
    """The hash to keep of a password. Takes about 0.2 s, on purpose."""
    with _at_once:
        return _hasher.hash(password)


# Checked where there is no account, so that the time an answer takes does not tell whether there is one.
NOBODY = keep(secrets.token_hex())


def is_right(kept: str | None, password: str) -> bool:
    """Whether this is the password. The same work is done where none is kept."""
    try:
        with _at_once:
            return _hasher.verify(kept or NOBODY, password[: LONGEST * 4]) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


def checked(password: str, *names: str) -> str:
    """The password, if it is good enough. Raises Refused: too short, too long, too plain, or the person's own name."""
    if len(password) < SHORTEST:
        raise Refused("password.short", least=SHORTEST)
    if len(password) > LONGEST:
        raise Refused("password.long", most=LONGEST)
    if len(set(password)) < DIFFERENT or any(name and password.lower() in name.lower() for name in names):
        raise Refused("password.plain")
    return password


def generated() -> str:
    """A new password of twenty letters in groups of five, about 99 bits: strong, and short enough to type once."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def hashed(text: str) -> str:
    """What is kept of a token or of a name: enough to know it again, and no more."""
    return hashlib.sha256(text.encode()).hexdigest()
