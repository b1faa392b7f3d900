"""Thai text for citizens' messages: a library of its own that imports nothing else of this product.

`tag` reads one text and answers one record: language, sentiment, topics, service qualities, urgency, places, personal
data and the projects it may belong to, each with the words that earned it. The other names here are the same knowledge
in parts; what is typed instead of tapped is read by `nlp.answers`. Nothing here looks at the network, the clock or the
disk, but for the package's own data files, read once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nlp.document import hiding, read
from nlp.language import language as _language
from nlp.layout import repaired
from nlp.places import places
from nlp.pointing import pointed
from nlp.points import province_at
from nlp.privacy import mask as _masked
from nlp.privacy import personal_data
from nlp.qualities import ruled
from nlp.records import Match, PersonalData, Place, Project, Quality, Sentiment, Tag, Tags, Urgency
from nlp.sentiment import model, sentiment
from nlp.signs import hidden_names, signs
from nlp.tagging import qualities, route, sure, topics, urgency
from nlp.terms import terms
from nlp.themes import Theme, themes

__all__ = [
    "Match",
    "PersonalData",
    "Place",
    "Project",
    "Quality",
    "Sentiment",
    "Tag",
    "Tags",
    "Theme",
    "Urgency",
    "language",
    "mask",
    "match",
    "province_at",
    "search_terms",
    "sure",
    "tag",
    "tag_many",
    "themes",
    "warm",
]


def tag(text: str, projects: Sequence[Project] = ()) -> Tags:
    """Read a text. Any text is read, the empty one too; of a long one the first 2,000 characters."""
    document = read(text)
    found_places, found_data = places(document), personal_data(document)
    # A project or a danger may be about a place; how a place is called says nothing of how it is served.
    apart = hiding(document, hidden_names((), found_data))
    bare = hiding(document, hidden_names(found_places, found_data)) if found_places else apart
    urgent, found_topics, found_projects = urgency(apart), topics(apart), route(apart, projects)
    by_rule = ruled(bare)
    found_qualities = qualities(bare, by_rule)
    feeling = sentiment(bare, signs(urgent, by_rule))
    return Tags(
        language=_language(document.clean),
        sentiment=replace(feeling, spans=pointed(bare, feeling.label, found_qualities, urgent)),
        topics=tuple(topic for topic in found_topics if not _only_names(topic, found_places)),
        qualities=found_qualities,
        urgency=urgent,
        places=found_places,
        personal_data=found_data,
        projects=found_projects,
        model=model().version,
    )


def _only_names(topic: Tag, found_places: Sequence[Place]) -> bool:
    """Tell whether nothing but names of places earned a topic."""
    names = [span for place in found_places for span in place.spans]
    return all(any(first <= start and end <= last for first, last in names) for start, end in topic.spans)


def match(text: str, projects: Sequence[Project]) -> tuple[Match, ...]:
    """Find the projects a text may belong to: what `tag` says of it, at half the price."""
    document = read(text)
    return route(hiding(document, hidden_names((), personal_data(document))), projects)


def tag_many(texts: Iterable[str], projects: Sequence[Project] = ()) -> list[Tags]:
    """Read many texts, in their order."""
    return [tag(text, projects) for text in texts]


def language(text: str) -> str:
    """Name a text's language: th, en, my, km, lo, mixed or other; on the wrong keyboard layout, of what was meant."""
    return _language(repaired(text))


def mask(text: str, spans: Sequence[PersonalData] | None = None) -> str:
    """Put the kind of personal data in its place, "[เบอร์โทร]"; without spans, of all that is found."""
    return _masked(text, personal_data(read(text)) if spans is None else spans)


def search_terms(text: str) -> list[str]:
    """List a text's search words, for an index and for a search alike; personal data is not among them."""
    document = read(text)
    return terms(document, personal_data(document))


def warm() -> None:
    """Load everything now (a few tenths of a second), so that the first text does not wait for it."""
    tag("เจ้าหน้าที่เขตบางรัก กรุงเทพฯ บริการดีมาก โทร 02 123 4567 ต.บ้านกขคง ลุงบุญเรียม")
    province_at(13.75, 100.5)
