"""Topics, service qualities, urgency and project of a document, under one roof."""

from nlp.serving import qualities
from nlp.similarity import route, sure
from nlp.topics import topics
from nlp.urgency import urgency

__all__ = ["qualities", "route", "sure", "topics", "urgency"]
