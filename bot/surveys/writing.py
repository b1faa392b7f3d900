"""Writing drafts. Every save is a revision; what is imperfect is kept all the same, and refused only when published."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import timedelta
from typing import Any

from bot.errors import Refused
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.projects import Project
from bot.store.revisions import DraftRevision, Origin, SavedQuestion, revision_of
from bot.store.surveys import Survey, SurveyState, newest_version, survey_by_slug
from bot.wording import LANGUAGES

LARGEST = 400_000  # bytes of a draft as JSON: sixty questions in five languages are a fifth of it
DEEPEST = 12  # lists and mappings within each other
SITTING = timedelta(minutes=10)  # saves of one author within it are one revision
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60
# Words of the console's own addresses.
RESERVED = frozenset({"new", "bank"})


def begin(session: Session, project: Project, data: Mapping[str, Any], by: By, slug: str = "") -> Survey:
    """A new survey of this project with a copy of `data` as its draft. Raises Refused("survey.slug"…) for a bad name.

    Without a `slug` it is named after its project.
    """
    slug = _free(session, slug.strip() or _next(session, project.slug))
    draft = _own(data, slug, project.slug)
    survey = Survey(
        project_id=project.id, slug=slug, state=SurveyState.DRAFT, draft=draft, revision=1, created_at=by.at
    )
    _name(survey, draft)
    session.add(survey)
    session.flush()
    _keep(session, survey, Origin.BEGUN, by)
    note(session, by, "survey_begun", survey=slug, project=project.slug)
    return survey


def write(session: Session, survey: Survey, data: Mapping[str, Any], revision: int, by: By) -> None:
    """Save a draft that was made out of this revision. Raises Refused("survey.changed") where it is not the newest."""
    _write(session, survey, data, revision, (Origin.WRITTEN, by))


def take_in(session: Session, survey: Survey, data: Mapping[str, Any], revision: int, by: By) -> None:
    """The same for a draft that was read from a file: a revision of its own in the history."""
    _write(session, survey, data, revision, (Origin.IMPORTED, by))


def restore(session: Session, survey: Survey, number: int, revision: int, by: By) -> None:
    """Take up an earlier revision again, as a new one. Raises Refused: "not_found", or "survey.changed"."""
    earlier = revision_of(session, survey.id, number)
    if earlier is None:
        raise Refused("not_found")
    _write(session, survey, earlier.draft, revision, (Origin.RESTORED, by))


def _write(session: Session, survey: Survey, data: Mapping[str, Any], revision: int, what: tuple[Origin, By]) -> None:
    session.refresh(survey, with_for_update=True)
    if revision != survey.revision:
        raise Refused("survey.changed")
    origin, by = what
    draft = _own(data, survey.slug, survey.project.slug)
    if draft == survey.draft:
        return
    _keep_first(session, survey)
    before = revision_of(session, survey.id, survey.revision)
    survey.draft, survey.revision = draft, survey.revision + 1
    if newest_version(session, survey.id) is None:
        _name(survey, draft)
    if origin is Origin.WRITTEN and before is not None and _one_sitting(session, before, by):
        before.number, before.draft, before.at = survey.revision, draft, by.at
        session.flush()
        return
    _keep(session, survey, origin, by)
    note(session, by, f"survey_{origin}", survey=survey.slug, revision=survey.revision)


def keep_question(session: Session, project: Project, question: Mapping[str, Any], by: By) -> SavedQuestion:
    """Keep a question to be asked again, without its condition, which is about its own survey. Raises Refused."""
    plain = {name: value for name, value in bounded(question).items() if name != "show_if"}
    kept = SavedQuestion(project_id=project.id, question=plain, by=by.actor, at=by.at)
    session.add(kept)
    session.flush()
    note(session, by, "question_kept", project=project.slug, question=kept.id)
    return kept


def forget_question(session: Session, kept: SavedQuestion, by: By) -> None:
    """Keep it no longer. Surveys that ask it go on asking it."""
    note(session, by, "question_forgotten", question=kept.id)
    session.delete(kept)


def bounded(data: object) -> dict[str, Any]:
    """A draft of any shape within bounds. Raises Refused: "survey.no_mapping", ".too_deep" or ".too_large"."""
    if not isinstance(data, dict):
        raise Refused("survey.no_mapping")
    if _depth(data) > DEEPEST:
        raise Refused("survey.too_deep", most=DEEPEST)
    if len(json.dumps(data, ensure_ascii=False, default=str).encode()) > LARGEST:
        raise Refused("survey.too_large", most=f"{LARGEST:,}")
    return data


def _depth(data: object) -> int:
    """How deep lists and mappings lie within each other. It looks no deeper than one below the bound."""
    level, layer = 0, [data]
    while layer and level <= DEEPEST:
        inner = [each for each in layer if isinstance(each, dict | list)]
        layer = [item for each in inner for item in (each.values() if isinstance(each, dict) else each)]
        level += bool(inner)
    return level


def _own(data: Mapping[str, Any], slug: str, project: str) -> dict[str, Any]:
    """The data with this survey's name and project, whatever stood there: they are not the author's to write."""
    return {**deepcopy(bounded(dict(data))), "slug": slug, "project": project}


def _name(survey: Survey, draft: Mapping[str, Any]) -> None:
    """Call a survey that was never published as its draft does, as far as that can be read."""
    title, languages = draft.get("title"), draft.get("languages")
    texts = title.items() if isinstance(title, Mapping) else ()
    survey.title = {language: text for language, text in texts if isinstance(text, str)}
    survey.languages = [each for each in LANGUAGES if isinstance(languages, list) and each in languages]


def _keep_first(session: Session, survey: Survey) -> None:
    """Keep what stood before anybody wrote here: surveys that came with the samples have no revision yet."""
    if revision_of(session, survey.id, survey.revision) is None:
        _keep(session, survey, Origin.BEGUN, By("", survey.created_at))


def _keep(session: Session, survey: Survey, origin: Origin, by: By) -> None:
    row = DraftRevision(
        survey_id=survey.id, number=survey.revision, draft=survey.draft, origin=origin, by=by.actor,
        begun_at=by.at, at=by.at,
    )  # fmt: skip
    session.add(row)
    session.flush()


def _one_sitting(session: Session, before: DraftRevision, by: By) -> bool:
    """Whether a save goes on with this revision. One that was published stays as it is."""
    version = newest_version(session, before.survey_id)
    published = version is not None and version.revision == before.number
    same = before.origin == Origin.WRITTEN and before.by == by.actor
    return same and not published and by.at - before.begun_at < SITTING


def _next(session: Session, project: str) -> str:
    stem = project[: LONGEST_SLUG - 5].strip("-")
    return next(name for n in range(1, 10_000) if survey_by_slug(session, name := f"{stem}-{n}") is None)


def _free(session: Session, slug: str) -> str:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in RESERVED:
        raise Refused("survey.slug", most=LONGEST_SLUG)
    if survey_by_slug(session, slug) is not None:
        raise Refused("survey.slug_taken", slug=slug)
    return slug
