"""Numbers and names that point to one person, found by their shape and by the words before them.

Every finder takes the text with digits and signs made plain (see `plain`), of the same length as the text as typed,
and yields (kind, start, end) of the identifier itself: neither its label ("โทร.", "ไลน์") nor the blanks around it.
Every repeat is bounded: no text makes a finder slow.
"""

import re
from collections.abc import Iterator

Found = tuple[str, int, int]

# Thai, Lao, Khmer, Burmese, Devanagari and wide digits.
_DIGITS = {chr(ord(zero) + n): str(n) for zero in "๐໐០၀०０" for n in range(10)}
_DASHES = dict.fromkeys("‐‑‒–—―−－", "-")
_BLANKS = dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\t", " ")
_INVISIBLE = dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "\u200b")
_WIDE = {"＠": "@", "．": ".", "（": "(", "）": ")", "：": ":", "＋": "+"}
_PLAIN = str.maketrans({**_DIGITS, **_DASHES, **_BLANKS, **_INVISIBLE, **_WIDE})
_LETTER_FOR_DIGIT = re.compile(
    r"(?<=[0-9])[oO](?=[0-9oO \-]|$)"
    r"|(?<![A-Za-z0-9])[oO](?=[2-9][0-9oOlI \-])|(?<=[0-9])[lI](?=[0-9\-])"
)

_S = r"[ .\-\u200b]{0,3}"  # what people put between the digits of one number
_NO_DIGIT_BEFORE = r"(?<![0-9A-Za-z+])(?<![0-9][.,\-/])"
_PHONE_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9][.,\-])"
_NO_DIGIT_AFTER = r"(?![0-9])(?![.,\-/][0-9])"

_ID = re.compile(rf"{_NO_DIGIT_BEFORE}[0-8](?:{_S}[0-9]){{12}}{_NO_DIGIT_AFTER}")
_ID_SHAPE = re.compile(
    rf"{_NO_DIGIT_BEFORE}[1-8][ \-][0-9]{{4}}[ \-][0-9]{{5}}[ \-][0-9]{{2}}[ \-][0-9]{_NO_DIGIT_AFTER}"
)
_ID_WORDS = re.compile(r"บัตร|ปชช|ประชาชน|ประจำตัว|13 ?หลัก|citizen|\bid\b|national|ชมพู|ต่างด้าว", re.I)
_CODE_WORDS = re.compile(
    r"คำร้อง|คำขอ|พัสดุ|บาร์โค้ด|อ้างอิง|รหัส|tracking|barcode|ticket|\bref|order|ออเดอร์|ใบเสร็จ|ใบสั่ง|เอกสาร|เลขที่รับเรื่อง"
    r"|เลขรับเรื่อง|เรื่องที่|สลิป|invoice|ครุภัณฑ์|มิเตอร์|เสาไฟ|สัญญา|serial|s/n|imei|ภาษี|นิติบุคคล|เคส|case",
    re.I,
)

_MOBILE = re.compile(
    rf"{_PHONE_BEFORE}(?:\(?(?:\+|00)?66\)?{_S}(?:\(?0\)?{_S})?|\(?0){_S}[689](?:\)?{_S}[0-9]){{8}}(?![0-9])(?!-[0-9]{{3}})"
)
_LANDLINE = re.compile(rf"{_PHONE_BEFORE}(?:\(?(?:\+|00)?66\)?{_S}|\(?0){_S}[2-57](?:\)?{_S}[0-9]){{7}}(?![0-9])")
_ABROAD = re.compile(rf"(?<![0-9A-Za-z+])\+(?!66)[1-9][0-9]{{0,2}}(?:{_S}[0-9]){{7,11}}(?![0-9])")
_EXTENSION = re.compile(r"\s{0,2}(?:ต่อ|ext\.?|#|กด)\s{0,2}[0-9]{1,5}(?![0-9])|-[0-9]{1,2}(?![0-9])", re.I)
_LOOSE_PHONE = re.compile(
    r"(?:โทร(?:ศัพท์|\.|หา)?|เบอร์(?:โทร(?:ศัพท์)?|มือถือ|ติดต่อ)?|มือถือ|tel\.?|phone|call)"
    r"[ :.=]{0,4}(?:คือ|นี้|ที่)?[ :]{0,2}"
    rf"(?P<number>[0689](?:{_S}[0-9]){{8,9}})(?![0-9])",
    re.I,
)
_SPOKEN = re.compile(r"(?:(?:ศูนย์|หนึ่ง|เอ็ด|สอง|โท|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)[ \-]{0,2}){9,10}")

