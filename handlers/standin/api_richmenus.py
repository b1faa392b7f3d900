"""Rich menus: draw, picture, default, link, alias."""

from handlers.standin import ids
from handlers.standin.checks import richmenus as checks
from handlers.standin.menus import Menu
from handlers.standin.operations import Operation, Rate
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call, Wrong, not_found

_MOST_MENUS = _MOST_ALIASES = 1000
_DRAWING: Rate = (100, 3600)


def create(standin: Standin, call: Call) -> Answer:
    """Draw a menu, as yet without its picture."""
    checks.check_menu(call.body)
    with standin.lock:
        if len(standin.menus.drawn) >= _MOST_MENUS:
            raise Wrong(400, "The maximum number of rich menus has been reached")
        menu_id = ids.member_id("richmenu-")
        standin.menus.drawn[menu_id] = {"richMenuId": menu_id, **call.body}
    return Answer(body={"richMenuId": menu_id})


def validate(_: Standin, call: Call) -> Answer:
    """Would this menu be taken?"""
    checks.check_menu(call.body)
    return Answer()


def get(standin: Standin, call: Call) -> Answer:
    """One menu."""
    return Answer(body=_menu(standin, call))


def delete(standin: Standin, call: Call) -> Answer:
    """Take it away."""
    with standin.lock:
        standin.menus.delete(_menu(standin, call)["richMenuId"])
    return Answer()


def all_of_them(standin: Standin, _: Call) -> Answer:
    """The menus drawn over the API."""
    return Answer(body={"richmenus": list(standin.menus.drawn.values())})


def upload(standin: Standin, call: Call) -> Answer:
    """Give a menu its picture, once."""
    menu = _menu(standin, call)
    kind = checks.check_picture(call.raw, call.headers.get("Content-Type", ""))
    with standin.lock:
        if menu["richMenuId"] in standin.menus.images:
            raise Wrong(400, "An image has already been uploaded to the richmenu")
        standin.menus.images[menu["richMenuId"]] = (call.raw, kind)
    return Answer()


def download(standin: Standin, call: Call) -> Answer:
    """A menu's picture."""
    image = standin.menus.images.get(_menu(standin, call)["richMenuId"])
    if image is None:
        raise not_found()
    return Answer(content=image[0], content_type=image[1])


def set_default(standin: Standin, call: Call) -> Answer:
    """Show a menu to all who have none of their own."""
    standin.menus.default = _pictured(standin, call.args["menu_id"])
    return Answer()


def default(standin: Standin, _: Call) -> Answer:
    """Which menu that is."""
    if not standin.menus.default:
        raise Wrong(404, "no default richmenu")
    return Answer(body={"richMenuId": standin.menus.default})


def cancel_default(standin: Standin, _: Call) -> Answer:
    """Show them none."""
    standin.menus.default = ""
    return Answer()


def link(standin: Standin, call: Call) -> Answer:
    """Show a menu to one user."""
    menu_id = _pictured(standin, call.args["menu_id"])
    with standin.lock:
        standin.menus.linked[_known(standin, call.args["user_id"])] = menu_id
    return Answer()


def linked(standin: Standin, call: Call) -> Answer:
    """The menu linked to one user."""
    menu_id = standin.menus.linked.get(call.args["user_id"])
    if menu_id is None:
        raise Wrong(404, "the user has no richmenu")
    return Answer(body={"richMenuId": menu_id})


def unlink(standin: Standin, call: Call) -> Answer:
    """Back to the default."""
    with standin.lock:
        standin.menus.linked.pop(_known(standin, call.args["user_id"]), None)
    return Answer()


def bulk_link(standin: Standin, call: Call) -> Answer:
    """Show a menu to up to 500 users."""
    checks.check_bulk_link(call.body)
    menu_id = _pictured(standin, call.body["richMenuId"])
    with standin.lock:
        standin.menus.linked.update((user, menu_id) for user in call.body["userIds"] if user in standin.citizens)
    return Answer(202)


def bulk_unlink(standin: Standin, call: Call) -> Answer:
    """Back to the default for up to 500 users."""
    checks.check_bulk_unlink(call.body)
    with standin.lock:
        for user in call.body["userIds"]:
            standin.menus.linked.pop(user, None)
    return Answer(202)


