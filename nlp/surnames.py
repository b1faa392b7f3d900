"""Where a Thai surname ends: at the end of a known one, at the blank, or where verbs and particles begin."""

import re
from typing import NamedTuple

from nlp.namewords import (
    begins_a_name,
    ends_as_surnames,
    family_names,
    follower,
    is_word,
    listed,
    may_start_otherwise,
)

THAI = re.compile("[ก-ฮฤเ-ไ][ก-ฺเ-ๅ็-๎]{1,29}")
_LABEL = re.compile(r" {0,2}(?:นามสกุล|สกุล) ?[:=]? ?")
_BLANK = re.compile("[ \u200b]{1,3}")
_OF = re.compile(" ณ [ก-๎]{2,20}")
# A run that ends so is a surname even where it begins with a verb: กองจันทร์, แจ้งสว่าง.
_SURELY = re.compile("[ก-๎]{3,12}(?:กุล|วงศ์|วงษ์|พงษ์|พงศ์|พันธ์|พันธุ์|จันทร์|สว่าง|รัตน์|เกียรติ|กิจ|ศักดิ์|ทรัพย์|ชัย)")
_WEAK_ENDINGS = ("ดี", "ใจ", "เงิน", "เรียน", "น้อย", "ใหญ่", "งาม", "สุข", "เย็น", "ทอง")  # words on their own as well
_PARTICLES = ("มาก", "จัง", "ค่ะ", "ครับ", "คะ")
_MARKS = "ะาำิีึืฺุู็่้๊๋์ัๅ"
_LONGEST = 24
_LONGEST_UNKNOWN = 20
_SHORT = 2  # letters of a word that is often a part of names (หา, ดู, ไป)
_SHORT_RUN = 12
_REST = 4  # letters that are rather a word of their own than the end of a surname


class Text(NamedTuple):
    """A text with plain signs, and where each of its words begins and ends in it, as far as it was cut into words."""

    plain: str
    words: dict[int, int]
    analysed: int

    def ends_well(self, end: int) -> bool:
        """Say whether what ends here is not torn from a vowel or tone mark that follows."""
        return end >= len(self.plain) or self.plain[end] not in _MARKS

    def is_border(self, position: int) -> bool:
        """Say whether a word begins here, as far as that is known."""
        return position >= self.analysed or position in self.words or not "ก" <= self.plain[position] <= "๎"

    def follows(self, title: int) -> bool:
        """Say whether a title may begin here: where a word begins, or after ขอบคุณ, which is cut into ขอบ and คุณ…."""
        return self.is_border(title) or self.plain.endswith("ขอบคุณ", 0, title)

    def word_at(self, position: int) -> str:
        """Give the word that begins here, or ""."""
        return self.plain[position : self.words.get(position, position)]

    def goes_on(self, position: int) -> bool:
        """Say whether a word that follows names, and begins none, stands here."""
        word = follower(self.plain, position)
        if not word or self.is_border(position + len(word)):
            return bool(word)
        whole = self.plain[position : self.words.get(position, position + len(word))]
        return not ends_as_surnames(whole) or (is_word(whole) and not begins_a_name(whole))

    def begins_no_name(self, position: int) -> bool:
        """Say whether a word of the dictionary stands here with which no known name begins, and another after it."""
        word = self.word_at(position)
        next_word = self.word_at(position + len(word))
        if len(word) <= _SHORT or not is_word(word) or not is_word(next_word) or begins_a_name(word):
            return False
        run = THAI.match(self.plain, position)
        return run is None or not ends_as_surnames(run[0]) or run[0].endswith(_WEAK_ENDINGS)

    def closes_name(self, end: int) -> bool:
        """Say whether a blank, the end or a word that follows names stands here."""
        return (
            end >= len(self.plain)
            or not "ก" <= self.plain[end] <= "๎"
            or self.goes_on(end)
            or may_start_otherwise(self.plain, end)
        )

    def crosses_word(self, position: int) -> bool:
        """Say whether a word of the dictionary stands on both sides of a position."""
        if self.is_border(position):
            return False
        for start in range(position - 1, max(-1, position - _LONGEST), -1):
            if start in self.words:
                return self.words[start] - start > _REST and is_word(self.plain[start : self.words[start]])
        return False

    def cut(self, start: int, run_end: int) -> int:
        """Cut a run of letters where a word begins that does not belong to names."""
        for position in range(start + 3, run_end):
            if self.is_border(position) and self.goes_on(position) and len(follower(self.plain, position)) > _SHORT:
                return position
        return run_end