_ACCOUNT = re.compile(rf"{_NO_DIGIT_BEFORE}[0-9](?:[ \-\u200b]{{0,2}}[0-9]){{9,14}}{_NO_DIGIT_AFTER}")
_ACCOUNT_SHAPE = re.compile(rf"{_NO_DIGIT_BEFORE}[0-9]{{3}}[ \-][0-9][ \-][0-9]{{5}}[ \-][0-9]{_NO_DIGIT_AFTER}")
_ACCOUNT_WORDS = re.compile(
    r"บัญชี|บช\.?|ธนาคาร|ธ\.|กสิกร|ไทยพาณิชย์|กรุงไทย|กรุงศรี|กรุงเทพ|ออมสิน|ธกส|ก\.ส\.|ทหารไทย|ธนชาต|ยูโอบี|อาคารสงเคราะห์|ธอส"
    r"|\bttb|\btmb|scb|kbank|k-?bank|\bktb|\bbbl|\bbay\b|\bgsb|account|\bacc\b|a/c|โอน",
    re.I,
)
_PHONE_WORDS = re.compile(r"โทร|เบอร์|มือถือ|ติดต่อ|tel\b|phone|พร้อมเพย์|promptpay|call|line|ไลน์", re.I)

_PASSPORT = re.compile(
    r"(?:พาสปอร์ต|พาสปอร์ท|หนังสือเดินทาง|passport|เล่มพาส|\bpp\b)[^0-9A-Za-z\n\]]{0,20}(?:(?:no|number|id)\b[^0-9A-Za-z\n]{0,4})?"
    r"(?P<number>[A-Z]{0,2} ?[0-9]{6,9})(?![0-9A-Za-z])",
    re.I,
)

_PLATE = re.compile(
    r"(?<![ก-๎0-9.])(?P<strong>[1-9])?[ก-ฮ]{1,3}[ \-]{0,2}[0-9]{1,4}(?![0-9])(?!\.[0-9])(?![ก-ฮ]{1,3}[ \-]?[0-9])"
)
_PLATE_IN_WORDS = re.compile(
    r"(?:ทะเบียน(?:รถ)?|ป้ายทะเบียน|ป้าย(?:แดง|ดำ|เหลือง|ขาว)?|plate)[ :]{0,3}(?:คือ|เลข|หมายเลข|no\.?)?[ :]{0,2}"
    r"(?P<number>[0-9]?[ก-ฮ]{1,3}[ \-]{0,2}[0-9]{1,4}|[0-9]{2}-[0-9]{4})(?![0-9])"
)
_PLATE_WORDS = re.compile(r"ทะเบียน|ป้าย|รถ|คัน|กระบะ|เก๋ง|แท็กซี่|มอไซค์|มอเตอร์ไซ|วิน|มินิบัส|plate", re.I)
_LORRY_PLATE = re.compile(
    r"(?:รถ(?:ทัวร์|เมล์|ตู้|บัส|บรรทุก|พ่วง|สองแถว|บขส\.?)?|สองแถว|สิบล้อ|บรรทุก|คัน(?:นี้|หมายเลข)?)[ :]{0,2}"
    r"(?P<number>[1-9][0-9]-[0-9]{4})(?![0-9\-])"
)
# Abbreviations and units of measure that stand before numbers.
_NOT_PLATES = re.compile(
    "กม|มค|กพ|พค|กค|สค|กย|ตค|พย|ธค|พศ|คศ|รร|รพ|สน|สภ|ปณ|อบต|อบจ|ทบ|ตร|มม|ซม|มก|กก|ตรม|สส|สว|กทม|นร|คน|ชม|วน|รถ|กว|ครม|พรบ"
)

_COORDINATES = re.compile(
    r"(?<![0-9.])[-+]?[0-9]{1,2}\.[0-9]{3,15}(?: ?°? ?[NSns])?"
    r"(?: ?[,/;] ?| {1,2}|,? ?(?:lng|long|lon|longitude|ลองจิจูด)[ :=]{0,3})"
    r"[-+]?[0-9]{2,3}\.[0-9]{3,15}(?: ?°? ?[EWew]\b)?(?![0-9])",
    re.I,
)
_DEGREES = re.compile(
    r"[0-9]{1,2}°[ ]?[0-9]{1,2}(?:\.[0-9]{1,5})?['′’](?:[ ]?[0-9]{1,2}(?:\.[0-9]{1,5})?[\"″”]?)? ?[NSns],? ?"
    r"[0-9]{1,3}°[ ]?[0-9]{1,2}(?:\.[0-9]{1,5})?['′’](?:[ ]?[0-9]{1,2}(?:\.[0-9]{1,5})?[\"″”]?)? ?[EWew]"
)


def plain(text: str) -> str:
    """Make every script's digits 0–9, every dash "-", and letters typed for digits digits; lengths stay."""
    simple = text.translate(_PLAIN)
    if "o" in simple or "O" in simple or "l" in simple or "I" in simple:
        simple = _LETTER_FOR_DIGIT.sub(lambda found: "1" if found[0] in "lI" else "0", simple)
    return simple


