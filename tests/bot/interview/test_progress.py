"""What is kept between steps, and what is forgotten."""

import pytest

from bot.interview.progress import Answer, Heard, Progress, Status


def test_comes_back_from_plain_data() -> None:
    progress = Progress(
        "b",
        {
            "a": Answer("a", "select_multiple", "x y", ["x", "y"], "1, 2", "m1 m2"),
            "n": Answer("n", "note", status="shown"),
        },
        {"b": (Heard("แล้วแต่", "m3"),)},
        tries=1,
        confirming="stop",
    )
    assert Progress.from_data(progress.to_data()) == progress


def test_data_of_a_later_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 9"):
        Progress.from_data({**Progress().to_data(), "version": 9})


@pytest.mark.parametrize(
    ("answer", "heard", "whole"),
    [
        (None, (), None),
        (None, (Heard("อืม", "m1"),), Answer("q", "", words="อืม", source="m1", status=Status.OWN_WORDS)),
        (
            Answer("q", "yes_no", "yes", True, "ใช่"),
            (Heard("อืม", "m1"), Heard("ไม่รู้สิ", "m2")),
            Answer("q", "yes_no", "yes", True, "ใช่\nอืม\nไม่รู้สิ", "m1 m2"),
        ),
        (
            Answer("q", "text", value="มืด", words="มืด", source="m1"),
            (Heard("และมีหลุม", "m2"),),
            Answer("q", "text", value="มืด\nและมีหลุม", words="มืด\nและมีหลุม", source="m1 m2"),
        ),
    ],
)
def test_files_all_words_with_the_answer(answer: Answer | None, heard: tuple[Heard, ...], whole: Answer | None) -> None:
    progress = Progress("q", {"q": answer} if answer else {}, {"q": heard} if heard else {})
    assert progress.whole("q") == whole


@pytest.mark.parametrize(
    ("message", "answers", "heard"),
    [
        ("m1", {"b"}, {"a": ["m3"], "b": ["m4"]}),
        ("m2", {"b"}, {"a": ["m3"], "b": ["m4"]}),
        ("m3", {"a", "b"}, {"b": ["m4"]}),
        ("m4", {"a", "b"}, {"a": ["m3"]}),
        ("m", {"a", "b"}, {"a": ["m3"], "b": ["m4"]}),
        ("", {"a", "b"}, {"a": ["m3"], "b": ["m4"]}),
    ],
)
def test_forgets_what_came_in_one_message(message: str, answers: set[str], heard: dict[str, list[str]]) -> None:
    given = {"a": Answer("a", "text", source="m1 m2"), "b": Answer("b", "yes_no", "yes", True)}
    left = Progress("c", given, {"a": (Heard("x", "m3"),), "b": (Heard("y", "m4"),)}).forget(message)
    assert set(left.answers) == answers
    assert {name: [each.source for each in kept] for name, kept in left.heard.items()} == heard
