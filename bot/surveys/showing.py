"""A question as citizens would see it: the messages that the bot sends, in LINE's JSON. Any draft will do."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from bot.interview import engine
from bot.interview.building import build, build_question
from bot.interview.effects import Say
from bot.interview.progress import Answer, Progress, Status
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.interview.setting import Setting
from bot.line.outbound import compose
from bot.messages import Message
from bot.wording import LANGUAGES, pick

Shown = dict[str, list[dict[str, Any]]]
"""Messages in LINE's JSON, by language."""


def show(data: Mapping[str, Any], at: int | None, today: date) -> Shown:
    """What is sent for the question at this place (None: for the opening), in every language of the draft.

    No messages where the question cannot be asked at all yet.
    """
    draft = _whole(data)
    return {language: compose(_messages(draft, at, Setting(language, today))) for language in draft.languages}


def _messages(draft: Questionnaire, at: int | None, setting: Setting) -> list[Message]:
    if at is None:
        opening = (pick(draft.title, setting.language), pick(draft.intro, setting.language))
        return [Message(text) for text in opening if text]
    if at >= len(draft.questions):
        outro = pick(draft.outro, setting.language)
        return [Message(outro)] if outro else []
    if draft.questions[at].kind is Kind.NOTE:
        note = pick(draft.questions[at].label, setting.language)
        return [Message(note)] if note else []
    asked = replace(draft.questions[at], show_if=None)
    draft = replace(draft, questions=(*draft.questions[:at], asked, *draft.questions[at + 1 :]))
    earlier = {each.name: Answer(each.name, each.kind, status=Status.SKIPPED) for each in draft.questions[:at]}
    step = engine.resume(draft, Progress(None, earlier), setting)
    return [effect.message for effect in step.effects if isinstance(effect, Say)]


def _whole(data: Mapping[str, Any]) -> Questionnaire:
    """The draft as far as it can be asked; a question that cannot stands there as a note without words."""
    listed, questions = data.get("languages"), data.get("questions")
    languages = [each for each in LANGUAGES if isinstance(listed, list) and each in listed] or ["th"]
    made = [_question(each, at) for at, each in enumerate(questions if isinstance(questions, list) else [])]
    texts = {name: _texts(data.get(name)) for name in ("title", "purpose", "intro", "outro")}
    bare = {"slug": "draft", "project": "draft", **texts, "languages": languages, "questions": []}
    return replace(build(bare), questions=tuple(made))


def _question(data: Any, at: int) -> Question:
    """One question, under a name of its own. Its condition is left out: the preview asks it whatever was answered."""
    told = {name: value for name, value in data.items() if name != "show_if"} if isinstance(data, Mapping) else {}
    name = f"q{at}"
    for fitting in (told, {each: told.get(each) for each in ("kind", "label", "hint", "choices") if each in told}):
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            return build_question(_mended({**fitting, "name": name}), {})
    return Question(name, Kind.NOTE, {}, required=False)


def _mended(question: dict[str, Any]) -> dict[str, Any]:
    """The question with nothing but texts where texts belong. Raises KeyError where it has no kind."""
    mended = {**question, "kind": Kind(question["kind"])}
    for name in ("label", "hint", "purpose"):
        if name in mended:
            mended[name] = _texts(mended[name])
    if "choices" in mended:
        mended["choices"] = [
            {**each, "name": str(each.get("name", at)), "label": _texts(each.get("label"))}
            for at, each in enumerate(mended["choices"])
        ]
    return mended | {"label": mended.get("label", {})}


def _texts(data: Any) -> dict[str, str]:
    texts = data.items() if isinstance(data, Mapping) else ()
    return {language: text for language, text in texts if isinstance(text, str)}
