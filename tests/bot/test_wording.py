"""The catalogues of every domain: complete in all five languages, and safe to fill in and to put on a button.

A sentence that goes on a button carries the translator's comment `#. button` in its catalogue, or has "option" among
the parts of its name.
"""

import string
from collections.abc import Iterator

import pytest
import regex
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.wording import LANGUAGES, LOCALE, say
from nlp.answers import read_command, read_yes_no

BUTTON = 20  # LINE's limit for what can be tapped, in grapheme clusters
TEXT = 5000  # LINE's limit for a text, in UTF-16 code units
DOMAINS = sorted({path.stem for path in LOCALE.glob("*/LC_MESSAGES/*.po")})
# Officials read the console in Thai or English; all else is said to citizens, in every language.
EVERY = [
    (domain, language) for domain in DOMAINS for language in LANGUAGES[: 2 if domain.startswith("console") else None]
]
# The letters of each script: a Burmese sentence without one was never translated.
SCRIPTS = {"th": r"\p{Thai}", "en": r"[A-Za-z]", "my": r"\p{Myanmar}", "km": r"\p{Khmer}", "lo": r"\p{Lao}"}
# Where each language takes what it needs from the same facts.
FREE = {"interview.date"}
# What the words quoted in a text must be understood as, in order.
COMMANDS = {
    "help.text": "back skip change pause resume restart cancel mydata forget optout language status",
    "consent.ask": "forget",
    "consent.details": "mydata forget",
    "mydata.held": "forget",
    "interview.nudge": "resume",
}
CRISIS_NUMBERS = {"191", "1669", "199", "1300", "1323"}


def catalogue(domain: str, language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open(encoding="utf-8") as lines:
        return read_po(lines, locale=language, domain=domain)


def sentences(domain: str, language: str) -> dict[str, str]:
    return {str(entry.id): str(entry.string) for entry in catalogue(domain, language) if entry.id}


def buttons(domain: str, language: str) -> set[str]:
    entries = [entry for entry in catalogue(domain, language) if entry.id]
    return {str(each.id) for each in entries if "button" in each.auto_comments or "option" in str(each.id).split(".")}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def quoted(text: str) -> Iterator[str]:
    yield from regex.findall(r"“([^”{}]+)”", text)


def test_the_conversation_has_its_catalogue() -> None:
    assert "conversation" in DOMAINS


@pytest.mark.parametrize(("domain", "language"), EVERY)
def test_nothing_is_left_untranslated(domain: str, language: str) -> None:
    assert set(sentences(domain, language)) == set(sentences(domain, "th"))
    assert [key for key, text in sentences(domain, language).items() if not text.strip()] == []


@pytest.mark.parametrize(("domain", "language"), EVERY)
def test_placeholders_are_those_of_the_thai_sentence(domain: str, language: str) -> None:
    def asked(of: str) -> dict[str, set[str]]:
        return {key: placeholders(text) for key, text in sentences(domain, of).items() if key not in FREE}

    assert asked(language) == asked("th")


@pytest.mark.parametrize(("domain", "language"), EVERY)
def test_buttons_can_be_read_whole(domain: str, language: str) -> None:
    assert buttons(domain, language) == buttons(domain, "th")
    texts = sentences(domain, language)
    long = {key: texts[key] for key in buttons(domain, language) if len(regex.findall(r"\X", texts[key])) > BUTTON}
    assert long == {}


@pytest.mark.parametrize(("domain", "language"), EVERY)
def test_sentences_fit_one_message(domain: str, language: str) -> None:
    assert [key for key, text in sentences(domain, language).items() if len(text.encode("utf-16-le")) // 2 > TEXT] == []


@pytest.mark.parametrize(("domain", "language"), EVERY)
def test_sentences_are_in_their_own_script(domain: str, language: str) -> None:
    foreign = {
        key: text
        for key, text in sentences(domain, language).items()
        if not key.startswith("language.") and regex.search(r"\p{L}", regex.sub(r"\{[^}]*\}", "", text))
        if not regex.search(SCRIPTS[language], text)
    }
    assert foreign == {}


def test_a_name_stands_in_one_domain_only() -> None:
    names = [name for domain in DOMAINS for name in sentences(domain, "th")]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["crisis.safe", "crisis.safe_unkept"])
def test_the_safe_answer_gives_every_emergency_number(key: str, language: str) -> None:
    assert set(regex.findall(r"(?m)^\d+", say(language, key))) == CRISIS_NUMBERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_fault_is_pointed_to_those_who_mend_it(language: str) -> None:
    told = say(language, "fault.pointer")
    assert "Traffy Fondue" in told and "1111" in told and "1567" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", COMMANDS)
def test_words_we_tell_people_to_type_are_understood(key: str, language: str) -> None:
    read = [read_command(word) for word in quoted(say(language, key))]
    assert [command.name if command else None for command in read] == COMMANDS[key].split()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        ("consent.yes", True),
        ("consent.no", False),
        ("forget.yes", True),
        ("forget.no", False),
        ("interview.yes", True),
        ("interview.no", False),
    ],
)
def test_a_yes_or_no_may_be_typed_as_its_button_says(key: str, meaning: bool, language: str) -> None:
    assert read_yes_no(say(language, key)) is meaning


@pytest.mark.parametrize("language", LANGUAGES)
def test_consent_tells_how_to_be_forgotten(language: str) -> None:
    assert set(quoted(say(language, "consent.ask"))) & set(quoted(say(language, "help.text")))
    assert "PDPA" in say(language, "consent.ask") and "PDPA" in say(language, "consent.details")


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_named_in_their_own_script(language: str) -> None:
    named = [say(language, f"language.{each}") for each in LANGUAGES]
    assert named == ["ไทย", "English", "မြန်မာ", "ខ្មែរ", "ລາວ"]
