import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client

ROOT = Path(__file__).parents[3]
# Mail programs know no style sheets: what stands in `mail/` is sent, not served.
TEMPLATES = sorted(
    path
    for path in (ROOT / "answerable").rglob("templates/**/*.html")
    if path.parent.name != "mail"
)
TROUBLES = ["400", "403", "404", "500", "403_csrf"]

pytestmark = pytest.mark.urls("answerable.look.urls")


@pytest.mark.parametrize("name", TROUBLES)
def test_an_error_page_needs_nothing(name):
    html = engines["jinja2"].get_template(f"{name}.html").render({})

    assert "<h1>" in html
    assert "<script" not in html


@pytest.mark.parametrize("payload", ['"><svg onload=alert(1)>.jpg', "{{7*7}}", "${7*7}", "{% x %}"])
def test_what_people_write_stays_text(payload):
    html = (
        engines["jinja2"]
        .from_string("{{ name }}|{{ parts.badge(name) }}")
        .render({"name": payload})
    )

    assert "<svg onload" not in html
    assert "49" not in html


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(template):
    html = template.read_text()

    assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:|hx-on|\"js:", html)
    assert not re.search(r"(src|href)=\"(https?:)?//", html)
    assert "|safe" not in html


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_icons_are_in_the_sprite(template):
    known = set((ROOT / "frontend/icons.txt").read_text().split())
    named = re.findall(r"icon(?:_name=|\()\"([\w-]+)\"", template.read_text())

    assert set(named) <= known


def test_the_theme_is_remembered(client):
    response = client.post("/look/theme", {"theme": "dark", "next": "/look/"})

    assert response.cookies["theme"].value == "dark"
    assert response["Location"] == "/look/"


def test_the_theme_form_sends_nobody_elsewhere(client):
    response = client.post("/look/theme", {"theme": "dark", "next": "https://evil.example/"})

    assert response["Location"] == "/"


def test_the_parts_page_is_for_building_only(client: Client, settings):
    assert client.get("/look/").status_code == 404

    settings.DEBUG = True

    assert "Parts" in client.get("/look/").content.decode()
