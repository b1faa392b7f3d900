"""The phone page: a chat in the browser that looks and feels like LINE, on which anyone can be a citizen.

The page is plain HTML, CSS and JavaScript modules from this folder. It talks to the stand-in's control API and to
nothing else; what the browser may load is held by a content security policy.
"""

from flask import Blueprint, Response, render_template

POLICY = "; ".join(
    ("default-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'", "object-src 'none'")
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
    "Cache-Control": "no-cache",
}


def phone_blueprint(control_prefix: str = "/standin/control", name: str = "เข้าใจ Khaojai") -> Blueprint:
    """The page at /phone and its files below it.

    `control_prefix` is the path of the stand-in's control API on the same host, `name` the official account's name
    as a citizen sees it.
    """
    phone = Blueprint(
        "phone",
        __name__,
        url_prefix="/phone",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )

    @phone.get("")
    @phone.get("/")
    def page() -> str:
        return render_template("phone.html", control=control_prefix.rstrip("/"), name=name)

    @phone.after_request
    def guard(response: Response) -> Response:
        for header, value in HEADERS.items():
            response.headers[header] = value
        return response

    return phone
