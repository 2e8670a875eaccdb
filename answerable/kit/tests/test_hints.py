import queue
from contextlib import contextmanager

import psycopg
import pytest

from answerable.kit import hints
from answerable.kit.hints.post import Post
from answerable.kit.hints.postgres import Postgres
from answerable.kit.hints.valkey import Valkey


@pytest.fixture(params=["postgres", "valkey"])
def carriers(request):
    """Makes one more carrier on the same server, as each process has one."""
    if request.param == "valkey":
        url = request.getfixturevalue("valkey_url")
        return lambda: Valkey(url)
    url = request.getfixturevalue("postgres_url")
    return lambda: Postgres(psycopg.conninfo.conninfo_to_dict(url))


@contextmanager
def listening(carrier):
    heard = queue.Queue()
    post = Post(carrier, lambda topic, word: heard.put((topic, word)))
    post.start()
    assert post.is_listening.wait(10)
    assert heard.get(timeout=5) == ("missed", "")
    yield post, heard
    post.stop()


def test_whoever_hears_a_topic_is_told_at_once():
    heard = []
    forget = hints.hear("weather", heard.append)

    hints.say("weather", "rain")
    forget()
    hints.say("weather", "sun")

    assert heard == ["rain"]


def test_another_process_hears_and_the_own_does_not_hear_twice(carriers):
    with listening(carriers()) as (here, heard_here), listening(carriers()) as (there, heard_there):
        here.send("weather", "rain")
        there.send("weather", "sun")

        assert heard_there.get(timeout=5) == ("weather", "rain")
        assert heard_here.get(timeout=5) == ("weather", "sun")


def test_many_words_at_once_all_arrive(carriers):
    words = [str(number) for number in range(500)]
    with listening(carriers()) as (here, _heard), listening(carriers()) as (_there, heard):
        for word in words:
            here.send("count", word)

        assert [heard.get(timeout=5)[1] for _ in words] == words


def test_a_carrier_that_is_away_makes_nobody_wait():
    post = Post(Valkey("redis://127.0.0.1:1"), lambda _topic, _word: None)
    post.start()

    for number in range(100):
        post.send("count", str(number))

    post.stop()
    assert not post.is_listening.is_set()
