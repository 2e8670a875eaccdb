import pytest

from answerable.channels.email.authenticity.advice import Expected, check_domain
from answerable.channels.email.authenticity.signing import record_to_publish

DOMAIN = "shop.example"


@pytest.fixture
def expected(key):
    name, record = record_to_publish(DOMAIN, "desk", key)
    return Expected(
        mail_hosts=["mx.desk.example"],
        sending_ips=["192.0.2.7"],
        selector=name.partition(".")[0],
        dkim_record=record,
    )


@pytest.fixture
def set_up(names, expected):
    """A domain where everything is as it should be."""
    names.publish(DOMAIN, "MX", "10 mx.desk.example.")
    names.publish(DOMAIN, "TXT", "v=spf1 ip4:192.0.2.7 -all")
    names.publish(f"desk._domainkey.{DOMAIN}", "TXT", expected.dkim_record)
    names.publish(f"_dmarc.{DOMAIN}", "TXT", "v=DMARC1; p=reject; rua=mailto:a@shop.example")
    return names


def grades(names, expected):
    return [finding.grade for finding in check_domain(DOMAIN, names.resolver, expected)]


def test_a_domain_that_is_set_up_has_nothing_to_do(set_up, expected):
    findings = check_domain(DOMAIN, set_up.resolver, expected)

    assert [finding.grade for finding in findings] == ["ok", "ok", "ok", "ok"]
    assert not any(finding.what_to_do for finding in findings)


def test_a_new_domain_is_told_what_to_publish(names, expected):
    findings = check_domain(DOMAIN, names.resolver, expected)

    assert [finding.grade for finding in findings] == ["bad", "bad", "bad", "warn"]
    assert "v=spf1 ip4:192.0.2.7 mx ~all" in findings[1].what_to_do
    assert expected.dkim_record in findings[2].what_to_do
    assert "_dmarc.shop.example" in findings[3].what_to_do


@pytest.mark.parametrize(
    ("name", "texts", "grade"),
    [
        (DOMAIN, ["10 mx.elsewhere.example."], "warn"),
        (DOMAIN, ["0 ."], "bad"),
        (DOMAIN, ["v=spf1 +all"], "bad"),
        (DOMAIN, ["v=spf1 ip4:192.0.2.7"], "bad"),
        (DOMAIN, ["v=spf1 -all", "v=spf1 +all"], "bad"),
        (DOMAIN, ["v=spf1 ip4:198.51.100.1 -all"], "bad"),
        (DOMAIN, ["v=spf1 wrong -all"], "bad"),
        (f"desk._domainkey.{DOMAIN}", ["v=DKIM1; p="], "bad"),
        (f"desk._domainkey.{DOMAIN}", ["v=DKIM1; k=rsa; p=MIIB"], "bad"),
        (f"_dmarc.{DOMAIN}", ["v=DMARC1; p=none"], "warn"),
        (f"_dmarc.{DOMAIN}", ["v=DMARC1; p=reject", "v=DMARC1; p=none"], "bad"),
    ],
)
def test_what_is_wrong_is_found(set_up, expected, name, texts, grade):
    set_up.publish(name, "MX" if texts[0][0].isdigit() else "TXT", *texts)

    assert grade in grades(set_up, expected)


def test_a_wish_of_the_domain_above_counts(set_up, expected):
    set_up.zone[f"_dmarc.mail.{DOMAIN}", "TXT"] = []

    findings = check_domain(f"mail.{DOMAIN}", set_up.resolver)

    assert findings[-1].grade == "ok"


def test_silent_name_servers_are_no_mistake_of_the_domain(names, expected):
    names.keep_silent_about(DOMAIN, "MX")

    assert grades(names, expected)[0] == "warn"
