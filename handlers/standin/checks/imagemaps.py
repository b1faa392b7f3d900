"""Imagemap messages: one picture with places to tap."""

from handlers.standin.checks.core import RIGHT, Check, Need, items, number, record, text, variants
from handlers.standin.checks.links import https, opens

_MOST = 2**31 - 1
_side = number(1, _MOST)
_KIND: dict[str, Check | Need] = {"type": lambda _: RIGHT}

_area = record(
    {
        "x": Need(number(0, _MOST)),
        "y": Need(number(0, _MOST)),
        "width": Need(_side),
        "height": Need(_side),
    }
)
_PLACE: dict[str, Check | Need] = {**_KIND, "label": text(100), "area": Need(_area)}
_action = variants(
    {
        "uri": record({**_PLACE, "linkUri": Need(opens())}),
        "message": record({**_PLACE, "text": Need(text(400))}),
        "clipboard": record({**_PLACE, "clipboardText": Need(text(1000))}),
    }
)
_link = record({"linkUri": Need(opens()), "label": Need(text(30))})
_video = record(
    {
        "originalContentUrl": Need(https),
        "previewImageUrl": Need(https),
        "area": Need(_area),
        "externalLink": _link,
    }
)

FIELDS: dict[str, Check | Need] = {
    "baseUrl": Need(https),
    "altText": Need(text(1500)),
    "baseSize": Need(record({"width": Need(number(1040, 1040)), "height": Need(_side)})),
    "actions": Need(items(_action, 1, 50)),
    "video": _video,
}
