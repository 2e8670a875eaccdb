"""The program is killed while answers leave: none is lost, none is sent twice."""

import json
import time
from collections import Counter

import pytest

from answerable.channels.email.outgoing.tests.sink import Sink

pytestmark = pytest.mark.faults

ANSWERS, KILLS, THREADS = 60, 4, 4
ASK = """
from answerable.channels.email.models import MailAccount
from answerable.conversations.models import Conversation
from answerable.workspaces.models import Member
account = MailAccount.objects.get(address="support@demo.example")
account.outgoing, account.smtp_host, account.smtp_port = "smtp", "127.0.0.1", {port}
account.smtp_security = "none"
account.save()
conversation = Conversation.objects.filter(inbox=account.inbox).first()
ada = Member.objects.filter(workspace=account.workspace).first()
for number in range({answers}):
    conversation.reply("Hello", by=ada, to=[f"p{{number}}@customer.example"])
"""
LEASES_RUN_OUT = """
from answerable.channels.email.models import Delivery
Delivery.objects.exclude(lease_until=None).update(lease_until="2020-01-01T00:00:00Z")
"""
STATES = """
import json
from answerable.channels.email.models import Delivery
told = Delivery.objects.filter(recipient__endswith="@customer.example")
print(json.dumps(dict(told.filter(recipient__startswith="p").values_list("recipient", "state"))))
"""


@pytest.fixture
def sink():
    sink = Sink()
    sink.behaviour.slowness = 0.1
    yield sink
    sink.stop()


def test_killed_while_sending_nothing_is_lost_and_nothing_is_sent_twice(installation, sink):
    installation.more |= {"PRIVATE_HOSTS": "127.0.0.1", "WORKER_THREADS": str(THREADS)}
    installation.command("demo")
    shell(installation, ASK.format(port=sink.port, answers=ANSWERS))

    for kill in range(1, KILLS + 1):
        installation.start()
        wait_until(lambda at=kill * 10: len(sink.behaviour.taken) >= at)
        installation.kill()
        shell(installation, LEASES_RUN_OUT)
    installation.start()
    wait_until(lambda: not {"planned", "sending", "deferred"} & set(states(installation).values()))

    told = states(installation)
    taken = Counter(recipient for _, recipient, _ in sink.behaviour.taken)
    assert len(told) == ANSWERS
    assert max(taken.values()) == 1
    assert all(taken[recipient] == 1 for recipient, state in told.items() if state == "accepted")
    unknown = [recipient for recipient, state in told.items() if state == "unknown"]
    assert len(unknown) <= KILLS * THREADS
    assert set(told) - set(taken) <= set(unknown)


def shell(installation, script: str) -> str:
    return installation.command("manage", "shell", "-v", "0", "-c", script)


def states(installation) -> dict[str, str]:
    return json.loads(shell(installation, STATES).strip().splitlines()[-1])


def wait_until(so, seconds: float = 60) -> None:
    last = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < last, "too late"
        time.sleep(0.02)
