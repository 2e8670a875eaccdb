"""The words in which a model says what it holds of whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Whose(StrEnum):
    """The person that a value tells something about."""

    CUSTOMER = "customer"
    VISITOR = "visitor"
    MEMBER = "member"
    NOBODY = "nobody"


class What(StrEnum):
    """What a value is (the categories of data of GDPR art. 15 and 30)."""

    NAME = "name"
    CONTACT = "contact"
    IDENTIFIER = "identifier"
    WORDS = "words"
    PICTURE = "picture"
    PREFERENCE = "preference"
    TECHNICAL = "technical"
    BEHAVIOUR = "behaviour"
    CREDENTIAL = "credential"
    LINK = "link"
    FREE = "free"
    PLAIN = "plain"


class Purpose(StrEnum):
    """What a value is held for."""

    SERVICE = "service"
    ACCOUNT = "account"
    DELIVERY = "delivery"
    SECURITY = "security"
    ACCOUNTABILITY = "accountability"
    NONE = "none"


class Keep(StrEnum):
    """How long, as a class that a workspace sets a period for."""

    WITH_CONVERSATION = "with the conversation"
    WITH_CUSTOMER = "with the customer"
    WITH_MEMBER = "with the membership"
    WITH_WORKSPACE = "with the workspace"
    UNTIL_FILED = "until filed"
    SHORT = "short"
    SECURITY_LOG = "security log"


class Erase(StrEnum):
    """What erasing the person does to the value."""

    ROW = "the row is deleted"
    BLANK = "the value is emptied"
    UNLINK = "the link to the person is cut"
    ANONYMISE = "the value is replaced by one that tells nothing"
    STAYS = "it tells nothing about a person"


@dataclass(frozen=True)
class Declaration:
    """What is said of some fields of one model."""

    fields: tuple[str, ...]
    whose: Whose
    what: What
    purpose: Purpose
    keep: Keep
    erase: Erase

    @property
    def is_personal(self) -> bool:
        return self.whose is not Whose.NOBODY


def personal(
    *fields: str, whose: Whose, what: What, purpose: Purpose, keep: Keep, erase: Erase
) -> Declaration:
    """Fields that tell something about a person, alone or combined (P28)."""
    return Declaration(fields, whose, what, purpose, keep, erase)


def plain(*fields: str) -> Declaration:
    """Fields that tell nothing about a person, combined with others neither."""
    return Declaration(
        fields, Whose.NOBODY, What.PLAIN, Purpose.NONE, Keep.WITH_WORKSPACE, Erase.STAYS
    )


@dataclass(frozen=True)
class Register:
    """All that one model holds. `person` is the lookup from a row to the customer or member.

    >>> Register(personal("email", …), plain("id", "created_at"), person="customer")
    """

    declarations: tuple[Declaration, ...] = field(default=())
    person: str = ""

    def __init__(self, *declarations: Declaration, person: str = "") -> None:
        object.__setattr__(self, "declarations", declarations)
        object.__setattr__(self, "person", person)

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self.declarations)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for declaration in self for name in declaration.fields)
