from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.conversations.filtering import Wrong, chosen_by, compiled, fields_for
from answerable.conversations.filtering.operators import OPERATORS
from answerable.conversations.models import Conversation, ReadMarker, Status, Tag
from answerable.customers.models import CustomField
from answerable.workspaces.models import Team
from tests.world import ask


def is_(field, operator, value=None) -> dict:
    return {"field": field, "is": operator, "value": value}


@pytest.fixture
def numbers(ada):
    """The numbers of the conversations that a tree means, for Ada."""

    def numbers(*conditions: dict, match: str = "all") -> list[int]:
        visible = Conversation.objects.visible_to(ada)
        found = chosen_by({match: list(conditions)}, visible, ada)
        return sorted(found.values_list("number", flat=True))

    return numbers


@pytest.fixture
def parcel(support) -> Conversation:
    """A second one, of Dora."""
    return ask(support, "dora@post.example", "Dora", "Late parcel", "Where is it?")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (is_("subject", "contains", "LAMP"), [1]),
        (is_("subject", "contains_not", "lamp"), [2]),
        (is_("requester", "contains", "dora"), [2]),
        (is_("requester", "contains", "customer.example"), [1]),
        (is_("company", "set"), []),
        (is_("company", "unset"), [1, 2]),
        (is_("category", "is", ["new", "open"]), [1, 2]),
        (is_("category", "is_not", ["new"]), []),
        (is_("assignee", "is", ["nobody"]), [1, 2]),
        (is_("assignee", "is_not", ["me"]), [1, 2]),
        (is_("team", "is", ["mine", "none"]), [1, 2]),
        (is_("tags", "is", ["none"]), [1, 2]),
        (is_("priority", "is", ["2"]), [1, 2]),
        (is_("number", "more", "1"), [2]),
        (is_("number", "is", "1"), [1]),
        (is_("messages", "less", "2"), [1, 2]),
        (is_("created", "within", "1"), [1, 2]),
        (is_("created", "longer", "1"), []),
        (is_("created", "before", "2020-01-01"), []),
        (is_("created", "after", "2020-01-01"), [1, 2]),
        (is_("waiting", "set"), [1, 2]),
        (is_("unread", "is", "yes"), [1, 2]),
        (is_("starred", "is", "yes"), []),
        (is_("following", "is", "no"), [1, 2]),
        (is_("files", "is", "no"), [1, 2]),
        (is_("channel", "is", ["email"]), [1, 2]),
        (is_("shelf", "is", ["spam"]), []),
    ],
)
def test_conditions_mean_what_they_say(numbers, broken_lamp, parcel, condition, expected):
    assert numbers(condition) == expected


def test_groups_are_joined_by_all_and_any(numbers, broken_lamp, parcel):
    lamp, late = is_("subject", "contains", "lamp"), is_("subject", "contains", "parcel")

    assert numbers(lamp, late) == []
    assert numbers(lamp, late, match="any") == [1, 2]
    assert numbers({"any": [lamp, late]}, is_("number", "less", "2")) == [1]


def test_things_that_are_chosen_from(numbers, broken_lamp, parcel, ada):
    tag = Tag.objects.create(workspace=ada.workspace, name="heavy")
    status = Status.objects.create(workspace=ada.workspace, name="Carrier", category="waiting")
    broken_lamp.tag(tag, by=ada)
    broken_lamp.assign(ada, by=ada)
    broken_lamp.assign_team(Team.objects.get(name="Support"), by=ada)
    broken_lamp.set_status(status, by=ada)

    assert numbers(is_("tags", "is", [str(tag.pk)])) == [1]
    assert numbers(is_("tags", "is_not", [str(tag.pk)])) == [2]
    assert numbers(is_("assignee", "is", ["me"])) == [1]
    assert numbers(is_("team", "is", ["mine"])) == [1]
    assert numbers(is_("status", "is", [str(status.pk)])) == [1]
    assert numbers(is_("inbox", "is", [str(broken_lamp.inbox_id)])) == [1, 2]


def test_what_a_member_has_marked_is_their_own(numbers, broken_lamp, parcel, ada, olga):
    ReadMarker.objects.create(member=olga, conversation=parcel, starred=True, number=99)
    ReadMarker.objects.create(member=ada, conversation=broken_lamp, starred=True, number=99)

    assert numbers(is_("starred", "is", "yes")) == [1]
    assert numbers(is_("unread", "is", "yes")) == [2]


