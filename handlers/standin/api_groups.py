"""Groups that the account is in. Rooms (old multi-person chats) answer the same way."""

from handlers.standin.operations import Operation
from handlers.standin.people import Group
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call, not_found


def summary(standin: Standin, call: Call) -> Answer:
    """The group's name."""
    group = _find(standin, call)
    return Answer(body={"groupId": group.group_id, "groupName": group.name})


def count(standin: Standin, call: Call) -> Answer:
    """How many people are in it, the account not counted."""
    return Answer(body={"count": len(_find(standin, call).members)})


def members(standin: Standin, call: Call) -> Answer:
    """Who is in it."""
    return Answer(body={"memberIds": _find(standin, call).members[:100]})


def member(standin: Standin, call: Call) -> Answer:
    """The profile of one of them, without the language."""
    user_id = call.args["user_id"]
    citizen = standin.citizens.get(user_id)
    if citizen is None or user_id not in _find(standin, call).members:
        raise not_found()
    return Answer(body={name: value for name, value in citizen.profile().items() if name != "language"})


def leave(standin: Standin, call: Call) -> Answer:
    """The account goes. No event is sent for it."""
    _find(standin, call).joined = False
    return Answer()


def _find(standin: Standin, call: Call) -> Group:
    group = standin.groups.get(call.args["group_id"])
    if group is None or not group.joined:
        raise not_found()
    return group


def _operations(root: str) -> tuple[Operation, ...]:
    return (
        Operation("GET", root + "/members/count", count),
        Operation("GET", root + "/members/ids", members),
        Operation("GET", root + "/member/<user_id>", member),
        Operation("POST", root + "/leave", leave),
    )


OPERATIONS = (
    Operation("GET", "/v2/bot/group/<group_id>/summary", summary),
    *_operations("/v2/bot/group/<group_id>"),
    *_operations("/v2/bot/room/<group_id>"),
)
