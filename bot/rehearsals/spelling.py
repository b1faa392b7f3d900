"""Numbers as people of several languages write them, and slips of the finger in Thai words."""

import random

_ZEROS = {"th": "๐", "my": "၀", "km": "០", "lo": "໐"}
_DIGITS = "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split()  # noqa: SIM905 - words of a language read better so
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_TONES = "่้๊๋"
_SWAPPED = str.maketrans({"ร": "ล", "ใ": "ไ", "ณ": "น", "ศ": "ส", "ษ": "ส"})


def spelt(value: object, language: str, words: bool = False) -> str:
    """A number, or a text with numbers, in the language's own digits; in Thai words where that is wanted and can be."""
    if words and language == "th" and type(value) is int and 0 <= value < 1_000_000:
        return in_words(value)
    zero = _ZEROS.get(language, "0")
    return "".join(chr(ord(zero) + int(each)) if each.isascii() and each.isdigit() else each for each in str(value))


def in_words(number: int) -> str:
    """A whole number below a million in Thai words: 21 is ยี่สิบเอ็ด."""
    if number < 10:
        return _DIGITS[number]
    told = ""
    digits = str(number)
    for place, digit in zip(range(len(digits) - 1, -1, -1), map(int, digits), strict=True):
        if digit == 0:
            continue
        if place == 1:
            told += {1: "", 2: "ยี่"}.get(digit, _DIGITS[digit]) + "สิบ"
        elif place == 0 and digit == 1:
            told += "เอ็ด"
        else:
            told += _DIGITS[digit] + _PLACES[place]
    return told


def slipped(label: str, dice: random.Random) -> str:
    """The label as a hurried thumb types it: a tone mark lost, a letter for its twin, the last one held too long."""
    slips = [label + label[-1] * 2] if label and label[-1].isalpha() else []
    if any(each in _TONES for each in label):
        place = dice.choice([n for n, each in enumerate(label) if each in _TONES])
        slips.append(label[:place] + label[place + 1 :])
    if len(label) > 5 and (swapped := label.translate(_SWAPPED)) != label:
        slips.append(swapped)
    return dice.choice(slips) if slips else label
