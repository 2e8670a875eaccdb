import pytest

from answerable.channels.email.authenticity.lookups import Lookups
from answerable.channels.email.authenticity.macros import Facts, expanded
from answerable.channels.email.authenticity.spf import check_host
from answerable.channels.email.authenticity.spf_record import Invalid


def spf(names, record, ip="192.0.2.7", domain="shop.example", **others):
    names.publish(domain, "TXT", record)
    lookups = Lookups(names.resolver)
    return check_host(ip, domain, sender=f"a@{domain}", helo="mx.test", lookups=lookups)


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("v=spf1 ip4:192.0.2.7 -all", "pass"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "pass"),
        ("v=spf1 ip4:198.51.100.0/24 -all", "fail"),
        ("v=spf1 ip4:198.51.100.0/24 ~all", "softfail"),
        ("v=spf1 ?all", "neutral"),
        ("v=spf1", "neutral"),
        ("V=SPF1 IP4:192.0.2.7 -ALL", "pass"),
        ("v=spf10 +all", "none"),
        ("some other text", "none"),
        ("v=spf1 a -all", "pass"),
        ("v=spf1 a:mail.shop.example -all", "fail"),
        ("v=spf1 a/28 -all", "pass"),
        ("v=spf1 mx -all", "pass"),
        ("v=spf1 ptr:shop.example -all", "pass"),
        ("v=spf1 include:customer.example -all", "pass"),
        ("v=spf1 include:nobody.example -all", "permerror"),
        ("v=spf1 redirect=customer.example", "pass"),
        ("v=spf1 redirect=nobody.example", "permerror"),
        ("v=spf1 exists:%{i}._spf.%{d} -all", "pass"),
        ("v=spf1 unknown:thing -all", "permerror"),
        ("v=spf1 ip4:300.1.1.1 -all", "permerror"),
        ("v=spf1 ip6:2001:db8::/32 -all", "fail"),
        ("v=spf1 -all:x", "permerror"),
        ("v=spf1 a:/24 -all", "permerror"),
        ("v=spf1 moo=cow ip4:192.0.2.7 -all", "pass"),
        ("v=spf1 redirect=a.example redirect=b.example", "permerror"),
    ],
)
def test_a_record_says_who_may_send(names, record, result):
    names.publish("shop.example", "A", "192.0.2.7")
    names.publish("shop.example", "MX", "10 mx.shop.example.")
    names.publish("mx.shop.example", "A", "192.0.2.7")
    names.publish("7.2.0.192.in-addr.arpa", "PTR", "mx.shop.example.")
    names.publish("192.0.2.7._spf.shop.example", "A", "127.0.0.2")

    assert spf(names, record) == result


def test_a_domain_without_a_record_says_nothing(names):
    lookups = Lookups(names.resolver)

    assert check_host("192.0.2.7", "nowhere.example", sender="", helo="", lookups=lookups) == "none"


def test_two_records_are_an_error(names):
    names.publish("two.example", "TXT", "v=spf1 +all", "v=spf1 -all")
    lookups = Lookups(names.resolver)

    assert (
        check_host("192.0.2.7", "two.example", sender="", helo="", lookups=lookups) == "permerror"
    )


def test_a_chain_of_more_than_ten_look_ups_is_an_error(names):
    for n in range(12):
        names.publish(f"s{n}.example", "TXT", f"v=spf1 include:s{n + 1}.example")

    assert spf(names, "v=spf1 include:s0.example") == "permerror"
    assert len(names.asked) < 15


def test_a_circle_ends(names):
    assert spf(names, "v=spf1 include:shop.example -all") == "permerror"


def test_more_than_two_questions_into_the_void_are_an_error(names):
    assert spf(names, "v=spf1 a:x.example a:y.example a:z.example +all") == "permerror"


def test_an_ipv6_host_is_compared_as_one(names):
    assert spf(names, "v=spf1 ip6:2001:db8::/32 -all", ip="2001:db8::1") == "pass"
    assert spf(names, "v=spf1 ip4:192.0.2.7 -all", ip="::ffff:192.0.2.7") == "pass"


def test_a_silent_name_server_is_asked_again_another_time(names):
    names.keep_silent_about("shop.example", "TXT")
    lookups = Lookups(names.resolver, seconds=0.3)

    result = check_host("192.0.2.7", "shop.example", sender="", helo="", lookups=lookups)

    assert result == "temperror"


@pytest.mark.parametrize(
    ("spec", "domain"),
    [  # the examples of RFC 7208, 7.4
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l-}", "strong.bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%%%_%-", "% %20"),
        ("%{S}", "strong-bad%40email.example.com"),
    ],
)
def test_macros_mean_what_the_standard_says(spec, domain):
    import ipaddress

    facts = Facts(
        ipaddress.ip_address("192.0.2.3"), "strong-bad@email.example.com", "mx", "email.example.com"
    )

    assert expanded(spec, facts) == domain


@pytest.mark.parametrize("spec", ["%", "%{x}", "%{d0}", "a%b"])
def test_a_broken_macro_is_an_error(spec):
    with pytest.raises(Invalid):
        expanded(spec, Facts(None, "a@b.example", "", "b.example"))
