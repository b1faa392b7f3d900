"""A report in words: what each finding says, whom it happened to, and what mends it, in Thai or English.

Works on the report's plain data, so that one that was kept reads as one just made.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.wording import say

Data = Mapping[str, Any]


def person(name: str, language: str) -> str:
    """What a scripted citizen is called."""
    return say(language, f"rehearsal.person.{name}")


def found(finding: Data, language: str) -> str:
    """What was found, as a sentence."""
    facts = dict(finding["facts"])
    if "languages" in facts:
        facts["languages"] = ", ".join(say(language, f"language.{each}") for each in facts["languages"])
    people = ", ".join(person(each, language) for each in finding["people"])
    return say(language, f"rehearsal.found.{finding['code']}", **facts, people=people)


def mend(finding: Data, language: str) -> str:
    """How an author mends it."""
    return say(language, f"rehearsal.mend.{finding['code']}")


def example(told: Data, language: str) -> str:
    """What somebody said, what they meant, and what was recorded."""
    parts = [say(language, "rehearsal.said", said=cut(told["said"]))]
    for name in ("meant", "recorded"):
        if value := told[name].get(language):
            parts.append(say(language, f"rehearsal.{name}", **{name: cut(value)}))
    return f"{person(told['person'], language)}: {' · '.join(parts)}"


def cut(text: str, longest: int = 80) -> str:
    """The text, shortened where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def transcript(played: Data, title: str) -> Iterator[str]:
    """A person's conversation as text, line by line, as the project's own transcripts are written."""
    yield f"เรื่อง: {title} · {person(played['person'], 'th')} {say('th', 'rehearsal.does.' + played['person'])}"
    yield f"ภาษา: {played['language']}"
    yield ""
    for turn in played["talk"]:
        yield from _turn(turn)
    yield _line("ผล", _outcome(played))


def _turn(turn: Data) -> Iterator[str]:
    if turn["who"] == "time":
        yield f"({turn['text']} น.)" if ":" in turn["text"] else f"เวลา: ผ่านไป {turn['text']} ชั่วโมง"
        return
    yield _line("บอท" if turn["who"] == "bot" else "คน", turn["text"])
    if turn["buttons"]:
        yield " ".join(f"[{each}]" for each in turn["buttons"])


def _outcome(played: Data) -> str:
    lines = [say("th", f"rehearsal.end.{played['end']}")]
    for entry in played["entries"]:
        lines += [
            f"{each['question']}: {each['category'] or each['words'] or each['status']}" for each in entry["answers"]
        ]
    return "\n".join(lines)


def _line(who: str, text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([f"{who}: {first}", *(f"     {each}".rstrip() for each in rest)])
