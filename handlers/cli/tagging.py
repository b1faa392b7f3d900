"""The command that tags."""

import sys
from codecs import BOM_UTF8
from typing import Any

import click
import orjson

import nlp
from bot.projects import matchable
from bot.seed import sample_projects
from bot.store.base import Store, Unavailable
from bot.store.migrating import is_current
from handlers.cli.common import known_settings


@click.command("tag")
def tag_texts() -> None:
    """Tag JSON Lines {"id", "text"} from standard input; one JSON line each to standard output."""
    projects = _known_projects()
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            identity, text = _read_line(line)
        except ValueError as error:
            click.echo(f"Error: line {number}: {error}", err=True)
            failed = True
            continue
        tags = nlp.tag(text, projects).to_dict()
        sys.stdout.buffer.write(orjson.dumps({"id": identity, **tags}, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()
    if failed:
        raise SystemExit(1)


def _read_line(line: bytes) -> tuple[Any, str]:
    """The id and the text of a line, after any mark of an editor. Raises ValueError that says what is wrong with it."""
    try:
        record = orjson.loads(line.removeprefix(BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg})") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ValueError('needs an object with an "id" and a string "text"')
    return record.get("id"), record["text"]


def _known_projects() -> tuple[nlp.Project, ...]:
    """The active projects of the database where there is one, else those that ship."""
    settings = known_settings()
    store = Store(settings.database)
    try:
        if is_current(store):
            with store.reading() as session:
                return matchable(session) or sample_projects()
    except Unavailable:
        click.echo("The database cannot be used; tagging with the ten projects that ship.", err=True)
    return sample_projects()
