"""What people agreed to is known by its version: a text that changes must get a new one."""

import hashlib

import pytest

from bot.conversations.consent import VERSION
from bot.wording import LANGUAGES, say

# After a change of meaning: raise VERSION in bot/conversations/consent.py, and write the new digests here beside it.
# After a mere slip of the pen was mended: write the new digests alone.
AGREED = {
    "version": "2569-1",
    "th": "7e6e37571efc8f5a",
    "en": "f332fdd65ac672d5",
    "my": "9dfea1d7473d79f7",
    "km": "80bef193cb914042",
    "lo": "5218b2823ad75235",
}


def digest(language: str) -> str:
    texts = "\n".join(say(language, key) for key in ("welcome.hello", "consent.ask", "consent.details"))
    return hashlib.sha256(texts.encode()).hexdigest()[:16]


def test_the_version_is_the_one_recorded() -> None:
    assert AGREED["version"] == VERSION


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_the_one_recorded_with_its_version(language: str) -> None:
    assert digest(language) == AGREED[language]
