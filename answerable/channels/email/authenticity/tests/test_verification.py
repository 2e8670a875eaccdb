import time

import dkim
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.channels.email.authenticity import Level, verify
from answerable.channels.email.authenticity.signing import record_to_publish, sign
from answerable.channels.email.authenticity.tests.name_server import NameServer
from answerable.channels.email.authenticity.tests.seals import sealed

CARL = "carl@customer.example"
MAIL = (
    b"From: Carl <carl@customer.example>\r\nTo: help@desk.example\r\nSubject: Lamp\r\n\r\nDark.\r\n"
)
OURS = "mx.desk.example"


def check(names, raw=MAIL, *, ip="198.51.100.9", sender=CARL, mail_from=CARL, fields=(), **others):
    return verify(
        raw,
        peer_ip=ip,
        helo="mx.somewhere.example",
        mail_from=mail_from,
        sender_email=sender,
        resolver=names.resolver,
        trusted_authserv_ids=[OURS],
        authentication_results=fields,
        **others,
    )


def signed(names, key, raw=MAIL, domain="customer.example"):
    names.publish(
        record_to_publish(domain, "s1", key)[0], "TXT", record_to_publish(domain, "s1", key)[1]
    )
    return sign(raw, domain, "s1", key)


def test_t086_a_mail_from_a_host_that_may_send_is_aligned(names):
    verdict = check(names, ip="192.0.2.7")

    assert (verdict.level, verdict.spf, verdict.dmarc) == (Level.ALIGNED, "pass", "pass")
    assert "customer.example" in verdict.reason


def test_t086_a_signed_mail_is_aligned_wherever_it_comes_from(names, key):
    verdict = check(names, signed(names, key))

    assert verdict.level == Level.ALIGNED
    assert [(each.domain, each.result) for each in verdict.dkim] == [("customer.example", "pass")]


def test_t086_a_forged_mail_fails_where_the_domain_wants_it_refused(names):
    verdict = check(names, mail_from="x@evil.example")

    assert (verdict.level, verdict.spf) == (Level.FAILED, "pass")
    assert (verdict.dmarc, verdict.policy) == ("fail", "reject")


def test_t086_a_forged_mail_of_a_domain_without_a_wish_is_unverified(names):
    raw = MAIL.replace(b"customer.example", b"quiet.example")

    assert check(names, raw, sender="carl@quiet.example").level == Level.UNVERIFIED


def test_a_domain_that_only_watches_makes_nobody_fail(names):
    names.publish("_dmarc.customer.example", "TXT", "v=DMARC1; p=none")

    assert check(names).level == Level.UNVERIFIED


def test_a_signature_of_somebody_else_proves_nothing(names, key):
    verdict = check(names, signed(names, key, domain="evil.example"))

    assert verdict.level == Level.FAILED
    assert verdict.dkim[0].result == "pass"


@pytest.mark.parametrize(
    "change", [(b"Dark.", b"Dart."), (b"Lamp", b"Damp"), (b"Carl <", b"Karl <")]
)
def test_a_changed_mail_has_no_valid_signature(names, key, change):
    verdict = check(names, signed(names, key).replace(*change))

    assert verdict.level == Level.FAILED
    assert verdict.dkim[0].result == "fail"


def test_a_signature_over_part_of_the_body_or_without_from_proves_nothing(names, key):
    signed(names, key)
    partly = dkim.sign(MAIL, b"s1", b"customer.example", key.encode(), length=True) + MAIL

    verdict = check(names, partly + b"and buy this")

    assert verdict.dkim[0].result == "fail"


def test_relaxed_alignment_goes_by_the_organization(names, key):
    raw = MAIL.replace(b"carl@customer", b"carl@news.customer")
    sender = "carl@news.customer.example"

    assert check(names, signed(names, key, raw), sender=sender).level == Level.ALIGNED


def test_strict_alignment_is_kept(names, key):
    names.publish("_dmarc.customer.example", "TXT", "v=DMARC1; p=reject; adkim=s")
    raw = MAIL.replace(b"carl@customer", b"carl@news.customer")

    assert (
        check(names, signed(names, key, raw), sender="carl@news.customer.example").level
        == Level.FAILED
    )


def test_neighbours_under_a_shared_suffix_do_not_speak_for_each_other(names, key):
    names.publish("_dmarc.co.uk", "TXT", "v=DMARC1; p=reject")
    raw = MAIL.replace(b"customer.example", b"customer.co.uk")

    verdict = check(
        names, signed(names, key, raw, domain="evil.co.uk"), sender="carl@customer.co.uk"
    )

    assert verdict.level != Level.ALIGNED


@pytest.mark.parametrize(
    "head",
    [
        b"From: carl@customer.example\r\nFrom: eve@evil.example\r\n",
        b"From: carl@customer.example, eve@evil.example\r\n",
        b"From: carl@customer.example\r\nfrom : carl@customer.example\r\n",
        b"From: eve@evil.example\r\n",
        b"From: attacker(&email=carl@customer.example&)@evil.example\r\n",
        b"From: <carl@customer.example> <eve@evil.example>\r\n",
        b"Subject: nobody\r\n",
    ],
)
def test_t098_a_mail_that_does_not_name_exactly_this_sender_is_unverified(names, head):
    verdict = check(names, head + b"\r\nDark.\r\n", ip="192.0.2.7")

    assert verdict.level == Level.UNVERIFIED


