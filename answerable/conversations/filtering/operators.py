"""How a field can be asked about, by its kind."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a field holds, which says what can be asked of it."""

    CHOICE = "choice"
    TEXT = "text"
    MOMENT = "moment"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Operator:
    """A word between field and value, the lookup that it means, and whether it is turned round."""

    key: str
    name: str | Promise
    lookup: str
    is_negative: bool = False
    # What stands after it: a value of the field's kind, a number of days, or nothing.
    takes: str = "value"


_IS = Operator("is", _("is"), "in")
_IS_NOT = Operator("is_not", _("is not"), "in", is_negative=True)
_SET = Operator("set", _("is known"), "set", takes="")
_UNSET = Operator("unset", _("is not known"), "set", is_negative=True, takes="")
_CONTAINS = Operator("contains", _("contains"), "icontains")
_CONTAINS_NOT = Operator("contains_not", _("does not contain"), "icontains", is_negative=True)
_EQUALS = Operator("is", _("is"), "iexact")
_EQUALS_NOT = Operator("is_not", _("is not"), "iexact", is_negative=True)
_BEFORE = Operator("before", _("before"), "lt")
_AFTER = Operator("after", _("on or after"), "gte")
_WITHIN = Operator("within", _("in the last days"), "gte", takes="days")
_LONGER = Operator("longer", _("not in the last days"), "gte", is_negative=True, takes="days")
_NUMBER_IS = Operator("is", _("is"), "exact")
_MORE = Operator("more", _("is more than"), "gt")
_LESS = Operator("less", _("is less than"), "lt")

OPERATORS: dict[Kind, list[Operator]] = {
    Kind.CHOICE: [_IS, _IS_NOT],
    Kind.TEXT: [_CONTAINS, _CONTAINS_NOT, _EQUALS, _EQUALS_NOT, _SET, _UNSET],
    Kind.MOMENT: [_WITHIN, _LONGER, _BEFORE, _AFTER, _SET, _UNSET],
    Kind.DATE: [_BEFORE, _AFTER, _SET, _UNSET],
    Kind.NUMBER: [_NUMBER_IS, _MORE, _LESS],
    Kind.YES_NO: [Operator("is", _("is"), "exact")],
}
