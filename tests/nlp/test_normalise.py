import pytest

from nlp.normalise import LONGEST, normalise

MENDED = [
    ("ดีมากกกกก", "ดีมาก"),
    ("ช้าาาา", "ช้า"),
    ("นะะะะคะ", "นะคะ"),
    ("จริงๆๆๆ", "จริงๆ"),
    ("เเย่", "แย่"),
    ("นํ้า", "น้ำ"),
    ("น้ํา", "น้ำ"),
    ("ทํา", "ทำ"),
    ("ท่ี", "ที่"),
    ("ขึ้้น", "ขึ้น"),
    ("ถนน\u200bพัง", "ถนนพัง"),
    ("\ufeffถนน", "ถนน"),
    ("โทร ๐๘๑", "โทร 081"),
    ("a\u00a0b", "a b"),
    ("soooo", "so"),
    ("1" * 50, "1" * 20),
    ("!" * 50, "!" * 20),
]
LEFT = [
    "กรรมการ",
    "พรรค",
    "www.go.th",
    "5555",
    "ถนน ดี",
    "",
    "နေကောင်းလား",
    "ສະບາຍດີ",
    "hello",
    "10,000",
    "ราคา 3333333 บาท",
]


@pytest.mark.parametrize(("typed", "mended"), MENDED)
def test_mends_how_thai_is_typed(typed: str, mended: str) -> None:
    assert normalise(typed)[0] == mended


@pytest.mark.parametrize("text", LEFT)
def test_leaves_what_is_meant(text: str) -> None:
    clean, offsets = normalise(text)
    assert clean == text
    assert list(offsets) == list(range(len(text) + 1))


def test_offsets_lead_back_to_the_text_as_typed() -> None:
    typed = "\ufeffเเย่มากกกก ท่ี\u200bนี่"
    clean, offsets = normalise(typed)
    assert clean == "แย่มาก ที่นี่"
    assert [typed[offsets[i] : offsets[i + 1]] for i in (0, 5, 6)] == ["เเ", "กกกก", " "]
    assert offsets[-1] == len(typed)


def test_only_the_beginning_of_a_long_text_is_analysed() -> None:
    clean, offsets = normalise("ถนน " * LONGEST)
    assert len(clean) == LONGEST
    assert offsets[-1] == LONGEST
