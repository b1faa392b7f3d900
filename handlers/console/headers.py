"""The headers of every answer of the console: nothing inline, nothing from elsewhere, nothing kept on the way."""

from flask import Blueprint, Response, request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

YEAR = 365 * 24 * 3600
NO_STORE = "no-store"
ASSET = f"public, max-age={YEAR}, immutable"


def policy() -> ContentSecurityPolicy:
    """What a page may load and do: its own things, and send forms home."""
    own = "'self'"
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src(own)
        .style_src(own)
        .img_src(own)
        .font_src(own)
        .connect_src(own)
        .manifest_src(own)
        .form_action(own)
        .base_uri("'none'")
        .frame_ancestors("'none'")
    )


def headers(production: bool) -> dict[str, str]:
    """Every header, by name. `production`: browsers are told to use nothing but HTTPS for a year."""
    chosen = Secure(
        csp=policy(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        permissions=PermissionsPolicy().geolocation().camera().microphone(),
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
        hsts=StrictTransportSecurity().max_age(YEAR).include_subdomains() if production else None,
    )
    return dict(chosen.headers)


def add(console: Blueprint, production: bool) -> None:
    """Give every answer of the console its headers."""
    fixed = headers(production)

    @console.after_request
    def headed(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        versioned = request.endpoint == "console.static" and "v" in request.args and response.status_code < 400
        response.headers["Cache-Control"] = ASSET if versioned else NO_STORE
        return response
