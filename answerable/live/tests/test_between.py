"""The live layer between processes: what one commits, a page at another hears."""

import os
import time
from contextlib import contextmanager

import pytest
from django.db import connection
from websockets.sync.client import connect

from answerable.kit import hints
from answerable.kit.hints.choice import carrier
from answerable.live.tests.conftest import Page
from tests.running import Running

WITHIN = {"valkey": 0.8, "database": 0.8, "nothing": 2.5}


@pytest.fixture(params=["valkey", "database"])
def between(request, settings):
    """What carries hints; on SQLite without Valkey nothing does, and the hub's own look must do."""
    if request.param == "valkey":
        settings.REDIS_URL = request.getfixturevalue("valkey_url")
    hints.connect(carrier())
    yield request.param if settings.REDIS_URL or connection.vendor == "postgresql" else "nothing"
    hints.disconnect()


@pytest.fixture
def elsewhere(transactional_db, between, settings, tmp_path):
    """`answerable web` in a process of its own, on the database of this test."""
    name = settings.DATABASES["default"]["NAME"]
    address = os.environ.get("ANSWERABLE_DATABASE_URL", "").rpartition("/")[0]
    more = {"DATABASE_URL": f"{address}/{name}" if address else f"sqlite:///{name}"}
    more |= {"SECRET_KEY": settings.SECRET_KEY, "REDIS_URL": settings.REDIS_URL}
    running = Running(tmp_path / "data", more)
    yield running.start("web")
    running.stop()


@pytest.fixture
def open_there(elsewhere, cookie):
    """Opens a page of a member at the other process."""

    @contextmanager
    def opened(member, watching=()):
        url = f"{elsewhere.url.replace('http', 'ws')}/live/w/{member.workspace.slug}"
        headers = {"Cookie": cookie(member)}
        with connect(url, origin=elsewhere.url, additional_headers=headers) as socket:
            page = Page(socket)
            page.say(since=None, watching=list(watching))
            page.hear_until_up()
            yield page

    return opened


def test_a_page_at_another_process_hears_within_a_second(between, open_there, ada, broken_lamp):
    with open_there(ada) as page:
        began = time.monotonic()

        broken_lamp.resolve(by=ada)

        assert page.hear()["kind"] == "resolved"
    assert time.monotonic() - began < WITHIN[between]


@pytest.mark.parametrize("between", ["valkey"], indirect=True)
def test_colleagues_at_two_processes_see_each_other(open_there, open_page, ada, olga, broken_lamp):
    with open_there(ada, [broken_lamp.pk]) as there, open_page(olga) as here:
        here.hear_until_up()

        here.say(view=broken_lamp.pk)

        assert there.hear()["here"][0]["name"] == "Olga"


def test_R12_a_carrier_that_dies_costs_no_more_than_a_look(open_there, ada, broken_lamp):
    with open_there(ada) as page:
        hints.disconnect()
        began = time.monotonic()

        broken_lamp.resolve(by=ada)

        assert page.hear()["kind"] == "resolved"
    assert time.monotonic() - began < WITHIN["nothing"]
