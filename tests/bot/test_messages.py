"""The data of options: packed, unpacked, marked."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Card, Message, Option, OptionKind, Row, mark, pack, unpack

NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1).filter(lambda name: name not in ("do", "verb"))


@given(st.text(min_size=1), st.dictionaries(NAMES, st.text()))
def test_unpacks_what_was_packed(verb: str, facts: dict[str, str]) -> None:
    assert unpack(pack(verb, **facts)) == (verb, facts)
    assert pack(verb, **facts) == urlencode({"do": verb, **facts})


def test_data_of_others_means_nothing() -> None:
    assert unpack("richmenu-changed=1") == ("", {"richmenu-changed": "1"})
    assert unpack("") == ("", {})


def test_marks_every_option_that_comes_back() -> None:
    tap, day = Option("ใช่", pack("answer", q="a", v="yes")), Option("วัน", pack("answer", q="a"), OptionKind.DATE)
    call, photo = Option("โทร", "tel:1669", OptionKind.LINK), Option("ถ่าย", kind=OptionKind.CAMERA)
    marked = mark(Message("x", (tap, call, photo), Card("y", (Row("z", option=day), Row("w")), (tap,))), i="7")
    assert [unpack(each.data)[1].get("i") for each in marked.options] == ["7", None, None]
    assert marked.options[1:] == (call, photo)
    assert marked.card is not None
    assert marked.card.rows[0].option is not None
    assert unpack(marked.card.rows[0].option.data) == ("answer", {"q": "a", "i": "7"})
    assert unpack(marked.card.options[0].data) == ("answer", {"q": "a", "v": "yes", "i": "7"})
