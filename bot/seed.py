"""The ten projects and their surveys, as they ship: what the demo, the docs and the tests share."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import nlp
from bot import surveys
from bot.describing import known_to_nlp
from bot.store.base import Session, alone
from bot.store.projects import Lab, Project, ProjectStatus, ProjectStep, lab_by_slug, project_by_slug
from bot.store.surveys import Survey, SurveyState, survey_by_slug

SAMPLES = Path(__file__).parent / "samples"


@cache
def sample(name: str) -> Any:
    """One of the sample files, read."""
    return yaml.safe_load((SAMPLES / name).read_text(encoding="utf-8"))


def sample_surveys() -> list[dict[str, Any]]:
    """The ten surveys, as their authors wrote them."""
    return [sample(f"surveys/{path.name}") for path in sorted((SAMPLES / "surveys").glob("*.yaml"))]


def sample_projects() -> tuple[nlp.Project, ...]:
    """The ten projects as the matching of free words needs them, without a database."""
    told = sample("projects.yaml")
    return tuple(known_to_nlp(each["slug"], each["title"], each["description"], each["keywords"]) for each in told)


def seed(session: Session, at: datetime) -> int:
    """Put in what is missing of the lab, its projects and its surveys; what is there stays as people have changed it.

    Returns how many projects and surveys were new. Processes that start together put them in once.
    """
    alone(session, "seed")
    lab = _lab(session)
    new = [_project(session, lab, data, at) for data in sample("projects.yaml")]
    new += [_survey(session, data, at) for data in sample_surveys()]
    return sum(new)


def _lab(session: Session) -> Lab:
    data = sample("lab.yaml")["lab"]
    lab = lab_by_slug(session, data["slug"])
    if lab is None:
        lab = Lab(slug=data["slug"], name=data["name"])
        session.add(lab)
        session.flush()
    return lab


def _project(session: Session, lab: Lab, data: Mapping[str, Any], at: datetime) -> bool:
    if project_by_slug(session, data["slug"]) is not None:
        return False
    columns = ("slug", "fiscal_year", "step", "title", "short", "agency", "description", "keywords")
    project = Project(
        lab_id=lab.id, status=ProjectStatus.ACTIVE, opened_at=at, **{name: data[name] for name in columns}
    )
    session.add(project)
    session.flush()
    session.add(ProjectStep(project_id=project.id, step=project.step, at=at, by=""))
    session.flush()
    return True


def _survey(session: Session, data: dict[str, Any], at: datetime) -> bool:
    if survey_by_slug(session, data["slug"]) is not None:
        return False
    project = project_by_slug(session, data["project"])
    assert project is not None, data["project"]
    survey = Survey(project_id=project.id, slug=data["slug"], state=SurveyState.DRAFT, draft=data, created_at=at)
    session.add(survey)
    session.flush()
    surveys.publish(session, survey, at)
    return True
