import time

import orjson
import pytest
from django.contrib.sessions.models import Session
from websockets.exceptions import ConnectionClosed, InvalidStatus

from answerable.live.line import NOT_FOUND, TOO_MUCH
from tests.world import ask as ask_support

REVOKED_WITHIN = 5.0


def test_what_happens_is_told_by_its_number_alone(open_page, ada, broken_lamp):
    with open_page(ada) as page:
        page.hear_until_up()

        broken_lamp.resolve(by=ada)

        told = page.hear()
    assert told == {
        "number": broken_lamp.events.last().number,
        "kind": "resolved",
        "conversation": broken_lamp.pk,
    }


def test_what_was_missed_is_told_once_and_in_order(open_page, ada, broken_lamp):
    since = broken_lamp.events.last().number
    broken_lamp.resolve(by=ada)
    broken_lamp.reopen(by=ada)

    with open_page(ada, since=since) as page:
        missed = page.hear_until_up()

    assert [one["number"] for one in missed] == [since + 1, since + 2]


def test_whoever_missed_too_much_is_told_to_fetch_anew(open_page, ada, broken_lamp):
    with open_page(ada, since=10_000_000) as page:
        assert page.hear_until_up() == [
            {"snapshot": True, "number": broken_lamp.events.last().number}
        ]


def test_T042_nothing_is_told_of_what_may_not_be_seen(open_page, ada, bo, broken_lamp):
    numbers = [broken_lamp.pk, "conv.%", -1, True]
    with open_page(bo, since=0, watching=numbers) as outside, open_page(ada) as inside:
        assert outside.hear_until_up() == []
        inside.hear_until_up()

        broken_lamp.resolve(by=ada)

        assert inside.hear()["kind"] == "resolved"
        assert outside.hears_nothing()


def test_T042_another_workspace_hears_nothing(open_page, ada, mallory, broken_lamp, other_matter):
    with open_page(mallory) as outside, open_page(ada) as inside:
        outside.hear_until_up()
        inside.hear_until_up()

        broken_lamp.resolve(by=ada)

        assert inside.hear()["kind"] == "resolved"
        assert outside.hears_nothing()


def test_T042_of_what_leaves_ones_sight_one_hears_only_that(open_page, ada, olga, broken_lamp):
    with open_page(ada, watching=[broken_lamp.pk]) as page:
        page.hear_until_up()
        broken_lamp.inbox.teams.clear()

        broken_lamp.resolve(by=olga)
        left = page.hear()
        broken_lamp.reopen(by=olga)

        assert left["kind"] == "gone"
        assert page.hears_nothing()


def test_a_stranger_gets_no_line(open_page, mallory, ada):
    with pytest.raises(InvalidStatus) as refused, open_page(mallory, workspace="demo"):
        pass

    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1.evil.example"]
)
def test_T081_a_page_of_another_origin_gets_no_line(open_page, ada, origin):
    with pytest.raises(InvalidStatus) as refused, open_page(ada, origin=origin):
        pass

    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("ending", ["session", "password", "membership", "account"])
def test_T061_a_line_ends_with_what_let_it_in(open_page, ada, ending):
    with open_page(ada) as page:
        page.hear_until_up()
        began = time.monotonic()

        _end(ending, ada)
        with pytest.raises(ConnectionClosed) as closed:
            page.hear(timeout=REVOKED_WITHIN)

    assert closed.value.rcvd.code == NOT_FOUND
    assert time.monotonic() - began < REVOKED_WITHIN


def _end(ending, member):
    if ending == "session":
        Session.objects.all().delete()
    elif ending == "password":
        member.user.set_password("another-long-password")
        member.user.save()
    elif ending == "membership":
        type(member).objects.filter(pk=member.pk).update(active=False)
    else:
        type(member.user).objects.filter(pk=member.user_id).update(is_active=False)


def _talk(page):
    for _ in range(200):
        page.say(view=1)
    while True:
        page.hear()


def test_a_page_that_talks_too_much_is_cut_off(open_page, ada):
    with open_page(ada) as page, pytest.raises(ConnectionClosed) as closed:
        _talk(page)

    assert closed.value.rcvd.code == TOO_MUCH


