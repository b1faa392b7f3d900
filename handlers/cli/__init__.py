"""The commands of `python -m bot`. Wrong use ends with 2, a command that could not do its work with 1."""

import click

from handlers import logs
from handlers.cli import (
    accounts,
    broadcasting,
    channel,
    chatting,
    correcting,
    exporting,
    keeping,
    opening,
    rehearsing,
    serving,
    surveys,
    tagging,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Khaojai: citizens' words on LINE become tagged entries in a lab's projects."""
    logs.set_up()


for command in (
    serving.run,
    serving.serve_web,
    serving.worker,
    serving.clock,
    keeping.migrate,
    keeping.seed,
    keeping.reindex,
    chatting.chat,
    rehearsing.rehearse,
    exporting.export_entries,
    opening.write_open_data,
    correcting.corrections,
    tagging.tag_texts,
    channel.look_at_line,
    accounts.account,
    broadcasting.broadcast,
    surveys.survey,
):
    main.add_command(command)
