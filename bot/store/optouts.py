"""Which labs write to citizens, and whose news a citizen does not want."""

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from bot.store.people import LabOptOut
from bot.store.projects import Lab, Project


def labs_that_write(session: Session, limit: int = 10) -> list[Lab]:
    """The labs with projects, in the order they were made."""
    with_projects = exists().where(Project.lab_id == Lab.id)
    return list(session.scalars(select(Lab).where(with_projects).order_by(Lab.id).limit(limit)))


def lab_opt_out(session: Session, contact_id: int, lab_id: int) -> LabOptOut | None:
    """The citizen's no to this lab's news, where there is one."""
    return session.get(LabOptOut, (contact_id, lab_id))


def forget_opt_outs(session: Session, contact_id: int) -> None:
    """Take back every no to a single lab."""
    session.execute(delete(LabOptOut).where(LabOptOut.contact_id == contact_id))