def test_spam_and_trash_are_found_only_by_name(numbers, broken_lamp, parcel, ada):
    parcel.mark_spam(by=ada)

    assert numbers(is_("number", "more", "0")) == [1]
    assert numbers(is_("shelf", "is", ["spam"])) == [2]


@pytest.fixture
def own_field(broken_lamp, parcel):
    """The first has a value in a field of this kind, the second something that is no such value."""

    def own_field(on: str, kind: str, value: object) -> None:
        CustomField.objects.create(
            workspace=broken_lamp.workspace, on=on, key="a__gt", name="Own", kind=kind
        )
        for row, stored in ((broken_lamp, value), (parcel, "no figure at all")):
            holder = row if on == "conversation" else row.requester
            holder.fields = {"a__gt": stored}
            holder.save(update_fields=["fields"])

    return own_field


@pytest.mark.parametrize("on", ["conversation", "customer"])
@pytest.mark.parametrize(
    "case",
    [
        ("text", "A 17", ("contains", "17")),
        ("number", "17.5", ("more", "17")),
        ("number", 17.5, ("less", "18")),
        ("date", "2026-03-01", ("before", "2026-03-02")),
        ("choice", "gold", ("is", ["gold"])),
        ("yes_no", "yes", ("is", "yes")),
    ],
)
def test_a_workspace_s_own_fields(numbers, own_field, on, case):
    kind, value, condition = case
    own_field(on, kind, value)

    assert numbers(is_(f"{on}:a__gt", *condition)) == [1]


@pytest.mark.parametrize(
    "tree",
    [
        {"all": [is_("assignee__user__password", "is", ["x"])]},
        {"all": [is_("_connector", "is", ["OR 1=1"])]},
        {"all": [is_("conversation:secret", "contains", "x")]},
        {"all": [is_("subject", "startswith", "x")]},
        {"all": [is_("subject", "contains", "")]},
        {"all": [is_("subject", "contains", {"a": 1})]},
        {"all": [is_("tags", "is", ["1) OR 1=1"])]},
        {"all": [is_("tags", "is", ["²"])]},
        {"all": [is_("priority", "is", ["9"])]},
        {"all": [is_("created", "before", "2026-02-31")]},
        {"all": [is_("created", "within", "99999")]},
        {"all": [is_("number", "is", "1e400")]},
        {"all": [{**is_("subject", "contains", "x"), "_negated": True}]},
        {"all": [], "any": []},
        {"none": []},
        {"all": {"any": []}},
        {"all": [{"all": [{"all": [{"all": [{"all": []}]}]}]}]},
        {"all": [is_("files", "is", "yes")] * 101},
        [is_("files", "is", "yes")],
    ],
)
def test_what_is_not_on_the_list_is_refused_in_words(ada, tree):
    with pytest.raises(Wrong) as wrong:
        compiled(tree, ada)

    assert str(wrong.value)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
FIELDS = ["subject", "tags", "assignee", "priority", "created", "number", "files", "channel"]
KEYS = sorted({each.key for operators in OPERATORS.values() for each in operators})
CONDITION = st.fixed_dictionaries(
    {
        "field": st.sampled_from([*FIELDS, "pk__in", "_negated", "fields__a"]) | ANYTHING,
        "is": st.sampled_from([*KEYS, "regex", "exact) --"]) | ANYTHING,
        "value": st.sampled_from(["'; select pg_sleep(9)--", "1", ["1"], "yes"]) | ANYTHING,
    }
)
TREE = st.recursive(
    CONDITION | ANYTHING,
    lambda inner: st.dictionaries(
        st.sampled_from(["all", "any", "not"]), st.lists(inner, max_size=4) | inner, max_size=2
    ),
    max_leaves=12,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tree=TREE)
def test_whatever_is_sent_is_a_filter_or_refused(ada, broken_lamp, other_matter, tree):
    visible = Conversation.objects.visible_to(ada)
    try:
        found = list(chosen_by(tree, visible, ada).values_list("pk", flat=True))
    except Wrong:
        return
    assert set(found) <= {broken_lamp.pk}


def test_every_field_has_a_name_and_a_kind_with_operators(ada, support):
    for field in fields_for(ada).values():
        assert field.name
        assert OPERATORS[field.kind]
        assert all(len(each) == 2 for each in field.options(ada))


def test_a_day_begins_where_the_member_is(numbers, broken_lamp):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    assert numbers(is_("created", "before", tomorrow)) == [1]
    assert numbers(is_("created", "after", tomorrow)) == []
