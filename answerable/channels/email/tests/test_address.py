import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.address import can_be_mailed


@pytest.mark.parametrize(
    "address",
    [
        "carl@customer.example",
        "carl+lamp@customer.example",
        "o'neill@customer.example",
        '"carl the first"@customer.example',
        "用户@例子.example",
        "root@[192.0.2.1]",
        "carl@desk",
        "root@localhost",
        "carl@office.local",
        "carl@customer.test",
    ],
)
def test_a_mailbox_can_be_mailed(address):
    assert can_be_mailed(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "carl",
        "carl@",
        "carl@nowhere.invalid",
        "@customer.example",
        "ca..rl@customer.example",
        ".carl@customer.example",
        "carl@customer..example",
        "carl@-customer.example",
        "carl smith@customer.example",
        "carl (home)@customer.example",
        "carl@customer.example\r\nBcc: eve@evil.example",
        "carl@customer.example, eve@evil.example",
        "Carl <carl@customer.example>",
        "carl\x00@customer.example",
        "x" * 65 + "@customer.example",
        '"ca\\é"@customer.example',
    ],
)
def test_t100_what_is_no_mailbox_cannot(address):
    assert not can_be_mailed(address)


@given(st.text(max_size=60))
def test_it_answers_whatever_it_is_asked(address):
    assert can_be_mailed(address) in {True, False}
