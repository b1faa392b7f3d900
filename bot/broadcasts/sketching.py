"""A broadcast that is being written and is kept nowhere: enough of one to count, check and preview it."""

from bot.broadcasts.writing import Draft
from bot.rights import project_seen, sight_of, survey_seen
from bot.store.accounts import Account
from bot.store.base import Session
from bot.store.broadcasts import Broadcast, BroadcastState


def sketch(session: Session, account: Account, draft: Draft) -> Broadcast:
    """The draft as a broadcast. Raises Refused("not_found") for a project or survey that may not be seen."""
    sight = sight_of(session, account)
    project = project_seen(session, sight, draft.project)
    survey = survey_seen(session, sight, draft.survey) if draft.survey else None
    return Broadcast(
        id=0,
        series_id=0,
        wave=1,
        project=project,
        project_id=project.id,
        name=draft.name,
        kind=draft.kind,
        survey=survey,
        survey_id=survey.id if survey else None,
        rule=dict(draft.rule),
        wordings=[dict(each) for each in draft.wordings],
        share=draft.share,
        link=draft.link.strip(),
        send_at=draft.send_at,
        repeat=draft.repeat,
        repeat_until=draft.repeat_until,
        override=draft.override.strip(),
        state=BroadcastState.DRAFT,
    )