def surname_end(text: Text, given_end: int, is_formal: bool) -> int:
    """Say where the surname after a given name ends; 0 where none follows. `is_formal`: after นาย, a rank, "ผมชื่อ"."""
    royal = _OF.match(text.plain, given_end)
    if royal:
        return royal.end()
    label = _LABEL.match(text.plain, given_end)
    blank = label or _BLANK.match(text.plain, given_end)
    run = THAI.match(text.plain, blank.end()) if blank else None
    if not blank or not run:
        return 0
    end = _end(text, run, is_formal or label is not None)
    royal = _OF.match(text.plain, end) if end else None
    return royal.end() if royal else end


def _end(text: Text, run: re.Match[str], is_formal: bool) -> int:
    start, run_end = run.span()
    name = run[0]
    if name in listed("either") or (text.goes_on(start) and not (is_formal and _SURELY.fullmatch(name))):
        return 0
    is_formal = is_formal or (ends_as_surnames(name) and not name.endswith(_WEAK_ENDINGS))
    if name in family_names() and (is_formal or not is_word(name)):
        return run_end
    known = _known(text, start, run_end)
    if known and text.closes_name(known):
        return known if _may_be(text, start, known, is_formal) else 0
    if len(name) <= _SHORT_RUN and ends_as_surnames(name) and (is_formal or not is_word(name)):
        return run_end
    turn = _turn(text, start, run_end)
    if turn < run_end:
        return turn if _may_be(text, start, turn, is_formal) else 0
    if len(name) > _LONGEST_UNKNOWN:
        return known
    if is_formal and (ends_as_surnames(name) or not may_start_otherwise(text.plain, start)):
        return run_end
    if not is_word(name) and (ends_as_surnames(name) or not may_start_otherwise(text.plain, start)):
        return run_end
    return run_end if _goes_on_after(text, run_end, is_formal) else 0


def _may_be(text: Text, start: int, end: int, is_formal: bool) -> bool:
    """Say whether what stands before a turn of the letters may be a surname."""
    name = text.plain[start:end]
    if not 2 < len(name) <= _LONGEST_UNKNOWN or name in listed("either"):
        return False
    if is_word(name) and text.plain.startswith(_PARTICLES, end):
        return False
    if name in family_names() or ends_as_surnames(name):
        return is_formal or not is_word(name)
    return not may_start_otherwise(text.plain, start) and (is_formal or not is_word(name))


def _goes_on_after(text: Text, end: int, is_formal: bool) -> bool:
    """Say whether a verb stands after the blank, so that what stands before it is a name rather than the verb."""
    blank = _BLANK.match(text.plain, end)
    if not blank or (not is_formal and text.plain.startswith(_PARTICLES, blank.end())):
        return False
    return text.goes_on(blank.end())


def _turn(text: Text, start: int, run_end: int) -> int:
    """Say where a run of letters turns from a surname to what follows it."""
    for position in range(start + 3, run_end):
        if text.is_border(position):
            left = text.plain[start:position]
            is_whole = ends_as_surnames(left) or left in family_names() or (len(left) > _REST and is_word(left))
            if is_whole and text.closes_name(position) and text.ends_well(position):
                return position
    return text.cut(start, run_end)


def _known(text: Text, start: int, run_end: int) -> int:
    """Say where the longest known surname at `start` ends; 0 where there is none."""
    names = family_names()
    for end in range(min(run_end, start + _LONGEST), start + 2, -1):
        if text.plain[start:end] in names and text.ends_well(end):
            return end
    return 0
