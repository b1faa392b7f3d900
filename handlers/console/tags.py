"""Tags in the reader's language: what the chips say."""

from bot.reviewing import Tagged
from bot.store.entries import TagKind
from handlers.console.look import language, t, t_or
from nlp.qualities import QUALITIES
from nlp.topics import groups, taxonomy

TONES = {TagKind.TOPIC: "topic", TagKind.QUALITY: "quality", TagKind.PLACE: "place"}


# What may be said of an entry beside topics: (tag, direction or 0).
CHOICES: dict[str, tuple[tuple[str, int], ...]] = {
    TagKind.SENTIMENT: (("pos", 0), ("neu", 0), ("neg", 0)),
    TagKind.URGENCY: (("normal", 0), ("soon", 0), ("crisis", 0)),
    TagKind.QUALITY: tuple((tag, sign) for tag in QUALITIES for sign in (1, -1)),
}


def word(kind: str, tag: str, direction: int | None = None) -> str:
    """What a tag is called: a topic by its name, a quality with its sign, a place as it is written."""
    match kind:
        case TagKind.TOPIC:
            topic = taxonomy().get(tag)
            return topic.names[language()] if topic else tag
        case TagKind.QUALITY:
            return f"{t_or(f'console.tag.quality.{tag}', tag)} {'+' if direction == 1 else '−'}"
        case TagKind.SENTIMENT:
            return t_or(f"console.tag.sentiment.{tag}", tag)
        case TagKind.URGENCY:
            return t_or(f"console.tag.urgency.{tag}", tag)
    return " · ".join(tag.split("/"))


def tone(tagged: Tagged) -> str:
    """The colour of a tag's chip; its word says the same."""
    if tagged.kind == TagKind.SENTIMENT:
        return {"pos": "good", "neg": "bad"}.get(tagged.tag, "note")
    if tagged.kind == TagKind.URGENCY:
        return {"crisis": "bad", "soon": "warn"}.get(tagged.tag, "note")
    return TONES.get(TagKind(tagged.kind), "")


def _choices(kind: str) -> list[tuple[str, str]]:
    return [(f"{kind}:{tag}:{sign}", word(kind, tag, sign or None)) for tag, sign in CHOICES[kind]]


def addable() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every tag a person may add, by group: (group's word, [(value of the form, tag's word), …])."""
    found = [(t(f"console.entries.kind.{kind}"), _choices(kind)) for kind in CHOICES]
    for group, names in groups().items():
        topics = [
            (f"topic:{each.code}:0", each.names[language()]) for each in taxonomy().values() if each.group == group
        ]
        found.append((names[language()], topics))
    return found
