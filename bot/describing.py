"""What a project says of itself: read as it was written in a form, and checked before anybody else sees it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import nlp
from bot.dates import ERA
from bot.interview.checking.texts import graphemes
from bot.wording import LANGUAGES

Texts = dict[str, str]

# Without these nobody could choose the project, read about it, or find its words.
NEEDED = ("th", "en")
# Letters that people see. A short name goes on a button of LINE's.
LONGEST = {"title": 200, "short": 20, "agency": 200, "description": 2_000}
KEYWORD, KEYWORDS = 60, 150
# The lab was founded in 2560; a project is planned some years ahead at most.
FIRST_YEAR, LAST_YEAR = 2540, 2640


@dataclass(frozen=True, slots=True)
class Description:
    """A project in its people's words, by language. `fiscal_year` is of the Buddhist Era; None where it is no year."""

    fiscal_year: int | None
    title: Texts = field(default_factory=dict)
    short: Texts = field(default_factory=dict)
    agency: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    keywords: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to be mended: the field ("title-th"), the sentence that says how, and what fills it."""

    where: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)


def written(form: Mapping[str, str]) -> Description:
    """A description out of a form's fields, "title-th" and the like; keywords stand a line each, or between commas."""
    texts = {
        name: {each: text for each in LANGUAGES if (text := form.get(f"{name}-{each}", "").strip())}
        for name in LONGEST
    }  # fmt: skip
    keywords = {each: words for each in LANGUAGES if (words := _listed(form.get(f"keywords-{each}", "")))}
    return Description(_year(form.get("fiscal_year", "")), keywords=keywords, **texts)


def _listed(text: str) -> list[str]:
    """Keywords, once each, in their order."""
    parts = text.replace(",", "\n").splitlines()
    return list(dict.fromkeys(word for part in parts if (word := " ".join(part.split()))))


def _year(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) == 4 else None


def faults(told: Description) -> Iterator[Fault]:
    """Everything to be mended in a description."""
    yield from _year_faults(told.fiscal_year)
    for name, longest in LONGEST.items():
        texts: Texts = getattr(told, name)
        yield from (Fault(f"{name}-{each}", "project.missing") for each in NEEDED if each not in texts)
        for language, text in texts.items():
            if (long := graphemes(text)) > longest:
                yield Fault(f"{name}-{language}", "project.too_long", {"long": long, "most": longest})
    for language, words in told.keywords.items():
        if len(words) > KEYWORDS:
            yield Fault(f"keywords-{language}", "project.too_many_keywords", {"many": len(words), "most": KEYWORDS})
        if long_ones := [each for each in words if graphemes(each) > KEYWORD]:
            facts: dict[str, object] = {"word": long_ones[0][:KEYWORD], "most": KEYWORD}
            yield Fault(f"keywords-{language}", "project.long_keyword", facts)


def _year_faults(year: int | None) -> Iterator[Fault]:
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        return
    if year is not None and FIRST_YEAR <= year + ERA <= LAST_YEAR:
        yield Fault("fiscal_year", "project.common_era", {"year": year, "instead": year + ERA})
    else:
        yield Fault("fiscal_year", "project.year", {"first": FIRST_YEAR, "last": LAST_YEAR})


def changes(before: Description, after: Description) -> list[str]:
    """The fields in which two descriptions differ, "title-th" and the like, in the order of the form."""
    found = ["fiscal_year"] if before.fiscal_year != after.fiscal_year else []
    for name in (*LONGEST, "keywords"):
        was, now = getattr(before, name), getattr(after, name)
        found += [f"{name}-{each}" for each in LANGUAGES if was.get(each) != now.get(each)]
    return found


def known_to_nlp(slug: str, title: Texts, description: Texts, keywords: Mapping[str, Iterable[str]]) -> nlp.Project:
    """What the matching may know of a project: its own words in every language, and nothing learnt elsewhere."""
    words = (word for language in keywords.values() for word in language)
    return nlp.Project(slug, " ".join(title.values()), " ".join(description.values()), tuple(dict.fromkeys(words)))