def create_alias(standin: Standin, call: Call) -> Answer:
    """Give a menu a name that can be moved to another menu later."""
    checks.check_new_alias(call.body)
    alias = call.body["richMenuAliasId"]
    with standin.lock:
        if alias in standin.menus.aliases:
            raise Wrong(400, "conflict richmenu alias id")
        if len(standin.menus.aliases) >= _MOST_ALIASES:
            raise Wrong(400, "The maximum number of rich menu aliases has been reached")
        standin.menus.aliases[alias] = _pictured(standin, call.body["richMenuId"], 400)
    return Answer()


def update_alias(standin: Standin, call: Call) -> Answer:
    """Move a name to another menu."""
    checks.check_alias(call.body)
    with standin.lock:
        alias = _alias(standin, call)
        standin.menus.aliases[alias] = _pictured(standin, call.body["richMenuId"], 400)
    return Answer()


def get_alias(standin: Standin, call: Call) -> Answer:
    """Which menu a name leads to."""
    alias = _alias(standin, call)
    return Answer(body=_shown(alias, standin.menus.aliases[alias]))


def delete_alias(standin: Standin, call: Call) -> Answer:
    """Drop a name."""
    del standin.menus.aliases[_alias(standin, call)]
    return Answer()


def aliases(standin: Standin, _: Call) -> Answer:
    """All names."""
    with standin.lock:
        return Answer(body={"aliases": [_shown(alias, menu) for alias, menu in standin.menus.aliases.items()]})


def _shown(alias: str, menu_id: str) -> dict[str, str]:
    return {"richMenuAliasId": alias, "richMenuId": menu_id}


def _menu(standin: Standin, call: Call) -> Menu:
    menu = standin.menus.drawn.get(call.args["menu_id"])
    if menu is None:
        raise Wrong(404, "richmenu not found")
    return menu


def _pictured(standin: Standin, menu_id: str, missing: int = 404) -> str:
    if menu_id not in standin.menus.drawn:
        raise Wrong(missing, "richmenu not found")
    if menu_id not in standin.menus.images:
        raise Wrong(400, "must upload richmenu image before applying it to user")
    return menu_id


def _known(standin: Standin, user_id: str) -> str:
    if user_id not in standin.citizens:
        raise Wrong(400, "The value for the 'userId' parameter is invalid")
    return user_id


def _alias(standin: Standin, call: Call) -> str:
    alias = call.args["alias"]
    if alias not in standin.menus.aliases:
        raise Wrong(404, "richmenu alias not found")
    return alias


_MENU, _ALL, _OWN = "/v2/bot/richmenu", "/v2/bot/user/all/richmenu", "/v2/bot/user/<user_id>/richmenu"

OPERATIONS = (
    Operation("POST", _MENU, create, rate=_DRAWING, body="json"),
    Operation("POST", _MENU + "/validate", validate, body="json"),
    Operation("GET", _MENU + "/list", all_of_them, rate=(10, 1)),
    Operation("GET", _MENU + "/<menu_id>", get),
    Operation("DELETE", _MENU + "/<menu_id>", delete, rate=_DRAWING),
    Operation("POST", _MENU + "/<menu_id>/content", upload, body="bytes"),
    Operation("GET", _MENU + "/<menu_id>/content", download),
    Operation("POST", _MENU + "/bulk/link", bulk_link, body="json"),
    Operation("POST", _MENU + "/bulk/unlink", bulk_unlink, body="json"),
    Operation("POST", _MENU + "/alias", create_alias, body="json"),
    Operation("GET", _MENU + "/alias/list", aliases),
    Operation("GET", _MENU + "/alias/<alias>", get_alias),
    Operation("POST", _MENU + "/alias/<alias>", update_alias, body="json"),
    Operation("DELETE", _MENU + "/alias/<alias>", delete_alias, rate=_DRAWING),
    Operation("POST", _ALL + "/<menu_id>", set_default),
    Operation("GET", _ALL, default),
    Operation("DELETE", _ALL, cancel_default),
    Operation("POST", _OWN + "/<menu_id>", link),
    Operation("GET", _OWN, linked),
    Operation("DELETE", _OWN, unlink),
)
