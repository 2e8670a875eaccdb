"""Every template: it compiles, and has nothing inline that the content policy would refuse."""

import re

import pytest
from django.template import engines

from tests.house.sources import PRODUCT, named, templates

pytestmark = pytest.mark.any_database

# Mail programs know no style sheets from elsewhere: there style is inlined, and sent, not served.
MAIL = re.compile(r"/mail/|/letters/|\.txt$")

FORBIDDEN = {
    "a script without src": r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    "a style element": r"<style\b",
    "a style attribute": r"<[^>]*\sstyle=",
    "an event attribute": r"<[^>]*\son[a-z]+=",
    "a javascript address": r"javascript:",
    "markup declared safe": r"\|\s*safe\b",
    "escaping switched off": r"autoescape\s+(false|off)",
    "an address of another host": r"""(src|href|action)=["']?(https?:)?//""",
}


@pytest.mark.parametrize("template", templates(), ids=named)
def test_it_compiles(template):
    engines["jinja2"].env.parse(template.read_text())
    engines["jinja2"].env.compile(template.read_text(), filename=str(template))


@pytest.mark.parametrize("template", templates(), ids=named)
def test_it_has_nothing_inline(template):
    if MAIL.search(str(template)):
        return
    text = template.read_text()

    assert [
        name for name, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)
    ] == []


def test_what_is_written_is_escaped():
    env = engines["jinja2"].env

    assert env.from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("template", templates(), ids=named)
def test_its_includes_exist(template):
    named_in_it = re.findall(
        r"{%-?\s*(?:extends|include|from|import)\s+[\"']([^\"']+)", template.read_text()
    )

    for name in named_in_it:
        engines["jinja2"].env.get_template(name)


def test_no_template_is_hidden_from_these_tests():
    elsewhere = [named(path) for path in PRODUCT.rglob("*.html") if path not in templates()]

    assert [path for path in elsewhere if "/static/" not in path and "/tests/" not in path] == []
