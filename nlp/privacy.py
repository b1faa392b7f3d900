"""What in a text tells who a person is, and the text with it masked.

Kinds: national_id phone email bank_account plate person address line_id passport coordinates url. A span covers the
thing itself with its inner blanks and dashes: for a person title, name and surname; for a phone its extension too; for
a plate letters and number, not the province; for an address house number to postal code; never a label ("โทร.").
"""

import re
from collections.abc import Callable, Iterable, Iterator

from nlp.addresses import addresses
from nlp.document import Document
from nlp.identifiers import (
    Found,
    accounts,
    coordinates,
    national_ids,
    passports,
    phones,
    plain,
    plates,
    spoken_phones,
)
from nlp.online import emails, line_ids, urls
from nlp.persons import persons
from nlp.records import PersonalData

Finder = Callable[[str], Iterator[Found]]

MASKS = {
    "national_id": "[เลขบัตรประชาชน]",
    "phone": "[เบอร์โทร]",
    "email": "[อีเมล]",
    "bank_account": "[เลขบัญชี]",
    "plate": "[ทะเบียนรถ]",
    "person": "[ชื่อบุคคล]",
    "address": "[ที่อยู่]",
    "line_id": "[ไอดีไลน์]",
    "passport": "[เลขหนังสือเดินทาง]",
    "coordinates": "[พิกัด]",
    "url": "[ลิงก์]",
}
# What is found may hide what only shows once it is masked: two numbers that stand together.
_ROUNDS = 3
_FEW = 12
_DIGITS = re.compile("[0-9]{2}|[0-9][ .-][0-9]|เลข")
_DOT = re.compile(r"[A-Za-z0-9]\.[A-Za-z]|://")
_ID_WORD = re.compile("line|ไลน|ไอดี|id", re.I)


def personal_data(document: Document) -> tuple[PersonalData, ...]:
    """Find personal data in the whole text as typed, in order; no two of them overlap."""
    text = plain(document.text)
    kept: list[Found] = []
    for _ in range(_ROUNDS):
        new = _apart_from_each_other(_structured(text), len(text))
        kept += new
        text = _filled(text, new)
        if not 0 < len(new) <= _FEW:
            break
    new = _apart_from_each_other(persons(document, text), len(text))
    if 0 < len(new) <= _FEW:  # a name may show only once its neighbour is masked
        text = _filled(text, new)
        new += _apart_from_each_other(persons(document, text), len(text))
    kept += new
    return tuple(PersonalData(*found) for found in sorted(kept, key=lambda found: found[1]))


def _filled(text: str, found: Iterable[Found]) -> str:
    """Blot out what was found; lengths stay."""
    for _, start, end in found:
        text = text[:start] + "[" * (end - start - 1) + "]" + text[end:]
    return text


def _apart_from_each_other(found: Iterable[Found], length: int) -> list[Found]:
    """Keep what overlaps nothing that was found before it."""
    kept: list[Found] = []
    taken = bytearray(length)
    for kind, start, end in found:
        if end > start and not taken.count(1, start, end):
            kept.append((kind, start, end))
            taken[start:end] = b"\1" * (end - start)
    return kept


def mask(text: str, spans: Iterable[PersonalData]) -> str:
    """Put the kind of each span in its place, "[เบอร์โทร]"; spans that overlap become one, of the longer's kind."""
    pieces: list[str] = []
    done = 0
    for kind, start, end in _apart(spans):
        pieces += text[done:start], MASKS.get(kind, "[ข้อมูลส่วนบุคคล]")
        done = end
    return "".join((*pieces, text[done:]))


def _structured(text: str) -> Iterator[Found]:
    """Find all but persons, the surest kinds first; a kind is looked for only where the text has what it needs."""
    if "@" in text or "แอ" in text or "at" in text:
        yield from emails(text)
    if _DOT.search(text):
        yield from urls(text)
    has_numbers = _DIGITS.search(text) is not None
    if has_numbers:
        yield from _found_by((coordinates, national_ids, passports, accounts), text)
    if _ID_WORD.search(text):
        yield from line_ids(text)
    if has_numbers:
        yield from _found_by((phones, addresses, plates), text)
    if "ศูนย์" in text:
        yield from spoken_phones(text)


def _found_by(finders: Iterable[Finder], text: str) -> Iterator[Found]:
    for finder in finders:
        yield from finder(text)


def _apart(spans: Iterable[PersonalData]) -> Iterator[Found]:
    """Join spans that overlap."""
    joined: list[Found] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if joined and span.start < joined[-1][2]:
            kind, start, end = joined[-1]
            joined[-1] = (kind if end - start >= span.end - span.start else span.kind, start, max(end, span.end))
        else:
            joined.append((span.kind, span.start, span.end))
    yield from joined
