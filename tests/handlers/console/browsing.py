"""The console in a real browser: opened as somebody, in a width and colours, and judged by axe."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.handlers.console.office import Office, Officer

PHONE, DESK = 390, 1280
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_axe = Axe()


@dataclass
class Browsing:
    """A browser before a served office. `troubles`: what a page logged as an error, CSP violations among it."""

    office: Office
    address: str
    browser: Browser
    troubles: list[str] = field(default_factory=list)
    strange_hosts: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, person: Officer, path: str, width: int = DESK, dark: bool = False) -> Page:
        """A page of the console, in a fresh browser of this person."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            locale="th-TH",
        )
        self.contexts.append(context)
        cookie = person.client.get_cookie("khaojai")
        if cookie is not None:
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        page = context.new_page()
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda asked: self._note_host(asked.url))
        page.goto(path)
        return page

    def _note_host(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.strange_hosts.append(url)

    def close(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page: rule and element, for each."""
    found: list[dict[str, Any]] = _axe.run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]} {node['failureSummary']}" for each in found for node in each["nodes"]]


def is_too_wide(page: Page) -> bool:
    """Whether the page itself scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
