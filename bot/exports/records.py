"""An entry as JSON for machines: ISO times, codes, answers and tags as lists."""

from typing import Any

from bot.dates import BANGKOK
from bot.exports.answers import category, exact, told
from bot.store.exporting import Filed


def record(filed: Filed, unmasked: bool) -> dict[str, Any]:
    """One entry, masked as the tables are."""
    entry = filed.entry
    plain = ("number", "kind", "project", "survey", "version", "status", "partial", "language")
    return {
        **{name: getattr(entry, name) for name in plain},
        "filed_at": entry.filed_at.astimezone(BANGKOK).isoformat(timespec="seconds"),
        "text": entry.text if unmasked else entry.masked,
        "sentiment": {"label": entry.sentiment, "score": round(entry.sentiment_score, 3)},
        "urgency": entry.urgency,
        "province": entry.province,
        "tags": [_tag(each) for each in filed.tags],
        "answers": [_answer(each, unmasked) for each in filed.answers.values()],
        "model": entry.model,
    }


def _tag(row: Any) -> dict[str, Any]:
    score = round(row.score, 3)
    return {"kind": row.kind, "tag": row.tag, "direction": row.direction, "score": score, "by": row.by}


def _answer(row: Any, unmasked: bool) -> dict[str, Any]:
    return {
        "question": row.question,
        "kind": row.kind,
        "status": row.status,
        "category": category(row, unmasked),
        "value": exact(row, unmasked),
        "words": told(row, unmasked),
    }
