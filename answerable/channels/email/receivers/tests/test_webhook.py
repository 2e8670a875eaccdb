"""Mail that providers post: signed as they sign, kept as they got it (T096)."""

import base64
import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from answerable.channels.email import store
from answerable.channels.email.models import Mail
from answerable.channels.email.reading import read
from answerable.channels.email.receivers.webhook import address_for
from answerable.channels.email.tests.holding import held_by_another

RAW = "From: Carl <carl@customer.example>\r\nSubject: Größe\r\n\r\nIt is broken.\r\n"
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:anymail")
KEY = "signing-key"
ENVELOPE = {"sender": "carl@customer.example", "recipient": "support+r.x@demo.example"}


@pytest.fixture
def account(support):
    account = support.mail_account
    account.webhook_secret = "a-long-secret-of-this-account"
    account.webhook_signing_key = KEY
    account.save()
    return account


@pytest.fixture
def post(client, account):
    """Posts to the address of the account as a provider would."""

    def send(provider, data=None, *, address=None, content_type=None, **headers):
        where = (address or address_for(account, provider)).removeprefix("http://127.0.0.1:8000")
        more = {"content_type": content_type} if content_type else {}
        return client.post(where, data, headers=headers, **more)

    return send


def as_json(post, provider, event, **headers):
    return post(provider, json.dumps(event), content_type="application/json", **headers)


def signed_by_mailgun(key=KEY, **fields):
    proof = {"timestamp": "1700000000", "token": "token"}
    said = f"{proof['timestamp']}{proof['token']}".encode()
    return {**fields, **proof, "signature": hmac.new(key.encode(), said, "sha256").hexdigest()}


def kept():
    return [(bytes(row.raw).decode(), row.mail_from, row.recipient) for row in Mail.objects.all()]


def test_mailgun_hands_over_the_mail_as_it_came(post):
    answer = post("mailgun-mime", signed_by_mailgun(**{"body-mime": RAW}, **ENVELOPE))

    assert answer.status_code == 200
    assert kept() == [(RAW, *ENVELOPE.values())]
    assert Mail.objects.get().received_by == "webhook"


def test_mailgun_without_the_mail_itself_is_put_together_anew(post):
    headers = [["From", "Carl <carl@customer.example>"], ["Subject", "Lamp"]]
    fields = {"message-headers": json.dumps(headers), "body-plain": "It is broken."}

    answer = post("mailgun", signed_by_mailgun(**fields, **ENVELOPE))

    assert answer.status_code == 200
    letter = read(bytes(Mail.objects.get().raw))
    assert letter.senders[0].email == "carl@customer.example"
    assert letter.text.strip() == "It is broken."


@pytest.mark.parametrize(
    "fields", [{}, {"signature": "0" * 64, "timestamp": "1", "token": "t"}, signed_by_mailgun("x")]
)
def test_what_is_not_signed_is_refused(post, fields):
    answer = post("mailgun-mime", {"body-mime": RAW, **ENVELOPE, **fields})

    assert answer.status_code == 403
    assert kept() == []


