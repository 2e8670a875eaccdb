import pytest

from answerable.channels.email.authenticity.signing import new_key
from answerable.channels.email.authenticity.tests.name_server import name_server


@pytest.fixture
def names():
    """The DNS of a small world: Carl's company, and somebody who is not to be trusted."""
    with name_server() as server:
        server.publish("customer.example", "TXT", "v=spf1 ip4:192.0.2.0/24 -all")
        server.publish("_dmarc.customer.example", "TXT", "v=DMARC1; p=reject")
        server.publish("evil.example", "TXT", "v=spf1 +all")
        server.publish("quiet.example", "TXT", "v=spf1 ip4:192.0.2.0/24 -all")
        yield server


@pytest.fixture(scope="session")
def key():
    return new_key()
