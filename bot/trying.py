"""A project's words tried on what citizens said lately: the very matching that files free words, and nothing is moved.

Only entries that the one who asks may see are read, so a trial tells nobody what is said in another lab's project.
"""

import time
from collections import Counter
from dataclasses import dataclass

import nlp
from bot.projects import matchable
from bot.store.base import Session
from bot.store.sight import Sight
from bot.store.trying import recent_words

MOST = 1_000
# Whoever types waits for it; what was read until then is told.
SECONDS = 4.0
SAMPLES = 6


@dataclass(frozen=True, slots=True)
class Sample:
    """One entry that would come here: its number and masked words, how sure, and where it is now (an id, or None)."""

    number: str
    masked: str
    score: float
    now_in: int | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a project's words would do to `read` recent entries.

    `here` would be filed here at once, of which `stay` are here already and `taken` says from where the others come
    (a project's id, None for none); of `asked` the citizen would be asked, with this project among the choices. `lost`
    are here now and would be filed elsewhere. `whole` is False where time ran out before all were read.
    """

    read: int
    here: int
    stay: int
    asked: int
    lost: int
    taken: tuple[tuple[int | None, int], ...]
    samples: tuple[Sample, ...]
    whole: bool


def try_out(session: Session, sight: Sight, candidate: nlp.Project, its_id: int | None) -> Trial:
    """Match recent words with the candidate beside the other open projects; `its_id` is of the one it would replace."""
    projects = (*(each for each in matchable(session) if each.slug != candidate.slug), candidate)
    counts, taken, samples = Counter[str](), Counter[int | None](), list[Sample]()
    until, whole = time.monotonic() + SECONDS, True
    for row in recent_words(session, sight, MOST):
        if time.monotonic() > until:
            whole = False
            break
        matches = nlp.match(row.text, projects)
        outcome = _outcome(matches, candidate.slug, is_here=row.project_id == its_id and its_id is not None)
        counts.update(["read", outcome])
        if outcome == "taken":
            taken[row.project_id] += 1
            if len(samples) < SAMPLES:
                samples.append(Sample(row.number, row.masked, matches[0].score, row.project_id))
    return Trial(
        read=counts["read"], here=counts["stay"] + counts["taken"], stay=counts["stay"], asked=counts["asked"],
        lost=counts["lost"], taken=tuple(taken.most_common()), samples=tuple(samples), whole=whole,
    )  # fmt: skip


def _outcome(matches: tuple[nlp.Match, ...], slug: str, is_here: bool) -> str:
    """What would become of an entry, as the filing of free words decides it."""
    if nlp.sure(matches):
        if matches[0].slug == slug:
            return "stay" if is_here else "taken"
        return "lost" if is_here else "elsewhere"
    if slug in [each.slug for each in matches[:3]]:
        return "asked"
    return "lost" if is_here else "elsewhere"
