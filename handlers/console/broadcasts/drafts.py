"""A broadcast as its form has it: read into a draft, and back into the form's fields."""

from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from bot.broadcasts.writing import Draft
from bot.dates import BANGKOK
from bot.store.base import Texts
from bot.store.broadcasts import Broadcast, BroadcastKind, Repeat
from bot.store.surveys import Survey
from bot.wording import LANGUAGES
from handlers.console.broadcasts.rules import rule_of

ARMS, FIELDS = ("a", "b"), ("title", "text")
# How a browser writes a moment of <input type="datetime-local">.
LOCAL = "%Y-%m-%dT%H:%M"
HALVES = 50


def draft_of(form: MultiDict[str, str], surveys: tuple[Survey, ...]) -> Draft:
    """What a form says. An invitation belongs to its survey's project, whatever was chosen besides."""
    kind = BroadcastKind.MESSAGE if form.get("kind") == BroadcastKind.MESSAGE else BroadcastKind.SURVEY
    survey = next((each for each in surveys if each.slug == form.get("survey")), None) if kind == "survey" else None
    at_once = form.get("when") != "later"
    repeat = form.get("repeat", Repeat.NEVER)
    return Draft(
        project=survey.project.slug if survey else form.get("project_slug", ""),
        name=form.get("name", ""),
        kind=kind,
        survey=survey.slug if survey else "",
        rule=rule_of(form),
        wordings=tuple(_wording(form, arm) for arm in (ARMS if form.get("compare") else ARMS[:1])),
        share=form.get("share", HALVES, type=int),
        link=form.get("link", ""),
        send_at=None if at_once else _moment(form.get("send_at", "")),
        repeat=repeat,
        repeat_until=None if repeat == Repeat.NEVER else _moment(form.get("repeat_until", "")),
        override=form.get("override", "") if form.get("overriding") else "",
    )


def _wording(form: MultiDict[str, str], arm: str) -> dict[str, Texts]:
    return {
        name: {each: text for each in LANGUAGES if (text := form.get(f"{arm}-{name}-{each}", "").strip())}
        for name in FIELDS
    }


def _moment(text: str) -> datetime | None:
    """A moment in Bangkok. What is none is left out, and missed by the check of the draft."""
    for pattern, later in ((LOCAL, timedelta()), ("%Y-%m-%d", timedelta(days=1))):
        try:
            return (datetime.strptime(text, pattern).replace(tzinfo=BANGKOK) + later).astimezone(UTC)
        except ValueError:
            continue
    return None


def written(broadcast: Broadcast) -> Draft:
    """A broadcast that is kept, as a draft."""
    return Draft(
        project=broadcast.project.slug,
        name=broadcast.name,
        kind=broadcast.kind,
        survey=broadcast.survey.slug if broadcast.survey else "",
        rule=broadcast.rule,
        wordings=tuple(broadcast.wordings),
        share=broadcast.share,
        link=broadcast.link,
        send_at=broadcast.send_at,
        repeat=broadcast.repeat,
        repeat_until=broadcast.repeat_until,
        override=broadcast.override,
    )


def local(moment: datetime | None) -> str:
    """A moment for <input type="datetime-local">, in Bangkok."""
    return moment.astimezone(BANGKOK).strftime(LOCAL) if moment else ""


def texts(draft: Draft) -> dict[str, dict[str, Any]]:
    """{"a": {"title": texts, "text": texts}, "b": …} of a draft, an empty wording where there is none."""
    found = dict(zip(ARMS, draft.wordings, strict=False))
    return {arm: {name: found.get(arm, {}).get(name, {}) for name in FIELDS} for arm in ARMS}
