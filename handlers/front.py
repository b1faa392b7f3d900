"""The front page: what Khaojai is, and where its parts are."""

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, render_template, request

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the product: where it is, and what it is in Thai and English. `open`: a person may visit it."""

    path: str
    mark: str
    thai: tuple[str, str]
    english: tuple[str, str]
    open: bool = True


PHONE = Part(
    "/phone",
    "phone",
    ("โทรศัพท์", "ลองเป็นประชาชน คุยกับบอทเหมือนใช้ LINE บนมือถือ"),
    ("The phone", "Be a citizen: talk to the bot as on LINE"),
)
CONSOLE = Part(
    "/console",
    "console",
    ("คอนโซลเจ้าหน้าที่", "อ่าน จัดกลุ่ม และติดตามเสียงของประชาชน"),
    ("The console", "Officials read, tag and follow up what people said"),
)
WEBHOOK = Part(
    "/line/webhook",
    "webhook",
    ("ที่อยู่ webhook", "ใส่ในหน้า Messaging API ของ LINE Developers"),
    ("Webhook address", "Put it into the Messaging API settings of LINE Developers"),
    open=False,
)
HEALTH = Part(
    "/healthz",
    "health",
    ("สถานะระบบ", "ระบบทำงานอยู่หรือไม่"),
    ("Health", "Whether the service is up"),
)
PARTS = (PHONE, CONSOLE, WEBHOOK, HEALTH)


def front_blueprint(demo: bool = True) -> Blueprint:
    """The page at /. It links the parts that this application has mounted and names the others as coming.

    `demo`: the page says that all data are made up.
    """
    front = Blueprint(
        "front", __name__, template_folder="templates", static_folder="static", static_url_path="/front-static"
    )

    @front.get("/")
    def page() -> str:
        address = request.host_url.rstrip("/") + WEBHOOK.path
        return render_template(
            "front.html", parts=[(part, mounted(part)) for part in PARTS], address=address, demo=demo
        )

    @front.after_request
    def guard(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return front


def mounted(part: Part) -> bool:
    """Whether the running application answers at the part's address or below it."""
    rules = (rule.rule.rstrip("/") for rule in current_app.url_map.iter_rules())
    return any(rule == part.path or rule.startswith(part.path + "/") for rule in rules)
