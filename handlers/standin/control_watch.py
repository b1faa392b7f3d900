"""The control API's windows.

GET /chat?since=CURSOR&wait=SECONDS&user=ID    what was said, by both sides; waits up to 25 s for something new
GET /media/MESSAGE, /richmenu/CITIZEN, /richmenu-image/MENU, /loading/CITIZEN
GET /calls?since=CURSOR&path=PATTERN           the API calls that came
GET /deliveries?user=ID                        messages received per chat, and what became of each retry key
GET /webhooks?since=CURSOR                     every attempt: status (0: none), reason, ms, events
GET /idle?wait=SECONDS                         200 once no webhook is waiting or on its way, else 408
"""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from handlers.standin.controls import Problem, number, route, wait
from handlers.standin.state import Standin

Told = dict[str, Any]


def register(made: Blueprint, standin: Standin) -> None:
    """Add the routes."""
    for rule, act in (
        ("/chat", chat),
        ("/media/<message_id>", media),
        ("/richmenu/<user_id>", menu),
        ("/richmenu-image/<menu_id>", menu_image),
        ("/loading/<user_id>", loading),
        ("/calls", calls),
        ("/deliveries", deliveries),
        ("/webhooks", webhooks),
        ("/idle", idle),
    ):
        route(made, "GET", rule, partial(act, standin))


def chat(standin: Standin) -> Told:
    """What was said since a cursor; waits for it when asked to."""
    cursor, items = standin.chat.wait(int(number("since")), request.args.get("user", ""), wait())
    return {"cursor": cursor, "items": items}


def media(standin: Standin, message_id: str) -> Response:
    """The bytes of a citizen's photo, video, voice or file."""
    found = standin.media.held.get(message_id)
    if found is None:
        raise Problem(404, "no such content")
    return Response(found.data, content_type=found.content_type)


def menu(standin: Standin, user_id: str) -> Told:
    """The rich menu in force for a citizen and the address of its picture (relative to this one); {} for none."""
    with standin.lock:
        menu_id = standin.menus.of(user_id)
        if not menu_id:
            return {}
        return {**standin.menus.drawn[menu_id], "imageUrl": f"../richmenu-image/{menu_id}"}


def menu_image(standin: Standin, menu_id: str) -> Response:
    """A rich menu's picture."""
    image = standin.menus.images.get(menu_id)
    if image is None:
        raise Problem(404, "no such picture")
    return Response(image[0], content_type=image[1])


def loading(standin: Standin, user_id: str) -> Told:
    """Whether the loading animation shows for a citizen, and until when (ms)."""
    until = standin.loading.get(user_id, 0.0)
    return {"loading": until > standin.now(), "until": int(until * 1000)}


def calls(standin: Standin) -> Told:
    """The API calls that came."""
    with standin.lock:
        found = standin.log.since(int(number("since")), request.args.get("path", ""))
        return {"cursor": standin.log.cursor, "calls": found}


def deliveries(standin: Standin) -> Told:
    """How many messages each chat received, and what became of each retry key."""
    user = request.args.get("user", "")
    with standin.lock:
        if user:
            return {"userId": user, "messages": standin.usage.by_chat[user]}
        return {"messages": dict(standin.usage.by_chat), "retryKeys": standin.retries.counts()}


def webhooks(standin: Standin) -> Told:
    """Every attempt to deliver webhooks."""
    return {"webhooks": standin.sender.attempts(int(number("since")))}


def idle(standin: Standin) -> tuple[Told, int]:
    """Answers when no webhook is waiting or on its way: 200, or 408 when the time ran out."""
    done = standin.sender.idle(wait())
    return {"idle": done}, 200 if done else 408
