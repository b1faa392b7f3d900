"""A Thai telephone number as typed, as its digits ("0812345678"), or None.

Forms by the national numbering plan (NBTC): mobiles 06, 08, 09 and eight digits; Bangkok 02 and seven; regions 03,
04, 05, 07 and seven. With +66 the leading zero falls away. Hotlines (1669), national ids and two different numbers
are None.
"""

import re
from functools import cache

from nlp.number_words import tokens
from nlp.typed import alternation, fold, table, without_pictures

_LONGEST_ANSWER = 200
_LETTER_ZERO = re.compile(r"(?<![a-z])o(?=[\d\s.-]*\d)|(?<=\d)o(?![a-z])")
_RUN = re.compile(r"\+?\d(?:[ .()/_-]{0,3}\d){3,24}")
_EXTENSION = re.compile(r"\s*(?:ต่อ|ext\.?|#)\s*\d{1,5}\b")
_TIME = re.compile(r"(?<![\d.:-])\d{1,2}(?:[.:]\d{2})?\s*(?:น\.|นาฬิกา|โมง|ทุ่ม)|(?<![\d.:-])\d{1,2}[.:]\d{2}(?![\d.-])")
_THAI = re.compile(r"0[689]\d{8}|02\d{7}|0[3457]\d{7}")
_DENIED = re.compile(r"ไม่|เก่า|เดิม|ผิด|เลิกใช้|ห้าม|อย่า|\bnot\b|\bold\b|ทศนิยม|บัตร|บาท")
_ABROAD = re.compile(r"^(?:\+66|0066|66)(?:0)?(?=[2-9]\d{7,8}$)")


def read_phone(text: str) -> str | None:
    """The one Thai telephone number in the text, digits only; None to ask again."""
    folded = fold(text)
    if not folded or len(folded) > _LONGEST_ANSWER or _DENIED.search(folded):
        return None
    answer = _TIME.sub(" ", without_pictures(folded))
    answer = _EXTENSION.sub("", _LETTER_ZERO.sub("0", answer))
    answer = _spelled_out(answer) or answer
    runs = [re.sub(r"[^\d+]", "", run) for run in _RUN.findall(answer)]
    stray = re.sub(r"\D", "", _RUN.sub("", answer))
    numbers = {_national(run) for run in runs}
    return numbers.pop() if len(numbers) == 1 and len(stray) <= 3 else None


def _national(digits: str) -> str | None:
    local = _ABROAD.sub("0", digits)
    return local if _THAI.fullmatch(local) else None


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"[\s:.,-]+|{alternation(tuple(table('phones')['labels']))}")


def _spelled_out(answer: str) -> str | None:
    """Digits spoken one by one (ศูนย์แปดหนึ่ง …, zero eight one …), as digits; None when other words are among them."""
    english = table("numbers")["english"]
    words = answer.split()
    if words and all(word in english and english[word] < 10 for word in words):
        return "".join(str(int(english[word])) for word in words)
    heard = tokens(_labels().sub(" ", answer).replace("โท", "สอง").strip())
    if (
        not heard
        or not any(kind == "digit" for kind, _ in heard)
        or any(kind not in ("digit", "numeral") for kind, _ in heard)
    ):
        return None
    return _digits_as_typed(answer)


def _digits_as_typed(answer: str) -> str:
    digits = table("numbers")["digit"]
    text = answer.replace("โท", "สอง")
    for word in sorted(digits, key=len, reverse=True):
        text = text.replace(fold(word), str(digits[word]))
    return re.sub(r"\D", "", text)
