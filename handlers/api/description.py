"""The API described as OpenAPI 3.1: the one place that says what may be asked and what is answered."""

from typing import Any

from flask import Response, jsonify

from bot.keys import CALLS_A_MINUTE
from bot.store.entries import EntryKind
from bot.store.projects import ProjectStatus, StepName
from bot.store.seeking import KINDS, SENTIMENTS, STATUSES, STEPS, URGENCIES, YES_NO
from bot.store.surveys import SurveyState

LABEL = r"^(topic|quality|place):[^\u0000-\u001f\s]+$"
ANSWER = r"^[a-z][a-z0-9-]{1,30}:[a-z][a-z0-9_]{1,30}:[a-z0-9]{1,30}$"
# Text that may be sought: something that is seen, and no control characters.
SEEN = r"^[^\u0000-\u001f\s]+$"


def _text(**more: Any) -> dict[str, Any]:
    return {"type": "string", **more}


def _nullable(**more: Any) -> dict[str, Any]:
    return {"type": ["string", "null"], **more}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _one_of(values: Any) -> dict[str, Any]:
    return _text(enum=[str(each) for each in values])


TEXTS = {"type": "object", "additionalProperties": _text(), "description": "By language: th, en…"}
TAG = _object(
    {
        "kind": _text(), "tag": _text(), "direction": {"type": ["integer", "null"]}, "score": {"type": "number"},
        "by": _text(),
    }
)  # fmt: skip
ANSWERED = _object(
    {
        "question": _text(), "kind": _text(), "status": _text(), "category": _text(), "value": {}, "words": _text(),
    }
)  # fmt: skip
ENTRY = _object(
    {
        "number": _text(description="The reference number the citizen was given."),
        "kind": _one_of(EntryKind), "project": _nullable(), "survey": _nullable(),
        "version": {"type": ["integer", "null"]}, "status": _one_of(STATUSES), "partial": {"type": "boolean"},
        "language": _text(), "filed_at": _text(format="date-time"),
        "text": _text(description="Personal data is masked, always."),
        "sentiment": _object({"label": _one_of(SENTIMENTS), "score": {"type": "number"}}),
        "urgency": _one_of(URGENCIES), "province": _nullable(), "tags": _list(TAG), "answers": _list(ANSWERED),
        "model": _text(),
    }
)  # fmt: skip
PROJECT = _object(
    {
        "slug": _text(), "step": _one_of(StepName), "status": _one_of(ProjectStatus),
        "fiscal_year": {"type": "integer", "description": "Buddhist Era"}, "title": TEXTS, "short": TEXTS,
        "agency": TEXTS,
    }
)  # fmt: skip
SURVEY = _object(
    {
        "slug": _text(), "project": _text(), "state": _one_of(SurveyState), "version": {"type": ["integer", "null"]},
        "questionnaire": {"type": ["object", "null"]},
    }
)  # fmt: skip
TOPIC = _object({"code": _text(), "group": _text(), "name": TEXTS, "about": _text()})
PROBLEM = _object({"type": _text(), "title": _text(), "status": {"type": "integer"}, "detail": _text()})
_DAY = _text(format="date", pattern=r"^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$")
FILTERS = {
    "project": (_text(minLength=1, maxLength=64, pattern=SEEN), "A project's slug; 404 if it is not the key's."),
    "survey": (_text(minLength=1, maxLength=64, pattern=SEEN), "A survey's slug; 404 if it is not the key's."),
    "step": (_one_of(STEPS), "The step of the project."),
    "tag": (_text(minLength=7, maxLength=160, pattern=LABEL), "All of these: topic:service.cost, quality:fast-1."),
    "anytag": (_text(minLength=7, maxLength=160, pattern=LABEL), "Any of these."),
    "nottag": (_text(minLength=7, maxLength=160, pattern=LABEL), "None of these."),
    "answer": (_text(maxLength=160, pattern=ANSWER), "survey:question:answer"),
    "sentiment": (_one_of(SENTIMENTS), ""),
    "urgency": (_one_of(URGENCIES), ""),
    "province": (_text(minLength=1, maxLength=64, pattern=SEEN), "The province's Thai name."),
    "language": (_text(minLength=2, maxLength=8, pattern=SEEN), "th, en, my, km or lo."),
    "status": (_one_of(STATUSES), ""),
    "kind": (_one_of(KINDS), ""),
}
SINGLE = {
    "partial": (_one_of(YES_NO), "Whether not all was answered."),
    "since": (_DAY, "Filed on this day or later, in Bangkok."),
    "until": (_DAY, "Filed on this day or earlier, in Bangkok."),
    "q": (_text(minLength=1, maxLength=200, pattern=SEEN), "Words to find."),
    "limit": ({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "How many."),
    "order": (_text(enum=["newest", "oldest"], default="newest"), "By the time of filing."),
    "cursor": (_text(pattern=r"^0\.[0-9]{1,15}\.[0-9]{1,15}$"), "What an answer gave as next or last."),
}
PAGE = _object({"entries": _list(ENTRY), "next": _nullable(), "last": _nullable()})
WHAT_FOR = f"""\
Reads the masked entries of a key's projects. At most {CALLS_A_MINUTE} calls a minute. To follow new entries ask with
order=oldest, and go on from `last`; entries are told ten seconds after they were filed."""


def described() -> Response:
    """The description, for programs; no key is needed to read it."""
    return jsonify(DESCRIPTION)


def _parameters() -> list[dict[str, Any]]:
    several = [
        {"name": name, "in": "query", "description": told, "schema": {"type": "array", "items": kind, "maxItems": 5}}
        for name, (kind, told) in FILTERS.items()
    ]
    single = [
        {"name": name, "in": "query", "description": told, "schema": kind} for name, (kind, told) in SINGLE.items()
    ]
    return several + single


def _get(summary: str, schema: dict[str, Any], parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    wrong = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    told = {"400": "A parameter cannot be that", "401": "No valid key", "404": "Not there, or not the key's"}
    told |= {"405": "Only read", "429": "Too many calls"}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters or [],
            "responses": {
                "200": {"description": "Read", "content": {"application/json": {"schema": schema}}},
                "304": {"description": "Unchanged since the ETag that was sent"},
                **{status: {"description": what, **wrong} for status, what in told.items()},
            },
        }
    }


_NUMBER = {"name": "number", "in": "path", "required": True, "schema": _text(minLength=1, pattern=r"^[0-9A-Z-]{1,16}$")}
DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Khaojai", "version": "1", "description": WHAT_FOR},
    "servers": [{"url": "/api/v1"}],
    "security": [{"key": []}],
    "paths": {
        "/entries": _get("Entries, a page at a time", PAGE, _parameters()),
        "/entries/{number}": _get("One entry", ENTRY, [_NUMBER]),
        "/projects": _get("The key's projects", _object({"projects": _list(PROJECT)})),
        "/surveys": _get("Their surveys", _object({"surveys": _list(SURVEY)})),
        "/topics": _get("The topics entries are tagged with", _object({"topics": _list(TOPIC)})),
    },
    "components": {
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        "schemas": {"Problem": PROBLEM},
    },
}
