"""The thread that lets the scripted citizens play the surveys labs asked them to, beside the worker."""

from bot.rehearsals import runs
from handlers.background import Background


class Rehearser(Background):
    """One process's player of rehearsals."""

    name = "rehearser"

    def make(self) -> bool:
        """Play the run whose turn it is."""
        return runs.play_next(self._runtime.store, self._runtime.clock)
