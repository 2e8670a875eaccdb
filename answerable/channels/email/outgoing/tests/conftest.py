from functools import partial

import pytest

from answerable.channels.email.models import MailAccount
from answerable.channels.email.outgoing.tests.sink import Sink, certificate_for
from answerable.channels.email.outgoing.transports.kept import KEPT


@pytest.fixture
def sinks(settings):
    """Makes SMTP servers, and ends them."""
    settings.PRIVATE_HOSTS = ["127.0.0.1", "localhost"]
    made: list[Sink] = []

    def make(**options) -> Sink:
        made.append(Sink(**options))
        return made[-1]

    yield make
    KEPT.close()
    for sink in made:
        sink.stop()


@pytest.fixture
def sink(sinks) -> Sink:
    """A plain SMTP server that takes everything."""
    return sinks()


@pytest.fixture
def certified(tmp_path, monkeypatch):
    """TLS for a server of this name, by an authority that we trust."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return partial(certificate_for, folder=tmp_path)


@pytest.fixture
def account(support) -> MailAccount:
    return MailAccount.objects.get(inbox=support)


@pytest.fixture
def by_smtp(account, sink) -> MailAccount:
    """Support's account, which sends by the sink."""
    return use(account, sink)


def use(account: MailAccount, sink: Sink, **change) -> MailAccount:
    change = {"smtp_security": "none", "smtp_host": "127.0.0.1", **change}
    for name, value in {"outgoing": "smtp", "smtp_port": sink.port, **change}.items():
        setattr(account, name, value)
    account.save()
    return account
