import base64
import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.tokens import (
    MAC,
    BounceToken,
    MemberToken,
    ReplyToken,
    SentToken,
    TooLong,
    keys_for_mail,
    message_id_for,
    parse_message_id,
)

KEYS = keys_for_mail(["a secret of the installation"])
OTHERS = keys_for_mail(["another installation's secret"])
MAILBOX = "support@desk.example"
PK = st.integers(0, 2**63 - 1)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@given(PK, PK)
def test_a_reply_address_says_which_conversation_and_which_participant(conversation, participant):
    token = ReplyToken(conversation, participant)

    assert ReplyToken.read(token.address("help@desk.example", KEYS), KEYS) == token


def test_a_reply_address_is_lower_case_and_fits_into_a_mailbox_name():
    address = ReplyToken(2**40, 2**40).address(MAILBOX, KEYS)

    assert address == address.lower()
    assert len(address.partition("@")[0]) <= 64


def test_a_mailbox_whose_name_leaves_no_room_is_refused():
    with pytest.raises(TooLong):
        ReplyToken(1, 2).address("x" * 50 + "@desk.example", KEYS)


def test_an_address_that_became_upper_case_on_its_way_is_still_ours():
    assert ReplyToken.read(ReplyToken(1, 2).address(MAILBOX, KEYS).upper(), KEYS) == ReplyToken(
        1, 2
    )


@pytest.mark.parametrize(
    "tried", ["support+id123", "support+r.123", "support+r.", "support", "+r.a"]
)
def test_t086_a_guessed_reply_address_opens_nothing(tried):
    assert ReplyToken.read(f"{tried}@desk.example", KEYS) is None


def test_t086_neighbours_in_number_share_nothing_of_the_mac():
    one, two = (ReplyToken(123, n).token(KEYS) for n in (1, 2))

    assert one[-16:] != two[-16:]
    assert MAC * 8 >= 80


@given(st.integers(0, 19), st.sampled_from(string.ascii_lowercase + "234567"))
def test_t086_not_one_letter_of_a_token_can_be_changed(place, letter):
    token = ReplyToken(1, 2).token(KEYS)
    changed = token[:place] + letter + token[place + 1 :]

    assert changed == token or ReplyToken.opened(changed, KEYS) is None


def test_t087_a_token_outside_the_mailbox_name_is_not_looked_at():
    token = ReplyToken(1, 2).address(MAILBOX, KEYS)

    for elsewhere in (f"{token} <x@evil.example>", f'"{token}" x@evil.example', f"Re: {token} x"):
        assert ReplyToken.read(elsewhere, KEYS) is None


@pytest.mark.parametrize("keys", [OTHERS, []], ids=["of others", "none"])
def test_t088_a_token_without_our_mac_opens_nothing(keys):
    address = MemberToken(1, 2, 3).address(MAILBOX, KEYS)

    assert MemberToken.read(address, KEYS) == MemberToken(1, 2, 3)
    assert MemberToken.read(address, keys) is None


def test_t088_the_mac_of_another_member_or_conversation_does_not_fit():
    ours, other = MemberToken(0, 2, 3), MemberToken(0, 4, 3)
    moved = spliced(other.token(KEYS), onto=ours.token(KEYS))

    assert MemberToken.opened(spliced(ours.token(KEYS), onto=ours.token(KEYS)), KEYS) == ours
    assert MemberToken.opened(moved, KEYS) is None


def spliced(token, onto):
    """The numbers of one token with the MAC of another."""
    numbers, mac = (
        base64.b32decode(each.upper() + "=" * (-len(each) % 8)) for each in (onto, token)
    )
    return base64.b32encode(numbers[:-MAC] + mac[-MAC:]).decode().rstrip("=").lower()


@pytest.mark.parametrize("kind", [MemberToken, BounceToken, SentToken])
def test_t088_a_token_for_one_purpose_is_worth_nothing_for_another(kind):
    address = ReplyToken(1, 2).address(MAILBOX, KEYS)

    assert kind.read(address.replace("+r.", f"+{kind.letter}."), KEYS) is None


def test_t088_a_members_token_runs_out():
    token = MemberToken.until(NOW + timedelta(days=7), conversation_pk=1, member_pk=2)

    assert not token.has_expired(NOW)
    assert token.has_expired(NOW + timedelta(days=7))


def test_a_message_has_the_same_signed_id_every_time():
    one, two = (message_id_for(7, 1, "desk.example", KEYS) for _ in range(2))

    assert one == two
    assert parse_message_id(one, KEYS) == SentToken(message_pk=7, conversation_pk=1)


@pytest.mark.parametrize(
    "forged",
    [
        "<123@desk.example>",
        "<message-7@desk.example>",
        "<s.7.1@desk.example>",
        "<notify-7-1@desk.example>",
        "[#123]",
        "",
        "<s.@desk.example>",
        "<s.\x00é@desk.example>",
        "<s." + "a" * 100_000 + "@desk.example>",
    ],
)
def test_t090_no_older_or_plainer_message_id_is_ours(forged):
    assert parse_message_id(forged, KEYS) is None


@given(st.text(max_size=80))
def test_t090_nothing_made_up_opens_anything(text):
    assert parse_message_id(text, KEYS) is None
    assert ReplyToken.read(text, KEYS) is None


def test_after_a_new_secret_the_old_addresses_still_work():
    old, new = keys_for_mail(["old"]), keys_for_mail(["new", "old"])

    assert ReplyToken.read(ReplyToken(1, 2).address(MAILBOX, old), new) == ReplyToken(1, 2)
    assert ReplyToken.read(ReplyToken(1, 2).address(MAILBOX, new), old) is None


def test_a_failure_report_comes_back_to_its_delivery():
    address = BounceToken(41).return_path("desk.example", KEYS)

    assert address.startswith("bounce+b.")
    assert BounceToken.read(address, KEYS) == BounceToken(41)