def has_check_digit(digits: str) -> bool:
    """Say whether 13 digits end in the check digit of a Thai national id (Department of Provincial Administration)."""
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(digits[:12]))
    return len(digits) == 13 and (11 - total % 11) % 10 == int(digits[12])


def coordinates(text: str) -> Iterator[Found]:
    """Find points on the map: a latitude and a longitude together."""
    for pattern in (_COORDINATES, _DEGREES):
        for found in pattern.finditer(text):
            yield "coordinates", found.start(), found.end()


def national_ids(text: str) -> Iterator[Found]:
    """Find national ids: 13 digits, by check digit, usual groups or a word before, or with nothing against them."""
    for found in _ID_SHAPE.finditer(text):
        yield "national_id", found.start(), found.end()
    for found in _ID.finditer(text):
        before = _before(text, found.start(), 40)
        digits = _digits(found[0])
        if len(set(digits)) == 1:  # 5555555555555 is laughter
            continue
        is_named = _ID_WORDS.search(before) is not None
        if digits[0] == "0" and not is_named:
            continue
        is_likely = has_check_digit(digits) or not _CODE_WORDS.search(before[-20:])
        if is_named or (is_likely and len(found[0]) - len(digits) <= 4):
            yield "national_id", found.start(), found.end()


def accounts(text: str) -> Iterator[Found]:
    """Find bank accounts: 10 digits in groups of 3-1-5-1, or 10 to 15 after words of banking."""
    for found in _ACCOUNT_SHAPE.finditer(text):
        yield "bank_account", found.start(), found.end()
    for found in _ACCOUNT.finditer(text):
        before = _before(text, found.start(), 45)
        is_named = _nearest(before, _ACCOUNT_WORDS) > _nearest(before, _PHONE_WORDS)
        is_account = len(_digits(found[0])) != 13 or "บัญชี" in before[-20:]
        if is_account and is_named and _nearest(before, _CODE_WORDS) < _nearest(before, _ACCOUNT_WORDS):
            yield "bank_account", found.start(), found.end()


def phones(text: str) -> Iterator[Found]:
    """Find telephone numbers of Thailand and, after a +, of elsewhere; not hotlines of three or four digits."""
    for pattern in (_ABROAD, _MOBILE, _LANDLINE):
        for found in pattern.finditer(text):
            if not _CODE_WORDS.search(_before(text, found.start(), 16)):
                extension = _EXTENSION.match(text, found.end())
                start = found.start() + (found[0][0] == "(" and ")" not in found[0])
                yield "phone", start, extension.end() if extension else found.end()
    for found in _LOOSE_PHONE.finditer(text):
        yield "phone", *found.span("number")


def spoken_phones(text: str) -> Iterator[Found]:
    """Find telephone numbers written out in words, digit by digit."""
    for found in _SPOKEN.finditer(text):
        if found[0].startswith("ศูนย์"):
            yield "phone", found.start(), found.start() + len(found[0].rstrip(" -"))


def passports(text: str) -> Iterator[Found]:
    """Find passport numbers: up to two letters and six to nine digits after a word for passport."""
    for found in _PASSPORT.finditer(text):
        yield "passport", *found.span("number")


def plates(text: str) -> Iterator[Found]:
    """Find number plates: "1กข 1234" by shape, "กข 1234" beside a vehicle or "ทะเบียน"; the province is no part."""
    for pattern in (_PLATE_IN_WORDS, _LORRY_PLATE):
        for found in pattern.finditer(text):
            yield "plate", *found.span("number")
    for found in _PLATE.finditer(text):
        letters = re.sub("[^ก-ฮ]", "", found[0])
        is_unit = _NOT_PLATES.fullmatch(letters) is not None
        has_shape = found["strong"] and len(letters) == 2 and not is_unit
        may_be = not is_unit or (found["strong"] and letters != "คน")
        is_named = may_be and _PLATE_WORDS.search(_before(text, found.start(), 30))
        is_close = (
            "-" in found[0] and found[0][-4:].isdecimal() and _PLATE_WORDS.search(_before(text, found.start(), 12))
        )
        if len(letters) > 1 and (has_shape or is_named or is_close):
            yield "plate", found.start(), found.end()


def _before(text: str, start: int, length: int) -> str:
    """Give the words before a number, from the end of the line before or of what was masked before it."""
    return text[max(0, start - length) : start].rpartition("\n")[2].rpartition("]")[2]


def _nearest(text: str, words: re.Pattern[str]) -> int:
    """Say where the last of some words begins in a text; -1 where there is none."""
    return max((found.start() for found in words.finditer(text)), default=-1)


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)
