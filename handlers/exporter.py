"""The thread that makes the exports officials asked for, beside the worker that answers citizens."""

from bot import export_jobs
from handlers.background import Background


class Exporter(Background):
    """One process's maker of exports."""

    name = "exporter"

    def make(self) -> bool:
        """Make the export whose turn it is."""
        return export_jobs.make_next(self._runtime.store, self._runtime.clock, self._runtime.settings.data_dir)
