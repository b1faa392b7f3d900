"""Figures as small tables in plain text."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table


def show(title: str, how: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: what was measured, how, and the figures; the first column is words."""
    console = Console(width=120, highlight=False)
    table = Table(title=title, box=box.SIMPLE, title_justify="left", title_style="bold")
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left", no_wrap=place > 0)
    for row in rows:
        table.add_row(*map(str, row))
    console.print(table)
    console.print(how + "\n", markup=False)