@pytest.mark.parametrize("word", ["", "[]", "{", '{"since": {}}', '{"watching": 7}', "null"])
def test_nonsense_does_no_harm(open_page, ada, broken_lamp, word):
    with open_page(ada) as page:
        page.socket.send(word)
        page.hear_until_up()

        broken_lamp.resolve(by=ada)

        assert page.hear()["kind"] == "resolved"


def test_colleagues_see_who_views_and_who_types(open_page, ada, olga, broken_lamp):
    number = broken_lamp.pk
    with open_page(ada, watching=[number]) as page, open_page(olga) as colleague:
        page.hear_until_up()

        colleague.say(view=number)
        viewing = page.hear()
        colleague.say(typing=number)
        typing = page.hear()

    olga_here = {"member": olga.pk, "name": "Olga", "typing": False}
    assert viewing == {"conversation": number, "here": [olga_here]}
    assert typing == {"conversation": number, "here": [{**olga_here, "typing": True}]}


def test_a_colleague_who_leaves_is_no_longer_there(open_page, ada, olga, broken_lamp):
    number = broken_lamp.pk
    with open_page(ada, watching=[number]) as page:
        page.hear_until_up()
        with open_page(olga) as colleague:
            colleague.say(view=number)
            page.hear()

        assert page.hear() == {"conversation": number, "here": []}


def test_an_outsider_is_never_seen_and_never_sees(open_page, ada, bo, broken_lamp):
    number = broken_lamp.pk
    with open_page(ada, watching=[number]) as page, open_page(bo, watching=[number]) as outside:
        page.hear_until_up()
        outside.hear_until_up()

        outside.say(view=number)
        page.say(view=number)

        assert page.hears_nothing()
        assert outside.hears_nothing()


def test_where_sockets_are_blocked_a_request_waits_for_news(ask, ada, broken_lamp):
    since = broken_lamp.events.last().number
    waiting = ask(ada, f"n={since}")
    time.sleep(0.3)

    broken_lamp.resolve(by=ada)

    told = orjson.loads(waiting.getresponse().read())
    assert next(one for one in told if "kind" in one)["kind"] == "resolved"


def test_a_request_that_has_missed_something_does_not_wait(ask, ada, broken_lamp):
    waiting = ask(ada, "n=0")

    told = orjson.loads(waiting.getresponse().read())

    assert told[0]["kind"] == "started" or told[0]["number"] == 1


def test_a_colleague_who_is_there_does_not_end_the_wait(ask, open_page, ada, olga, broken_lamp):
    since = broken_lamp.events.last().number
    with open_page(olga) as colleague:
        colleague.say(view=broken_lamp.pk)
        colleague.hear_until_up()
        waiting = ask(ada, f"n={since}&watching={broken_lamp.pk}")
        time.sleep(0.3)

        broken_lamp.resolve(by=olga)

        told = orjson.loads(waiting.getresponse().read())
    assert "resolved" in [one.get("kind") for one in told]


def test_a_request_that_waits_is_answered_when_the_server_stops(ask, live, ada, broken_lamp):
    since = broken_lamp.events.last().number
    waiting = ask(ada, f"n={since}")
    time.sleep(0.3)

    live.front.stopping._loop.call_soon_threadsafe(live.front.stopping.set)

    assert waiting.getresponse().status == 200


def test_a_stranger_may_not_wait(ask, mallory, demo):
    answer = ask(mallory, "n=0").getresponse()

    assert answer.status == 404


def test_T081_a_page_of_another_site_may_not_wait(ask, ada):
    evil = {"Origin": "https://evil.example"}

    assert ask(ada, "n=0", **evil).getresponse().status == 404
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert ask(ada, "n=0", **cross).getresponse().status == 404


def test_a_burst_reaches_a_page_whole(open_page, ada, support):
    with open_page(ada) as page:
        page.hear_until_up()

        for number in range(20):
            ask_support(support, f"customer{number}@customer.example", "C", "Hello", "Hello")

        heard = [page.hear()["number"] for _ in range(20)]
    assert heard == sorted(heard)
