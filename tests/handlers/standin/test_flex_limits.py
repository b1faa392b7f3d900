"""Flex messages: every structural rule, each as what LINE takes and what it refuses, with the place named."""

from typing import Any

import pytest

PICTURE = "https://example.org/a.png"


def box(*contents: Any, **more: Any) -> dict[str, Any]:
    return {"type": "box", "layout": "vertical", "contents": list(contents), **more}


def words(**more: Any) -> dict[str, Any]:
    return {"type": "text", "text": "ก", **more}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "url": PICTURE, **more}


def button(label: Any = "ตกลง", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action": {"type": "postback", "label": label, "data": "x"}, **more}


def bubble(*contents: Any, **more: Any) -> dict[str, Any]:
    return {"type": "bubble", "body": box(*contents), **more}


def carousel(*bubbles: Any) -> dict[str, Any]:
    return {"type": "carousel", "contents": list(bubbles)}


def of_size(size: int, wrap: Any = bubble) -> dict[str, Any]:
    """A bubble of so many bytes of UTF-8."""
    empty = len('{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[]}}')
    each = len('{"type":"text","text":""},')
    full, rest = divmod(size - empty + 1, each + 3000)
    return wrap(*[words(text="ก" * 1000)] * full, words(text="a" * (rest - each)))


VIDEO = {"type": "video", "url": "https://example.org/a.mp4", "previewUrl": PICTURE, "altContent": image()}
ICON = {"type": "icon", "url": PICTURE}
SPAN = {"type": "span", "text": "ก"}
GRADIENT = {"type": "linearGradient", "angle": "0deg", "startColor": "#000000", "endColor": "#ffffff"}

CASES = [
    ("bubble", bubble(), {"type": "bubble"}, ""),
    ("container type", bubble(), {"type": "bauble"}, "/type"),
    ("bubble size", bubble(size="giga"), bubble(size="huge"), "/size"),
    ("unknown property", bubble(), bubble(colour="red"), "/colour"),
    ("direction", bubble(direction="rtl"), bubble(direction="up"), "/direction"),
    ("body is a box", bubble(), bubble() | {"body": words()}, "/body/type"),
    ("hero image", bubble(hero=image()), bubble(hero=button()), "/hero/type"),
    ("hero video", bubble(hero=VIDEO), bubble(hero=VIDEO, size="micro"), "/hero"),
    ("video elsewhere", bubble(hero=VIDEO), bubble(VIDEO), "/body/contents/0/type"),
    ("video alternative", bubble(hero=VIDEO), bubble(hero=VIDEO | {"altContent": words()}), "/hero/altContent/type"),
    (
        "styles",
        bubble(styles={"body": {"backgroundColor": "#FFFFFF"}}),
        bubble(styles={"body": {"backgroundColor": "white"}}),
        "/styles/body/backgroundColor",
    ),
    ("layout", bubble(box(layout="horizontal")), bubble(box(layout="diagonal")), "/body/contents/0/layout"),
    ("component", bubble(words()), bubble(words(), {"type": "table"}), "/body/contents/1/type"),
    ("icon on a baseline", bubble(box(ICON, layout="baseline")), bubble(ICON), "/body/contents/0/type"),
    (
        "box on a baseline",
        bubble(box(words(), layout="baseline")),
        bubble(box(box(), layout="baseline")),
        "/body/contents/0/contents/0/type",
    ),
    ("span in a text", bubble(words(contents=[SPAN])), bubble(SPAN), "/body/contents/0/type"),
    ("text given", bubble({"type": "text", "contents": [SPAN]}), bubble({"type": "text"}), "/body/contents/0/text"),
    ("text said", bubble(words()), bubble(words(text="")), "/body/contents/0/text"),
    ("wrap", bubble(words(wrap=True)), bubble(words(wrap="true")), "/body/contents/0/wrap"),
    ("font size", bubble(words(size="3xl")), bubble(words(size="full")), "/body/contents/0/size"),
    ("font pixels", bubble(words(size="19px")), bubble(words(size="19")), "/body/contents/0/size"),
    ("weight", bubble(words(weight="bold")), bubble(words(weight="700")), "/body/contents/0/weight"),
    ("colour", bubble(words(color="#12345678")), bubble(words(color="#123")), "/body/contents/0/color"),
    ("flex", bubble(words(flex=0)), bubble(words(flex=-1)), "/body/contents/0/flex"),
    ("lines", bubble(words(maxLines=2)), bubble(words(maxLines=1.5)), "/body/contents/0/maxLines"),
    ("margin", bubble(words(margin="8px")), bubble(words(margin="8%")), "/body/contents/0/margin"),
    ("padding", bubble(box(paddingAll="5%")), bubble(box(paddingAll="5em")), "/body/contents/0/paddingAll"),
    ("offset", bubble(words(offsetTop="-5px")), bubble(words(offsetTop="-5")), "/body/contents/0/offsetTop"),
    ("width", bubble(box(width="50%")), bubble(box(width="md")), "/body/contents/0/width"),
    ("corner", bubble(box(cornerRadius="md")), bubble(box(cornerRadius="round")), "/body/contents/0/cornerRadius"),
    ("border", bubble(box(borderWidth="semi-bold")), bubble(box(borderWidth="xl")), "/body/contents/0/borderWidth"),
    (
        "gradient",
        bubble(box(background=GRADIENT)),
        bubble(box(background=GRADIENT | {"angle": "0"})),
        "/body/contents/0/background/angle",
    ),
    ("button action", bubble(button()), bubble({"type": "button"}), "/body/contents/0/action"),
    ("button label", bubble(button("ก" * 40)), bubble(button("ก" * 41)), "/body/contents/0/action/label"),
    ("button label given", bubble(button()), bubble(button(None)), "/body/contents/0/action/label"),
    ("button style", bubble(button(style="link")), bubble(button(style="danger")), "/body/contents/0/style"),
    ("button height", bubble(button(height="sm")), bubble(button(height="lg")), "/body/contents/0/height"),
    (
        "text action",
        bubble(words(action={"type": "message", "text": "ก"})),
        bubble(words(action={"type": "camera", "label": "ก"})),
        "/body/contents/0/action/type",
    ),
    ("image address", bubble(image()), bubble(image(url="http://example.org/a.png")), "/body/contents/0/url"),
    ("hidden blank", bubble(image()), bubble(image(url="\u00a0https://example.org/a.png")), "/body/contents/0/url"),
    ("image given", bubble(image()), bubble({"type": "image"}), "/body/contents/0/url"),
    ("ratio", bubble(image(aspectRatio="1:3")), bubble(image(aspectRatio="1:3.1")), "/body/contents/0/aspectRatio"),
    ("image size", bubble(image(size="full")), bubble(image(size="huge")), "/body/contents/0/size"),
    ("animated", bubble(*[image(animated=True)] * 10), bubble(*[image(animated=True)] * 11), ""),
    ("bubbles", carousel(*[bubble()] * 12), carousel(*[bubble()] * 13), "/contents"),
    ("a bubble", carousel(bubble()), carousel(), "/contents"),
    (
        "one width",
        carousel(bubble(size="nano"), bubble(size="nano")),
        carousel(bubble(), bubble(size="nano")),
        "/contents",
    ),
    ("no carousel in a carousel", carousel(bubble()), carousel(carousel(bubble())), "/contents/0/type"),
    ("bubble bytes", of_size(30 * 1024), of_size(30 * 1024 + 1), ""),
    ("carousel bytes", carousel(of_size(25_500), of_size(25_500)), carousel(of_size(25_600), of_size(25_600)), ""),
    ("bubble bytes in a carousel", carousel(of_size(30 * 1024)), carousel(of_size(30 * 1024 + 1)), "/contents/0"),
]


def validate(platform: Any, *contents: Any) -> Any:
    messages = [{"type": "flex", "altText": "ก", "contents": one} for one in contents]
    return platform.call("POST", "/v2/bot/message/validate/push", {"messages": messages})


@pytest.mark.parametrize(("taken", "refused", "where"), [pytest.param(*row[1:], id=row[0]) for row in CASES])
def test_flex(platform: Any, taken: Any, refused: Any, where: str) -> None:
    good = validate(platform, taken)
    assert (good.status, good.json()) == (200, {})
    bad = validate(platform, taken, refused)
    assert bad.status == 400
    assert bad.json()["message"] == "A message (messages[1]) in the request body is invalid"
    assert [one["property"] for one in bad.json()["details"]] == [where]
