"""The report of a project: everything an official takes into a meeting, as data for the page and for the sheets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.pictures import funnels, said, spoke, words
from bot.pictures.cells import cells
from bot.pictures.figures import Figure
from bot.pictures.instruments import instrument
from bot.pictures.looking import Look, by_sentiment
from bot.pictures.quotes import Quote, quotes
from bot.pictures.results import results
from bot.pictures.time import volume
from bot.store.base import Session
from bot.store.entries import EntryKind
from bot.store.interviews import InterviewStatus
from bot.store.people import contacts_by_language
from bot.store.projects import Project
from bot.store.sight import Sight
from bot.store.surveys import Survey, SurveyVersion
from bot.store.tallying import Facet
from bot.store.themes import Insight, insights_of
from bot.wording import pick, say

ENOUGH_FOR_SHARE = 20
"""Entries from which a share is worth a sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """A survey in the report: what was asked why and when, what came of it, and the results."""

    survey: Survey
    title: str
    purpose: str
    versions: Sequence[SurveyVersion]
    begun: int
    finished: int
    results: Sequence[Figure]
    left: Figure


@dataclass(frozen=True, slots=True)
class Report:
    """A project's report. `findings` are sentences; `figures` are the pictures of what was said, by slug."""

    project: Project
    look: Look
    step: tuple[str, str, str]
    entries: int
    findings: Sequence[str]
    figures: dict[str, Figure]
    surveys: Sequence[Told]
    quotes: Sequence[tuple[str, list[Quote]]]
    insights: Sequence[Insight]
    contacts: int
    words: int
    since: date | None
    until: date


def report(session: Session, sight: Sight, look: Look, project: Project) -> Report:
    """Make the report. `look` is of this project alone, `session` the one it was read with."""
    topics = said.topics(look, most=10)
    contacts = contacts_by_language(session)
    figures = {
        "volume": volume(look, "month"), "topics": topics, "qualities": said.qualities(look),
        "urgency": said.urgency(look), "languages": spoke.languages(look), "provinces": spoke.provinces(look),
        "reach": spoke.reach(look, contacts), "outcomes": funnels.outcomes(look, funnels.statuses_of(look)),
    }  # fmt: skip
    days = [date.fromisoformat(day) for day in look.of(Facet.DAY)]
    return Report(
        project=project,
        look=look,
        step=words.step(project.step, look.language),
        entries=look.entries(),
        findings=list(_findings(look, figures)),
        figures=figures,
        surveys=[each for each in (_told(session, look, survey) for survey in look.surveys) if each],
        quotes=quotes(session, sight, look, topics),
        insights=insights_of(session, [project.id]),
        contacts=sum(contacts.values()),
        words=look.of(Facet.KIND).get(EntryKind.WORDS, Counter()).total(),
        since=look.sought.since or min(days, default=None),
        until=look.sought.until or look.today,
    )


def _told(session: Session, look: Look, survey: Survey) -> Told | None:
    questions, versions = instrument(session, survey)
    statuses = funnels.statuses_of(look, survey)
    if not versions or not statuses:
        return None
    newest = versions[-1].questionnaire
    return Told(
        survey=survey,
        title=pick(newest["title"], look.language),
        purpose=pick(newest["purpose"], look.language),
        versions=versions,
        begun=sum(statuses.values()),
        finished=statuses.get(InterviewStatus.COMPLETED, 0),
        results=results(look, survey, questions),
        left=funnels.drop_off(look, survey, questions),
    )


def _findings(look: Look, figures: dict[str, Figure]) -> list[str]:
    """The picture in a few sentences; what is withheld is in none of them."""
    found = [_sentence(look, "entries", number=f"{look.entries():,}")]
    topics = [f"{row.name} ({row.total.cell.told})" for row in figures["topics"].rows[:3] if row.total]
    if topics:
        found.append(_sentence(look, "topics", topics=" · ".join(topics)))
    for key, place in (("missed", 0), ("praised", 1)):
        rows = [row for row in figures["qualities"].rows if row.marks[place].cell.number]
        if rows:
            most = max(rows, key=lambda row: row.marks[place].cell.number or 0)
            found.append(_sentence(look, key, quality=most.name, number=most.marks[place].cell.told))
    moods = sum(look.of(Facet.KIND).values(), Counter[str]())
    share = cells(by_sentiment(moods))[0].share(moods.total())
    if share and moods.total() >= ENOUGH_FOR_SHARE:
        found.append(_sentence(look, "negative", share=words.percent(share)))
    pressing = [row for row in figures["urgency"].rows[:2] if row.marks[0].cell.number]
    if pressing:
        levels = " · ".join(f"{row.name} {row.marks[0].cell.told}" for row in pressing)
        found.append(_sentence(look, "pressing", levels=levels))
    return found


def _sentence(look: Look, key: str, **facts: object) -> str:
    return say(look.language, f"console.report.found_{key}", **facts)
