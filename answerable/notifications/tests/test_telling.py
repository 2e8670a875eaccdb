import pytest

from answerable.channels.email.tests.post import letter, post
from answerable.kit.readers import read_all
from answerable.notifications.models import Notification
from answerable.workspaces.models import Notice
from tests.world import member_of

PROOF = {"authentication_results": "mx.demo.example; dmarc=pass header.from=demo.example"}


@pytest.fixture(autouse=True)
def _all_is_told(broken_lamp):
    """What came before a test begins has been read."""
    read_all()


@pytest.fixture
def told(db):
    def told(member):
        read_all()
        return list(Notice.objects.filter(to=member.user.email).order_by("pk"))

    return told


def test_the_assignee_is_told_when_the_customer_writes(broken_lamp, ada, told, support):
    broken_lamp.assign(ada, by=ada)
    post(
        letter("Still dark", in_reply_to=broken_lamp.reply("Hm", by=ada).message_id),
        support.mail_account,
    )

    (notice,) = told(ada)

    assert "Carl" in notice.text
    assert "Still dark" in notice.text
    assert f"#{broken_lamp.number}" in notice.subject


def test_nobody_is_told_what_they_did_themselves(broken_lamp, ada, told):
    broken_lamp.assign(ada, by=ada)
    broken_lamp.reply("Try the switch.", by=ada)

    assert told(ada) == []


def test_a_mention_is_told_once(broken_lamp, ada, olga, told):
    broken_lamp.note("@Olga please", by=ada, mentions=[olga])

    assert len(told(olga)) == 1
    assert len(told(olga)) == 1


def test_T050_who_lost_access_is_told_nothing(broken_lamp, ada, support, told, demo):
    other = member_of(demo, "Zoe")
    support.members.add(other)
    broken_lamp.assign(other, by=ada)
    support.members.clear()

    assert told(other) == []
    assert not Notification.objects.exists()


def test_the_answer_to_a_notification_goes_to_the_customer(broken_lamp, ada, olga, support, told):
    support.mail_account.trusted_authserv_ids = ["mx.demo.example"]
    support.mail_account.save()
    broken_lamp.assign(ada, by=olga)
    (notice,) = told(ada)
    to = notice.headers["Reply-To"]

    mail = post(
        letter("Try the switch.", sender="ada@demo.example", to=to, **PROOF),
        support.mail_account,
        recipient=to,
    )

    assert mail.message.kind == "out"
    assert mail.message.to == ["carl@customer.example"]


def test_links_are_made_of_the_site_alone(broken_lamp, ada, olga, told, settings):
    broken_lamp.assign(ada, by=olga)

    (notice,) = told(ada)

    assert f"{settings.SITE_URL}/w/demo/conversations/{broken_lamp.number}" in notice.text
