from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.look.filters import capped, hue, initials, linked, size
from answerable.look.times import relative, time


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Nadia Okafor", "NO"),
        ("carl@customer.example", "CE"),
        ("Ada", "A"),
        ("李小龍", "李"),
        ("", "?"),
        ("<script>", "?"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_a_person_keeps_their_colour():
    assert hue(7) == hue(7)
    assert {hue(number) for number in range(12)} == set(range(12))


def test_counts_are_capped():
    assert (capped(999), capped(1000)) == ("999", "999+")


@pytest.mark.parametrize(
    ("octets", "words"),
    [(0, "0 B"), (999, "999 B"), (1200, "1.2 KB"), (34_500, "34 KB"), (3_400_000, "3.4 MB")],
)
def test_sizes_are_short(octets, words):
    assert size(octets) == words


def test_links_in_text_open_apart_and_everything_is_escaped():
    html = linked('see https://a.example/x?a=1&b="2 <script>alert(1)</script>.')

    assert '<a href="https://a.example/x?a=1&amp;b=" target="_blank" rel="noopener' in html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_only_web_addresses_become_links():
    assert "<a" not in linked("javascript:alert(1) data:text/html,x file:///etc/passwd")


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=5), "5m"),
        (timedelta(hours=3), "3h"),
        (timedelta(days=2), "2d"),
        (timedelta(minutes=-5, seconds=-1), "in 5m"),
    ],
)
def test_times_are_said_as_people_say_them(ago, words):
    now = timezone.now()

    assert relative(now - ago, now) == words


def test_a_time_carries_its_exact_moment():
    html = time(timezone.now())

    assert "datetime=" in html
    assert "title=" in html
