"""A real browser for tests: Debian's Chromium, driven by Playwright, and watched."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZE = {"width": 1280, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "Browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What the pages of one test did that no page may do."""

    allowed: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("console", lambda message: self._note(message.type == "error", message.text))
        page.on("pageerror", lambda error: self._note(True, f"uncaught {error}"))
        page.on("request", lambda request: self._note(_is_foreign(request.url), request.url))

    def allow(self, words: str) -> None:
        """This test provokes it: what contains these words is expected."""
        self.allowed.append(words)

    def _note(self, wrong: bool, words: str) -> None:
        if wrong:
            self.seen.append(words)

    def complaints(self) -> list[str]:
        return [seen for seen in self.seen if not any(words in seen for words in self.allowed)]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """No console errors, no uncaught exceptions, no request that leaves this machine."""
    watch = Watch()
    yield watch
    assert not watch.complaints()


@pytest.fixture
def new_page(browser, watch) -> Iterator[Callable[..., Page]]:
    """A page in a browser of its own, as if on another machine: `new_page(color_scheme="dark")`."""
    contexts: list[BrowserContext] = []

    def new(**options) -> Page:
        context = browser.new_context(**{"viewport": SIZE, "locale": "en-GB"} | options)
        context.on("page", watch.follow)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page) -> Page:
    return new_page()


@pytest.fixture
def desk(page, demo_server) -> Page:
    """The demo desk, signed in as its owner, all shared by the session: change little."""
    sign_in(page, demo_server.url, "owner@demo.example", "demo-password")
    return page


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").first.fill(password)
    page.locator("main form").get_by_role("button", name="Sign in").first.click()
    page.wait_for_url("**/w/**")


def assert_accessible(page: Page) -> None:
    """Axe finds nothing on the page as it is now."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})

    assert results.violations_count == 0, results.generate_report()


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1"
