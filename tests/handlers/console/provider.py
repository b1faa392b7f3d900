"""A small real provider of OpenID Connect: discovery, keys, authorization, token. It can be told to misbehave."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "khaojai client", "a secret/with+odd characters"
Claims = dict[str, Any]


@dataclass
class Signer:
    """The provider and its one person. `bend` changes the claims of the next ID tokens before they are signed."""

    address: str = ""
    now: Callable[[], float] = time.time
    person: Claims = field(default_factory=lambda: {"sub": "42", "email": "malee@example.org", "email_verified": True})
    bend: Callable[[Claims], Claims] = lambda claims: claims
    algorithm: str = "RS256"
    signed_by: str = "published"
    names: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    other: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    codes: dict[str, Claims] = field(default_factory=dict)

    def change_keys(self) -> None:
        """Sign with a new key from now on, and publish only that."""
        self.key = RSAKey.generate_key(2048, {"kid": "two"})

    def id_token(self, nonce: str) -> str:
        """A signed ID token, as bent."""
        at = int(self.now())
        claims = self.bend(
            {"iss": self.address, "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": nonce, **self.person}
        )
        if self.algorithm == "none":
            parts = (b'{"alg":"none"}', json.dumps(claims).encode())
            return ".".join(base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts) + "."
        if self.algorithm == "HS256":  # the old trick: the public key as if it were a shared secret
            shared = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode({"alg": "HS256", "kid": "one"}, claims, shared)
        signer = self.key if self.signed_by == "published" else self.other
        return jwt.encode({"alg": "RS256", "kid": signer.kid}, claims, signer)


def app(signer: Signer) -> Flask:
    """The provider, to be served."""
    served = Flask("provider")

    @served.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        at = signer.address
        return jsonify(
            issuer=signer.names or at, authorization_endpoint=f"{at}/authorize", token_endpoint=f"{at}/token",
            jwks_uri=f"{at}/keys",
        )  # fmt: skip

    @served.get("/keys")
    def keys() -> Response:
        return jsonify(KeySet([signer.key]).as_dict(private=False))

    @served.get("/authorize")
    def authorize() -> Any:
        asked = request.args.to_dict()
        assert asked["response_type"] == "code" and "openid" in asked["scope"].split()
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        signer.codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    @served.post("/token")
    def token() -> Any:
        form, who = request.form, request.authorization
        asked = signer.codes.pop(form["code"], None)
        proven = who and (unquote(who.username or ""), unquote(who.password or "")) == (CLIENT, SECRET)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not (proven and asked and asked["code_challenge"] == challenge):
            return jsonify(error="invalid_grant"), 400
        if asked["redirect_uri"] != form["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        return jsonify(access_token="x", token_type="Bearer", id_token=signer.id_token(asked["nonce"]))

    return served