def with_fields(*fields, after=""):
    head = "".join(f"Authentication-Results: {each}\r\n" for each in fields)
    return head.encode() + after.encode() + MAIL


PASSED = f"{OURS}; dmarc=pass (p=REJECT) header.from=customer.example"


def test_t102_a_trusted_server_in_front_of_us_is_believed(names):
    verdict = check(names, with_fields(PASSED), ip="", fields=[PASSED])

    assert (verdict.level, verdict.decided_by) == (Level.ALIGNED, OURS)


@pytest.mark.parametrize(
    "forged",
    [
        "mx.evil.example; dmarc=pass header.from=customer.example",
        f"mx.evil.example ({OURS}); dmarc=pass header.from=customer.example",
        f"{OURS}.evil.example; dmarc=pass header.from=customer.example",
        f"{OURS}; dmarc=pass header.from=evil.example",
        f"{OURS}; dmarc=fail (; dmarc=pass header.from=customer.example) header.from=x.example",
        f'{OURS}; dkim=fail reason="x; dmarc=pass header.from=customer.example"',
        f"{OURS}; spf=pass smtp.mailfrom=customer.example.evil.example",
        "",
        "; dmarc=pass header.from=customer.example",
    ],
)
def test_t102_a_forged_field_is_not_believed(names, forged):
    verdict = check(names, with_fields(forged), ip="", fields=[forged])

    assert verdict.level in {Level.UNVERIFIED, Level.FAILED}


def test_t102_a_field_that_the_mail_brought_to_our_own_door_is_not_believed(names):
    assert check(names, with_fields(PASSED), fields=[PASSED]).level == Level.FAILED


def test_t102_a_field_below_one_of_another_server_is_not_believed(names):
    fields = ["mx.evil.example; dkim=none", PASSED]

    assert check(names, with_fields(*fields), ip="", fields=fields).level == Level.UNVERIFIED


def test_t102_a_field_below_the_line_of_the_trusted_server_is_not_believed(names):
    ours = f"{OURS}; dmarc=none header.from=customer.example"
    border = f"Received: by {OURS}\r\nAuthentication-Results: {PASSED}\r\n"

    verdict = check(names, with_fields(ours, after=border), ip="", fields=[ours, PASSED])

    assert verdict.level == Level.UNVERIFIED


def test_a_trusted_server_that_saw_a_forgery_is_believed_too(names):
    field = f"{OURS}; dmarc=fail header.from=customer.example"

    assert check(names, with_fields(field), ip="", fields=[field]).level == Level.FAILED


def test_a_mailbox_without_trusted_fields_is_checked_by_signature_alone(names, key):
    assert check(names, signed(names, key), ip="").level == Level.ALIGNED
    assert check(names, ip="").level == Level.UNVERIFIED


@pytest.mark.parametrize(
    ("sealer", "seen", "level"),
    [
        ("desk.example", PASSED, Level.ALIGNED),
        ("evil.example", PASSED, Level.UNVERIFIED),
        ("desk.example", "mx.evil.example; dmarc=pass header.from=customer.example", "unverified"),
        ("desk.example", f"{OURS}; dmarc=fail header.from=customer.example", Level.UNVERIFIED),
    ],
)
def test_t102_a_mail_passed_on_is_believed_by_the_seal_of_a_named_server(
    names, key, sealer, seen, level
):
    names.publish(*_as_text(record_to_publish(sealer, "s1", key)))

    verdict = check(names, sealed(MAIL, key, sealer, seen), ip="")

    assert (verdict.level, verdict.arc) == (level, "pass")


def _as_text(record):
    return record[0], "TXT", record[1]


def test_a_token_helps_the_unverified_and_not_the_forged(names):
    assert check(names, ip="").with_token().level == Level.TOKEN
    assert check(names).with_token().level == Level.FAILED


def test_silent_name_servers_cost_three_seconds_at_most(names, key):
    raw = signed(names, key)
    for name in ("s1._domainkey.customer.example", "customer.example", "_dmarc.customer.example"):
        names.keep_silent_about(name, "TXT")
    began = time.monotonic()

    verdict = check(names, raw, seconds=0.5)

    assert verdict.level == Level.UNVERIFIED
    assert time.monotonic() - began < 1


HOSTILE = {
    "blanks": MAIL + b" " * 1_000_000 + b"x",
    "blanks in the signature": MAIL.replace(b"Dark", b"Dark" + b" " * 500_000),
    "a thousand signatures": b"DKIM-Signature: v=1; a=rsa-sha256\r\n" * 5_000 + MAIL,
    "seals": b"".join(b"ARC-Seal: i=%d; a=b\r\n" % n for n in range(2_000)) + MAIL,
    "no lines": b"x" * 1_000_000,
    "comments": b"From: " + b"(" * 100_000 + MAIL,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_t099_a_hostile_mail_is_judged_in_short_time(names, key, raw):
    began = time.process_time()

    check(names, signed(names, key, raw) if raw.startswith(b"From: Carl") else raw)

    assert time.process_time() - began < 2


@given(st.binary(max_size=200), st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_no_bytes_make_it_fail(raw, one, two):
    verdict = verify(
        raw, peer_ip=one, helo=two, mail_from=one, sender_email=two, resolver=SILENT,
        authentication_results=[one, two], trusted_authserv_ids=[one], seconds=0,
    )  # fmt: skip

    assert verdict.level == Level.UNVERIFIED


SILENT = NameServer().resolver
