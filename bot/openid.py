"""OpenID Connect: let an organisation's own sign-in prove who somebody is.

The authorization code flow of OpenID Connect Core 1.0 with PKCE (RFC 7636), state, nonce and discovery. Only signatures
by a key of the provider count: an ID token without one, or signed with a secret both sides know, is refused.
"""

import base64
import hashlib
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.errors import Refused
from bot.store.base import Clock

ALGORITHMS = ["RS256", "PS256", "ES256"]
TIMEOUT = 10  # seconds
# How long what the provider publishes is taken as known, and by how much its clock may differ from ours.
FRESH = timedelta(hours=1)
LEEWAY = 60  # seconds


@dataclass(frozen=True, slots=True)
class Begun:
    """What the browser keeps while its person is at the provider: this and no other answer will be taken."""

    state: str
    nonce: str
    verifier: str

    def to_data(self) -> dict[str, str]:
        """As plain data, for a cookie."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in at the provider. `openid`: "issuer subject"; `email` only where the provider has verified it."""

    openid: str
    email: str


class Provider:
    """One provider of OpenID Connect, as the settings name it."""

    def __init__(self, issuer: str, client: tuple[str, str], clock: Clock) -> None:
        self.issuer = issuer.rstrip("/")
        self._id, self._secret = client
        self._clock = clock
        self._lock = threading.Lock()
        self._known: tuple[datetime, dict[str, Any], KeySet] | None = None

    def begin(self, back: str) -> tuple[str, Begun]:
        """Where to send the browser, and what to keep; `back` is our address for the answer. Raises Refused."""
        begun = Begun(*(secrets.token_urlsafe(32) for _ in range(3)))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "scope": "openid email",
            "client_id": self._id,
            "redirect_uri": back,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = str(self._published()[0]["authorization_endpoint"])
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", begun

    def finish(self, answer: Mapping[str, str], begun: Begun, back: str) -> Identity:
        """Who signed in, from the provider's answer at `back`. Raises Refused("sign_in.provider") for any doubt."""
        if not secrets.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise Refused("sign_in.provider")
        if "code" not in answer or answer.get("iss", self._published()[0]["issuer"]) != self._published()[0]["issuer"]:
            raise Refused("sign_in.provider")
        claims = self._claims(self._token(answer["code"], begun, back), begun.nonce)
        email = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
        return Identity(f"{self.issuer} {claims['sub']}", email)

    def _token(self, code: str, begun: Begun, back: str) -> str:
        """Trade the code for an ID token."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": begun.verifier,
        }
        known, _ = self._published()
        methods = known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = "client_secret_basic" in methods
        if not basic:
            asked |= {"client_id": self._id, "client_secret": self._secret}
        # RFC 6749, 2.3.1: both are form-encoded before they are put into the header.
        auth = (quote(self._id, safe=""), quote(self._secret, safe="")) if basic else None
        return str(_json("POST", str(known["token_endpoint"]), data=asked, auth=auth).get("id_token", ""))

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        """The claims of an ID token that is signed by the provider, for us, now, in answer to this very request."""
        try:
            try:
                read = jwt.decode(token, self._published()[1], algorithms=ALGORITHMS)
            except (JoseError, ValueError):  # the provider may have changed its keys
                read = jwt.decode(token, self._published(anew=True)[1], algorithms=ALGORITHMS)
            checks = jwt.JWTClaimsRegistry(
                now=int(self._clock().timestamp()),
                leeway=LEEWAY,
                iss={"essential": True, "value": self._published()[0]["issuer"]},
                aud={"essential": True, "value": self._id},
                sub={"essential": True, "allow_blank": False},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": nonce},
            )
            checks.validate(read.claims)
        except (JoseError, ValueError, TypeError, KeyError):
            raise Refused("sign_in.provider") from None
        if read.claims.get("azp", self._id) != self._id:
            raise Refused("sign_in.provider")
        return dict(read.claims)

    def _published(self, anew: bool = False) -> tuple[dict[str, Any], KeySet]:
        """What the provider says of itself, and its keys."""
        with self._lock:
            at = self._clock()
            if self._known is None or anew or at - self._known[0] >= FRESH:
                said = _json("GET", f"{self.issuer}/.well-known/openid-configuration")
                if str(said.get("issuer", "")).rstrip("/") != self.issuer:
                    raise Refused("sign_in.provider")
                try:
                    self._known = at, said, KeySet.import_key_set(_json("GET", str(said["jwks_uri"])))  # type: ignore[arg-type]
                except (JoseError, ValueError, KeyError):
                    raise Refused("sign_in.provider") from None
            return self._known[1], self._known[2]


def _json(method: str, url: str, **more: Any) -> dict[str, Any]:
    """Ask the provider. Raises Refused where it does not answer as it should."""
    try:
        answer = requests.request(method, url, timeout=TIMEOUT, allow_redirects=False, **more)
        said = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError):
        said = None
    if not isinstance(said, dict):
        raise Refused("sign_in.provider")
    return said
