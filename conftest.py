"""What every test can ask for. tests/world.py has the small world, tests/browser.py the browser."""

from collections.abc import Iterator
from functools import partial
from itertools import count

import pytest

from tests.servers import PostgresServer, ValkeyServer

pytest_plugins = ["tests.running", "tests.browser", "tests.world"]

NUMBERS = count(1)


def pytest_addoption(parser):
    # Read by tests/settings.py, before options are parsed.
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server) -> str:
    """The address of a new, empty PostgreSQL database, whatever the suite itself runs on."""
    return postgres_server.create(f"fresh_{next(NUMBERS)}")


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    server = ValkeyServer()
    yield server.url
    server.stop()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed():` also does the work that waits for the commit."""
    return partial(django_capture_on_commit_callbacks, execute=True)
