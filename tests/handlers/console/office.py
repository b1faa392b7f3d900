"""An office for tests: the real application over a seeded store, and people at their browsers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.config import Settings
from bot.signing_in import begin
from bot.store.accounts import Account, Role, put_rights
from bot.store.base import Clock, Store
from bot.store.projects import all_projects
from handlers.console.guard import TOKEN
from handlers.runtime import Runtime
from handlers.web import create_app

SECRETS = {
    "line_channel_secret": "secret-of-the-test",
    "line_channel_access_token": "token-of-the-test",
    "secret_key": "a-key-of-the-test-that-is-long-enough",
}
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Officer:
    """Somebody at a browser. Forms are sent with the token of a page of theirs, as a browser does."""

    client: FlaskClient
    account: Account | None = None

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **more)

    def post(self, path: str, data: Any = None, **more: Any) -> TestResponse:
        """Send a form, with the CSRF token."""
        return self.client.post(path, data={"csrf_token": self.csrf(), **(data or {})}, **more)

    def csrf(self) -> str:
        """The token of this browser's forms."""
        page = self.get("/console/profile" if self.account else "/console/sign-in")
        return CSRF.findall(page.text)[0]


@dataclass
class Office:
    """The application, and accounts as a test needs them."""

    runtime: Runtime
    app: Flask

    def stranger(self) -> Officer:
        """Somebody who is not signed in."""
        return Officer(self.app.test_client())

    def officer(self, role: Role = Role.ADMIN, projects: Sequence[str] = (), unsorted: bool = False) -> Officer:
        """Somebody who is signed in, with rights to these projects (slugs)."""
        account = self.account(role, projects, unsorted)
        person = Officer(self.app.test_client(), account)
        token = self.token(account)
        with person.client.session_transaction() as cookie:
            cookie[TOKEN] = token
        return person

    def token(self, account: Account) -> str:
        """Sign an account in: what its browser is to keep."""
        with self.runtime.store.transaction() as session:
            return begin(session, account.id, self.runtime.clock())

    def account(
        self, role: Role = Role.ADMIN, projects: Sequence[str] = (), unsorted: bool = False, password: str | None = None
    ) -> Account:
        """An account; `password` is an argon2 hash."""
        with self.runtime.store.transaction() as session:
            number = len(session.connection().exec_driver_sql("SELECT id FROM accounts").all()) + 1
            account = Account(
                name=f"คนที่ {number}",
                email=f"{role}{number}@example.org",
                role=role,
                unsorted=unsorted,
                password=password,
                created_at=self.runtime.clock(),
            )
            session.add(account)
            session.flush()
            put_rights(session, account.id, {each.id for each in all_projects(session) if each.slug in projects})
        return account


def office(store: Store, clock: Clock, data_dir: Path, **settings: Any) -> Office:
    """An office over a store; `settings` such as khaojai_env="production"."""
    runtime = Runtime(Settings(data_dir=data_dir, **{**SECRETS, **settings}), store, clock)
    app = create_app(runtime)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return Office(runtime, app)


def opened_again(before: Office, **settings: Any) -> Office:
    """Another process of the same office, with some settings changed."""
    return office(before.runtime.store, before.runtime.clock, before.runtime.settings.data_dir, **settings)
