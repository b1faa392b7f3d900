"""What an author should weigh in the wording of questions. These are warnings: they keep nothing from being asked."""

from collections.abc import Mapping

from bot.errors import Problem, Severity
from bot.interview.checking.texts import Problems, graphemes

LONG = 120  # grapheme clusters: some four lines on a phone


def unwise(data: object) -> Problems:
    """Warnings for each question's label in each language, in the order of the data."""
    questions = data.get("questions") if isinstance(data, Mapping) else None
    for place, question in enumerate(questions if isinstance(questions, list) else []):
        label = question.get("label") if isinstance(question, Mapping) and question.get("kind") != "note" else None
        for language, text in label.items() if isinstance(label, Mapping) else ():
            if isinstance(text, str):
                yield from _worded(text, f"questions[{place}].label.{language}")


def _worded(text: str, where: str) -> Problems:
    if (length := graphemes(text)) > LONG:
        facts = {"length": length, "longest": LONG}
        yield Problem(where, "question_long", facts, Severity.WARNING)
