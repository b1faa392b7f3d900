"""Search words of entries: which entries hold all words of a query, the same on both databases.

Words come from `nlp.search_terms`, at filing and at asking alike, so that a word is found inside an unspaced sentence
and under its other spellings. Both engines get them as opaque tokens (hexadecimal UTF-16), which no tokenizer takes
apart: SQLite an FTS5 index kept by triggers over `entry_words`, PostgreSQL a tsvector with a GIN index in that table.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    ForeignKey,
    Integer,
    Text,
    bindparam,
    cast,
    column,
    delete,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler

import nlp
from bot.numbers import read_number
from bot.store.base import Base
from bot.store.entries import Entry

FTS, GIN = "entry_search", "ix_entry_words_words"
SHORT = 3
MOST = 12
THAI = re.compile(r"[\u0e00-\u0e7f]+")


class EntryWords(Base):
    """The search words of one entry as tokens: text on SQLite, a tsvector on PostgreSQL."""

    __tablename__ = "entry_words"
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


WORDS: Any = EntryWords.__table__


class Holds(ColumnElement[bool]):
    """Whether an entry (by the id's column) holds all these words; the flag beside a word: a longer one will do."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, entry_id: Any, words: Iterable[tuple[str, bool]]) -> None:
        self.words = tuple(words)
        lite = " ".join(f'"{token(word)}"{"*" if begun else ""}' for word, begun in self.words)
        post = " & ".join(f"'{token(word)}'{':*' if begun else ''}" for word, begun in self.words)
        rows = select(column("rowid", Integer)).select_from(table(FTS))
        self.sqlite = entry_id.in_(rows.where(column(FTS).op("MATCH")(lite)))
        asked = cast(literal(post), TSQUERY)
        found = select(EntryWords.entry_id).where(EntryWords.words.bool_op("@@")(asked))
        self.postgresql = entry_id.in_(found.correlate(None))


@compiles(Holds)
def _compile(element: Holds, compiler: SQLCompiler, **options: Any) -> str:
    chosen = element.sqlite if compiler.dialect.name == "sqlite" else element.postgresql
    return str(compiler.process(chosen, **options))


def token(word: str) -> str:
    """A word as both engines keep it: what begins alike still begins alike."""
    return word.encode("utf-16-be", "surrogatepass").hex()


def asked_words(query: str) -> list[tuple[str, bool]]:
    """The words a query asks for, and whether a longer word that begins so will do: Thai ones, and the last.

    A compound asks for its parts alone: the index has them wherever it has the compound.
    """
    terms = nlp.search_terms(query)[:MOST]
    kept = [each for place, each in enumerate(terms) if each != "".join(terms[place + 1 : place + 3])]
    return [(each, (bool(THAI.fullmatch(each)) and len(each) >= SHORT) or each == terms[-1]) for each in kept]


def matching(query: str) -> ColumnElement[bool]:
    """The condition that an entry holds all words of the query, or is the one of this reference number.

    A query without any search word ("ที่", a telephone number) matches nothing.
    """
    words, number = asked_words(query), read_number(query)
    found = [Holds(Entry.id, words)] if words else []
    return or_(false(), *found, *([Entry.number == number] if number else []))


def put_words(session: Session, entry_id: int, said: str) -> None:
    """Keep the search words of an entry, in the place of any it had; none where nothing is said."""
    put_all_words(session, {entry_id: said})


def put_all_words(session: Session, said: Mapping[int, str]) -> None:
    """The same for many entries: {entry id: text}."""
    tokens = {each: " ".join(map(token, nlp.search_terms(text))) for each, text in said.items()}
    session.execute(delete(EntryWords).where(EntryWords.entry_id.in_(list(said))))
    rows = [{"entry_id": each, "words": words} for each, words in tokens.items() if words]
    if not rows:
        return
    if session.get_bind().dialect.name == "sqlite":
        session.execute(insert(EntryWords), rows)
    else:
        words = func.array_to_tsvector(func.string_to_array(bindparam("words", type_=Text()), " "))
        session.execute(insert(WORDS).values(words=words), rows)


def purge(session: Session) -> None:
    """After words were removed: take their traces out of the index, too.

    FTS5 only marks removed words in its segments, and writes the segments anew when it merges them; this merges them.
    PostgreSQL keeps none beyond the row itself, which its own vacuum clears like any other.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"INSERT INTO {FTS} ({FTS}) VALUES ('optimize')"))
