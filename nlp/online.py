"""Where a person is found on the net: e-mail addresses, web addresses and LINE ids. See `identifiers` for the rules."""

import re
from collections.abc import Iterator

from nlp.identifiers import Found

_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-")
_LONGEST_LOCAL = 64
_DOMAIN = re.compile(
    r" ?(?:[A-Za-z0-9][A-Za-z0-9\-]{0,62}(?: ?\. ?[A-Za-z]{2,24}|\.[A-Za-z0-9\-]{1,63}){1,4}"
    r"|(?:gmail|hotmail|yahoo|outlook|icloud)\b)",
    re.I,
)
_SPELT_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._\-]{1,40} ?(?:\(at\)|\[at\]| at |แอท|แอด) ?[A-Za-z0-9\-]{2,40}"
    r" ?(?:\(dot\)|\[dot\]| dot |\.|ดอท) ?(?:com|net|org|co\.th|go\.th|ac\.th|คอม)",
    re.I,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'ก-๛\[\]]{2,400}"
    r"|(?<![A-Za-z0-9@._\-])(?:[A-Za-z0-9\-]{1,40}\.){1,4}"
    r"(?:com|net|org|th|me|info|io|ly|gl|app|page|shop|xyz|online|link|asia|mm|kh|la)"
    r"(?![A-Za-z0-9])(?!\.[A-Za-z0-9])(?:/[^\s<>\"'ก-๛\[\]]{0,300})?",
    re.I,
)
_ID = r"@?[a-z0-9][a-z0-9._\-]{2,19}"
_LINE_ID = re.compile(
    r"(?:(?:line|ไลน์|ไลน)[ \-_.]?(?:id|ไอดี)|(?:id|ไอดี)[ \-]?(?:line|ไลน์|ไลน))[ :=\-.]{0,4}"
    rf"(?:คือ|ชื่อ|ว่า|is)?[ :]{{0,2}}(?P<sure>{_ID})(?![a-z0-9@])"
    r"|(?:(?<![a-z])line|ไลน์|ไลน|ไอดี|(?<![a-z])id)(?: @(?= ))?(?: ?(?:ของ)?(?:ผม|หนู|ดิฉัน|ฉัน|เรา))?"
    rf"(?P<mark> ?(?:[:=]|คือ|ชื่อ))?[ ]{{0,2}}(?P<maybe>{_ID})(?![a-z0-9@])",
    re.I,
)
_NOT_IDS = re.compile(
    "official|today|pay|shopping|man|call|group|chat|notify|app|application|add|okay|bot|line|the|and|for|www|https?|com"
)


def emails(text: str) -> Iterator[Found]:
    """Find e-mail addresses, also with blanks around the @, without ".com", or spelt out (at, dot)."""
    at = text.find("@")
    while at >= 0:
        domain = _DOMAIN.match(text, at + 1)
        start = _local_start(text, at)
        if domain and start < at:
            yield "email", start, domain.end()
        at = text.find("@", at + 1)
    for found in _SPELT_EMAIL.finditer(text):
        yield "email", found.start(), found.end()


def _local_start(text: str, at: int) -> int:
    end = at - 1 if at and text[at - 1] == " " else at
    start = end
    while start and end - start < _LONGEST_LOCAL and text[start - 1] in _LOCAL:
        start -= 1
    while start < end and text[start] in ".-%+":
        start += 1
    return start if start < end else at


def urls(text: str) -> Iterator[Found]:
    """Find web addresses; a sign that ends the sentence is not part of one."""
    for found in _URL.finditer(text):
        yield "url", found.start(), found.start() + len(found[0].rstrip(".,;:!?)'\"…"))


def line_ids(text: str) -> Iterator[Found]:
    """Find LINE ids: what follows "LINE ID", or "ไลน์" where it cannot be an ordinary word."""
    for found in _LINE_ID.finditer(text):
        group = "sure" if found["sure"] else "maybe"
        name = found[group].rstrip(".")
        if _NOT_IDS.fullmatch(name.lower()):
            continue
        if group == "maybe" and name.isdigit():
            continue
        if group == "sure" or found["mark"] or re.search("[0-9@._]", name):
            yield "line_id", found.start(group), found.start(group) + len(name)
