"""A sender's HTML: T011, T012, and what must not load or leave its frame."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.channels.email.reading.markup import text_of
from answerable.channels.email.reading.sanitised import clean
from answerable.channels.email.tests.shelf import read_html

BITS = """<a href="https://x.example">|</a>|<p>|</p>|<b>|</b>|<table>|</table>|<tr>|<td>|</td>|
<div>|</div>|<li>|<ul>|<h1>|</h1>|<pre>|</pre>|x| |<svg>|<math>|<mtext>|<mglyph>|<style>|</style>|
<form>|</form>|<script>|</script>|<scr|ipt>|<!--|-->|<title>|<img src=x onerror=y>|<textarea>|&lt;|
<noscript>|<iframe>|<template>|<select>|<button>|<i>|</i>|"|'|<|>|javascript:|</p>"""
MIXED = st.lists(st.sampled_from(BITS.replace("\n", "").split("|")), max_size=14).map("".join)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:x",
        "JaVaScRiPt&#58;x",
        "data:text/html,x",
        "vbscript:x",
        "\x01javascript:x",
        "java\nscript:x",
        "//host.example",
        "blob:x",
        "cid:x",
        "/relative",
        "file:///etc/passwd",
    ],
)
def test_T011_no_other_link_than_http_https_mailto_and_tel_survives(link):
    assert "href" not in clean(f'<a href="{link}">x</a>')


@pytest.mark.parametrize(
    "link", ["http://x.example", "https://x.example", "mailto:a@b.c", "tel:+4930"]
)
def test_T011_the_links_that_people_write_survive(link):
    assert f'href="{link}"' in clean(f'<a href="{link}">x</a>')


@settings(max_examples=300, deadline=None)
@given(MIXED)
def test_T012_cleaning_twice_is_cleaning_once(html):
    once = clean(html)

    assert clean(once) == once


def test_T012_a_tag_inside_a_tag_builds_no_new_tag():
    assert "<script" not in clean("<scr<script>ipt>x</scr</script>ipt>")


def test_a_remote_image_does_not_load_until_somebody_asks():
    html = clean('<img src="https://x.example/a.png" srcset="https://x.example/b.png 2x">')

    assert html == '<img data-remote-src="https://x.example/a.png">'


@pytest.mark.parametrize(
    "html",
    [
        '<img src="//x.example/a.png">',
        '<img src="data:image/svg+xml;base64,AAAA">',
        '<table background="https://x.example/a.png"><tr><td>x</td></tr></table>',
        '<video poster="https://x.example/a.png"></video>',
        '<p style="background:url(https://x.example/a.png)">x</p>',
        '<p style="color:u\\72l(https://x.example)">x</p>',
        "<p style=\"list-style-image:image-set('https://x.example/a' 1x)\">x</p>",
        '<link rel="stylesheet" href="https://x.example/a.css">',
        "<style>@import 'https://x.example/a.css'</style>",
        '<img data-remote-src="javascript:x">',
    ],
)
def test_nothing_else_loads_anything(html):
    cleaned = clean(html)

    assert "x.example" not in cleaned
    assert "javascript" not in cleaned


def test_no_form_frame_base_meta_or_drawing_is_left():
    tags = ("form", "input", "iframe", "base", "meta", "svg", "math", "object", "style", "script")
    cleaned = clean("".join(f"<{tag}>x</{tag}>" for tag in tags))

    assert not any(f"<{tag}" in cleaned for tag in tags)


def test_a_style_keeps_only_what_cannot_leave_its_place():
    cleaned = clean('<p style="color:red;position:fixed;inset:0;z-index:9">x</p>')

    assert cleaned == '<p style="color:red">x</p>'


def test_the_text_of_a_page_is_what_people_read():
    html = "<title>t</title><p>One &amp; two<br>three</p><ul><li>four</ul><p hidden>five"

    assert text_of(html) == "One & two\nthree\n\n- four\n\nfive"


def test_hidden_words_are_not_read():
    assert text_of('<div style="display:none">secret</div><p>open</p>') == "open"


def test_the_html_of_a_letter_is_clean():
    letter = read_html("<p onclick=x>Hello <script>y</script></p>")

    assert letter.html == "<p>Hello </p>"
    assert letter.new_text == "Hello"