def test_postmark_sendgrid_and_sparkpost_hand_over_the_mail_as_it_came(post):
    relayed = {"content": {"email_rfc822": base64.b64encode(RAW.encode()).decode()}}
    relayed["content"]["email_rfc822_is_base64"] = True
    envelope = json.dumps({"from": "carl@customer.example", "to": ["support@demo.example"]})

    answers = [
        as_json(post, "postmark", {"RawEmail": RAW + "1", "OriginalRecipient": "x@y.example"}),
        post("sendgrid", {"email": RAW + "2", "envelope": envelope}),
        as_json(post, "sparkpost", [{"msys": {"relay_message": relayed}}]),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert sorted(raw for raw, *_ in kept()) == [RAW, RAW + "1", RAW + "2"]


def test_mailersend_and_mandrill_are_believed_by_their_signatures(post, account):
    body = json.dumps({"type": "inbound.message", "data": {"raw": RAW}})
    sign = hmac.new(KEY.encode(), body.encode(), "sha256").hexdigest()
    events = json.dumps([{"event": "inbound", "msg": {"raw_msg": RAW + "2"}}])
    said = f"{address_for(account, 'mandrill')}mandrill_events{events}".encode()
    proof = base64.b64encode(hmac.new(KEY.encode(), said, hashlib.sha1).digest()).decode()

    answers = [
        post("mailersend", body, content_type="application/json", Signature=sign),
        post("mailersend", body, content_type="application/json", Signature="0" * 64),
        post("mandrill", {"mandrill_events": events}, **{"X-Mandrill-Signature": proof}),
        post("mandrill", {"mandrill_events": events}, **{"X-Mandrill-Signature": "no"}),
    ]

    assert [answer.status_code for answer in answers] == [200, 403, 200, 403]
    assert sorted(raw for raw, *_ in kept()) == [RAW, RAW + "2"]


def test_postal_is_believed_by_its_public_key(post, account):
    private = rsa.generate_private_key(65537, 2048)
    pem = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    account.webhook_signing_key = "".join(pem.decode().splitlines()[1:-1])
    account.save()
    body = json.dumps(
        {"message": base64.b64encode(b"\xff" + RAW.encode()).decode(), "base64": True}
    )
    proof = base64.b64encode(
        private.sign(body.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - Postal's choice
    ).decode()

    good = post("postal", body, content_type="application/json", **{"X-Postal-Signature": proof})
    bad = post(
        "postal", body + " ", content_type="application/json", **{"X-Postal-Signature": proof}
    )

    assert (good.status_code, bad.status_code) == (200, 403)
    assert bytes(Mail.objects.get().raw) == b"\xff" + RAW.encode()


def test_a_large_mail_in_a_form_is_kept_byte_for_byte(post):
    large = RAW + "x" * 7_000_000

    answer = post("mailgun-mime", signed_by_mailgun(**{"body-mime": large}, **ENVELOPE))

    assert answer.status_code == 200
    assert kept()[0][0] == large


def test_what_is_larger_than_any_mail_is_refused(post, settings):
    settings.MAIL_LIMIT = 1000

    assert as_json(post, "postmark", {"RawEmail": "x" * 3000}).status_code == 413


@pytest.mark.parametrize("secret", ["wrong", "a-long-secret-of-this-accounT", "%00", "é"])
def test_without_the_secret_there_is_nothing_here(post, account, secret):
    address = f"/mail/in/{account.pk}/{secret}/postmark"
    assert post("postmark", {"RawEmail": RAW}, address=address).status_code == 404

    account.webhook_secret = ""
    account.save()
    assert post("postmark", {}, address=f"/mail/in/{account.pk}/x/postmark").status_code == 404
    assert kept() == []


def test_an_address_of_another_account_takes_nothing_for_it(post, account, other_matter):
    theirs = {"sender": "carl@customer.example", "recipient": "help@other.example"}

    post("mailgun-mime", signed_by_mailgun(**{"body-mime": RAW}, **theirs))

    assert Mail.objects.get().account == account
    assert Mail.objects.get().recipient == account.address


@pytest.mark.parametrize("body", ["", "[]", "{", '{"RawEmail": 5}', "null", '{"a":' * 2000])
@pytest.mark.parametrize("provider", ["postmark", "sparkpost", "mailjet", "sendgrid"])
def test_what_cannot_be_read_is_refused_and_breaks_nothing(post, provider, body):
    answer = post(provider, body, content_type="application/json")

    assert answer.status_code in {200, 400}
    assert kept() == [] or answer.status_code == 200


def test_the_same_mail_posted_again_is_kept_once(post):
    for _ in range(3):
        assert as_json(post, "postmark", {"RawEmail": RAW}).status_code == 200
    assert len(kept()) == 1


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_the_provider_is_told_to_come_again(account, post, monkeypatch):
    monkeypatch.setattr(store, "SECONDS_TO_WAIT", 0.1)
    store.hang_up()

    with held_by_another():
        answer = as_json(post, "postmark", {"RawEmail": RAW})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert kept() == []
