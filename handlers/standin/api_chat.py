"""Small signs in a chat: the loading animation, marks of having read, account link tokens."""

from handlers.standin import ids
from handlers.standin.checks import bodies
from handlers.standin.operations import Operation
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call, invalid_property, not_found


def start_loading(standin: Standin, call: Call) -> Answer:
    """Show that the account is thinking, until its next message or the time is over. One-to-one chats only."""
    bodies.check_loading(call.body)
    chat_id = call.body["chatId"]
    with standin.lock:
        if chat_id not in standin.citizens:
            raise invalid_property("chatId")
        standin.loading[chat_id] = call.at + call.body.get("loadingSeconds", 20)
        standin.changed.notify_all()
    return Answer(202)


def mark_read(standin: Standin, call: Call) -> Answer:
    """What was said up to a message has been read."""
    bodies.check_mark_read(call.body)
    if call.body["markAsReadToken"] not in standin.reads:
        raise invalid_property("markAsReadToken")
    return Answer()


def link_token(standin: Standin, call: Call) -> Answer:
    """The first step of linking an account."""
    if call.args["user_id"] not in standin.citizens:
        raise not_found()
    return Answer(body={"linkToken": ids.token()})


OPERATIONS = (
    Operation("POST", "/v2/bot/chat/loading/start", start_loading, rate=(100, 1), body="json"),
    Operation("POST", "/v2/bot/chat/markAsRead", mark_read, body="json"),
    Operation("POST", "/v2/bot/user/<user_id>/linkToken", link_token),
)
