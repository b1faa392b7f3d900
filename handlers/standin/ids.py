"""Identifiers in the shapes that LINE gives them."""

import hashlib
import random
import secrets
import time
import uuid
from itertools import count

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_messages = count(int(time.time()) * 10**8 + 1)  # never those of an earlier run


def ulid(milliseconds: int) -> str:
    """A ULID: 48 bits of time and 80 of chance, 26 letters, sortable by time (webhookEventId)."""
    number = (milliseconds << 80) | random.getrandbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def message_id() -> str:
    """A message id: 18 digits, growing."""
    return str(next(_messages))


def member_id(letter: str) -> str:
    """A new id of a user (U), a group (C) or a room (R): the letter and 32 hex digits."""
    return letter + secrets.token_hex(16)


def bot_id(secret: str) -> str:
    """The user id of the official account; the same for the same channel secret."""
    return "U" + hashlib.sha256(f"bot {secret}".encode()).hexdigest()[:32]


def token() -> str:
    """An opaque token (reply, quote, mark as read): 32 hex digits."""
    return f"{random.getrandbits(128):032x}"


def request_id() -> str:
    """What `x-line-request-id` holds."""
    return str(uuid.UUID(int=random.getrandbits(128), version=4))
