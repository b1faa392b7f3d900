"""Passwords: kept by real argon2, and the same work where there is none to check."""

import pytest
from argon2 import PasswordHasher

from bot import passwords
from bot.passwords import is_right, keep

PASSWORD = "a long enough phrase"


def test_a_password_is_kept_by_argon2id_with_its_own_salt() -> None:
    one, two = keep(PASSWORD), keep(PASSWORD)
    assert one != two and one.startswith("$argon2id$")
    assert is_right(one, PASSWORD) and is_right(two, PASSWORD)
    assert not is_right(one, PASSWORD + " ") and not is_right(one, "")


class Counting(PasswordHasher):
    """The real hasher, which remembers what it checked against."""

    def __init__(self) -> None:
        super().__init__()
        self.checked: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.checked.append(str(hash))
        return super().verify(hash, password)


def test_where_none_is_kept_the_work_is_done_too(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = Counting()
    monkeypatch.setattr(passwords, "_hasher", hasher)
    kept = keep(PASSWORD)
    assert not is_right(None, PASSWORD) and not is_right(kept, "something else")
    parameters = [each.split("$")[1:4] for each in hasher.checked]  # kind, version, memory and rounds
    assert len(parameters) == 2 and parameters[0] == parameters[1]
