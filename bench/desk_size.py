"""What the first page of the desk transfers, and a later one, as `answerable run` serves them.

    python -m bench.desk_size

Followed as a browser does: the page, what it links to, what it fetches on load, and what the
style sheets ask for. Later pages have all but themselves in the cache.
"""

import http.client
import http.cookies
import json
import re
import sys
import zlib
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin

from bench.shops import PASSWORD, Shops
from tests.running import Running

KB = 1024
GOALS = {"first_kb": 120, "requests": 12, "later_kb": 30}
LINKS = re.compile(
    r'<link[^>]+rel="(?:stylesheet|icon|preload|modulepreload|manifest)"[^>]*href="([^"]+)"'
    r'|<script[^>]+src="([^"]+)"|<img(?![^>]*loading="lazy")[^>]+src="([^"]+)"'
    r'|<use href="([^"#]+)#|<[^>]+hx-get="([^"]+)"[^>]*hx-trigger="[^"]*\bload\b'
)
IN_STYLES = re.compile(r'url\("?([^")]+)"?\)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Browser:
    """Keeps cookies and counts what came over the line, headers and all."""

    port: int
    cookies: http.cookies.SimpleCookie = field(default_factory=http.cookies.SimpleCookie)
    came: dict[str, int] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> str:
        return self._ask("GET", path, "", headers)

    def post(self, path: str, **values: str) -> str:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(values), kind)

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> str:
        line = http.client.HTTPConnection("127.0.0.1", self.port)
        cookie = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        headers = {"Cookie": cookie, "Accept-Encoding": "gzip, br", "Accept": "text/html"} | headers
        line.request(method, path, body, headers)
        response = line.getresponse()
        content = response.read()
        told = sum(len(name) + len(value) + 4 for name, value in response.getheaders())
        self.came[path] = told + len(content)
        for value in response.headers.get_all("Set-Cookie") or ():
            self.cookies.load(value)
        if response.status in {301, 302, 303}:
            return self.get(response.headers["Location"])
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        if response.headers.get("Content-Encoding") == "gzip":
            content = zlib.decompress(content, 31)
        return content.decode("utf-8", "replace")


def sign_in(shop: Running) -> Browser:
    browser = Browser(shop.port)
    page = browser.get("/accounts/login/")
    token = TOKEN.search(page)
    assert token
    values = {"login": "owner@demo.example", "password": PASSWORD}
    browser.post("/accounts/login/", csrfmiddlewaretoken=token.group(1), **values)
    browser.came.clear()
    return browser


def visit(browser: Browser, path: str) -> None:
    """A page and all that a browser fetches with it."""
    page = browser.get(path)
    for found in LINKS.finditer(page):
        href = urljoin(path, next(filter(None, found.groups())).replace("&amp;", "&"))
        if href in browser.came:
            continue
        content = browser.get(href)
        for asked in IN_STYLES.findall(content) if href.endswith(".css") else ():
            if not asked.startswith("data:") and urljoin(href, asked) not in browser.came:
                browser.get(urljoin(href, asked))


def main() -> None:
    shops = Shops()
    shop = shops.of(1_000).start()
    try:
        browser = sign_in(shop)
        visit(browser, "/w/demo/lists/open")
        first = dict(browser.came)
        later = {path: _size(shop, path) for path in _later(browser)}
    finally:
        shop.stop()
    total = round(sum(first.values()) / KB, 1)
    figures = {"kb": total, "requests": len(first), "goals": GOALS}
    parts = {path: round(size / KB, 1) for path, size in first.items()}
    print(json.dumps({"what": "first page of the desk", **figures, "parts": parts}))
    print(json.dumps({"what": "later pages, kb", "most": max(later.values()), "pages": later}))
    shops.close()


def _later(browser: Browser) -> list[str]:
    numbers = re.findall(r'id="row-(\d+)"', browser.get("/w/demo/lists/resolved"))
    lists = ["mine", "unassigned", "resolved", "spam"]
    return [f"/w/demo/lists/{key}" for key in lists] + [
        f"/w/demo/conversations/{number}" for number in numbers[:5]
    ]


def _size(shop: Running, path: str) -> float:
    browser = sign_in(shop)
    browser.get(path)
    return round(sum(browser.came.values()) / KB, 1)


if __name__ == "__main__":
    sys.exit(main())
