"""R01, R10, R11 on PostgreSQL: the database ends at once, again and again, under load."""

import random
import smtplib
import subprocess
import time

import pytest

from tests.faults.crowd import TIMES
from tests.faults.ledger import (
    ADDRESSES,
    Figures,
    Ledger,
    a_mail,
    asked,
    compared,
    let_leases_run_out,
    senders,
    until_all_are_filed,
    wait_until,
    with_inboxes,
)
from tests.servers import PostgresServer

pytestmark = pytest.mark.faults

# Answers on and on, and prints the number of each when it is told that it is kept.
ANSWER = """
import time
from django.db import connection, Error
from answerable.conversations.models import Conversation
from answerable.workspaces.models import Member, User
number = 0
while True:
    try:
        conversation = Conversation.objects.filter(workspace__slug="red").first()
        by = Member.objects.get()
        conversation.reply(f"answer {number}", by=by, to=["carl@customer.example"])
        print(number, flush=True)
    except Error:
        connection.close()
        time.sleep(0.1)
    number += 1
    time.sleep(0.02)
"""
ADA = """
from answerable.workspaces.models import Member, User, Workspace
red = Workspace.objects.get(slug="red")
user = User.objects.create_user("ada@red.example", "a-long-enough-password", name="Ada")
Member.objects.create(workspace=red, user=user, role=red.roles.get(key="agent"), display_name="Ada")
"""
ANSWERS = (
    "SELECT new_text, COUNT(*) FROM conversations_message WHERE kind = 'out' GROUP BY new_text"
)


@pytest.fixture
def server():
    server = PostgresServer(durable=True)
    yield server
    server.stop()


@pytest.fixture
def on_postgres(installation, server):
    installation.more = {"DATABASE_URL": server.create("faults")}
    with_inboxes(installation).command("manage", "shell", "-c", ADA)
    return installation.start()


def send(installation, raw):
    with smtplib.SMTP("127.0.0.1", installation.smtp_port, timeout=60) as client:
        client.sendmail("carl@customer.example", ADDRESSES[:1], raw)


def test_r10_while_postgresql_is_away_senders_are_told_to_come_again(on_postgres, server):
    raw = a_mail(random.Random(10))
    server.crash()
    began = time.monotonic()
    with pytest.raises((smtplib.SMTPDataError, smtplib.SMTPRecipientsRefused)) as told:
        send(on_postgres, raw)
    assert time.monotonic() - began < 30
    assert " 4" in f" {told.value}" or "45" in str(told.value)

    server.come_back()
    send(on_postgres, raw)

    until_all_are_filed(on_postgres)
    assert asked(on_postgres, "SELECT state FROM email_mail") == [("filed",)]


def test_r11_nothing_is_lost_or_half_written_when_postgresql_ends_under_load(on_postgres, server):
    ledger, chance = Ledger(), random.Random(11)
    sending = senders(on_postgres, ledger, 4)
    wait_until(lambda: asked(on_postgres, "SELECT COUNT(*) > 0 FROM conversations_message")[0][0])
    words = [*on_postgres.program, "manage", "shell", "-v", "0", "-c", ANSWER]
    answering = subprocess.Popen(words, env=on_postgres.environ, stdout=subprocess.PIPE)
    for _ in range(3 * TIMES):
        time.sleep(chance.uniform(0.5, 2))
        server.crash()
        server.come_back()
        before = len(ledger.acknowledged)
        wait_until(lambda before=before: len(ledger.acknowledged) > before)
    for sender in sending:
        sender.stop()
    answering.kill()
    told = answering.communicate()[0].split()
    let_leases_run_out(on_postgres)
    until_all_are_filed(on_postgres)

    assert compared(ledger, on_postgres) == Figures(acknowledged=len(ledger.acknowledged))
    kept = dict(asked(on_postgres, ANSWERS))
    assert {f"answer {int(number)}" for number in told} <= kept.keys()
    assert set(kept.values()) <= {1}
    assert told
