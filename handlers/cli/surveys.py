"""Commands for surveys in files: check one, bring one in, take one out. Problems are told in Thai or English."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from bot import survey_files
from bot.errors import Problem, Refused, Severity
from bot.exports.files import replacing
from bot.interview import reading
from bot.problems import mend, place, sentence
from bot.store.audit import By
from bot.store.base import Session, now
from bot.store.projects import project_by_slug
from bot.store.surveys import Survey, survey_by_slug
from bot.survey_imports import brought_in
from bot.wording import say
from bot.xlsform import Draft
from handlers.cli.common import clear_errors, known_settings, migrated, told, user

LANGUAGE = click.option(
    "--language", type=click.Choice(("th", "en")), default="en", show_default=True, help="In which problems are told."
)
_ANY_PROJECT = "any-project"


@click.group()
def survey() -> None:
    """Surveys in files: YAML, and XLSForm (.xlsx)."""


@survey.command()
@click.argument("name", metavar="FILE|SLUG")
@LANGUAGE
def check(name: str, language: str) -> None:
    """Tell what is wrong with a survey, and what to weigh: a file's, or a draft's by its slug. Ends with 1 if wrong."""
    draft = _read_file(Path(name)) if _is_file(name) else _kept(name)
    if _is_file(name) and draft.data is not None and not draft.data.get("project"):
        draft = _read_file(Path(name), _ANY_PROJECT)  # which it is to be is said when it is brought in
    if _told_of(draft, language):
        raise SystemExit(1)


@survey.command("import")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--project", "slug", required=True, help="The project it is to belong to (its slug).")
@click.option("--as", "name", help="The survey's own name, in place of the file's; a survey of that name is replaced.")
@click.option(
    "--as-draft", is_flag=True, help="Bring it in though there is something to mend, leaving out what cannot be."
)
@LANGUAGE
def import_survey(file: Path, slug: str, name: str | None, as_draft: bool, language: str) -> None:
    """Bring a survey in from a file, as a draft. Nothing is kept where there is something to mend."""
    settings = known_settings()
    draft = _read_file(file, slug)
    wrong = _told_of(draft, language)
    if draft.data is None:
        raise SystemExit(told(say(language, "survey_files.nothing"), 1))
    if wrong and not as_draft:
        raise SystemExit(told(say(language, "survey_files.refused"), 1))
    data = draft.data | ({"slug": name} if name else {})
    with clear_errors(), migrated(settings).transaction() as session:
        project = project_by_slug(session, slug)
        if project is None:
            raise Refused("export.no_such_project", project=slug)
        kept, new = brought_in(session, project, data, By(user(), now()))
        done = say(language, "survey_files.imported" if new else "survey_files.replaced", slug=kept.slug)
    click.echo(done)


@survey.command("export")
@click.argument("slug")
@click.option("--format", "kind", type=click.Choice(survey_files.FORMATS), required=True, help="YAML, or XLSForm.")
@click.option("--out", required=True, help="The file to write, or - for standard output.")
@LANGUAGE
def export_survey(slug: str, kind: str, out: str, language: str) -> None:
    """Write a survey's draft to a file; read again it is the same survey."""
    path = None if out == "-" else Path(out)
    if path is not None and not path.absolute().parent.is_dir():
        raise click.UsageError(f"--out: there is no folder {path.absolute().parent}")
    settings = known_settings()
    with clear_errors():
        with migrated(settings).reading() as session:
            draft = _known_survey(session, slug).draft
        try:
            content = survey_files.written(draft, kind)
        except Refused as refused:
            raise _listed(refused.facts["problems"], language) from None  # type: ignore[arg-type]
        if path is None:
            sys.stdout.buffer.write(content)
            return
        with replacing(path) as file:
            file.write(content)


def _read_file(path: Path, project: str = "") -> Draft:
    """The draft in a file. Wrong use where there is none."""
    try:
        return survey_files.opened(path.name, path.read_bytes(), project)
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from None


def _told_of(draft: Draft, language: str) -> int:
    """Show what is to be mended and weighed. Gives how many are to be mended."""
    for each in draft.problems:
        click.echo(_shown(each, language))
    wrong = sum(each.severity is Severity.PROBLEM for each in draft.problems)
    click.echo(say(language, "survey_files.counted", problems=wrong, warnings=len(draft.problems) - wrong), err=True)
    return wrong


def _known_survey(session: Session, slug: str) -> Survey:
    """The survey of this name. Raises Refused where there is none."""
    found = survey_by_slug(session, slug)
    if found is None:
        raise Refused("export.no_such_survey", survey=slug)
    return found


def _shown(problem: Problem, language: str) -> str:
    """A problem on one line: how grave, where for machines and for people, what, and how to mend it."""
    where = " · ".join(filter(None, (problem.where, place(problem, language))))
    grave = say(language, f"survey_files.{problem.severity}")
    return f"{grave}: {where}: {sentence(problem, language)} {mend(problem, language)}"


def _listed(problems: Iterable[Problem], language: str) -> SystemExit:
    lines = "\n".join(f"  {_shown(each, language)}" for each in problems)
    return SystemExit(told(f"{say(language, 'survey_files.not_ready')}\n{lines}", 1))


def _kept(slug: str) -> Draft:
    settings = known_settings()
    with clear_errors(), migrated(settings).reading() as session:
        data = _known_survey(session, slug).draft
    return Draft(data, [*reading.problems(data), *reading.warnings(data)])


def _is_file(name: str) -> bool:
    return "." in name or "/" in name or Path(name).is_file()
