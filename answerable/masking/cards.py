"""Payment card numbers in a text (P64): runs of digit groups, and the cards among them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from answerable.masking.brands import brand_of, has_check_digit, is_trade_item
from answerable.masking.secret import Secret
from answerable.masking.surroundings import Surroundings

SHORTEST, LONGEST = 12, 19
GAP = (
    r" \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\-\u00ad\u2010-\u2015\u2212\ufe58\uff0d._\u00b7"
)
RUN = re.compile(rf"[0-9]++(?:(?:[{GAP}]{{1,3}}+|[{GAP}]{{0,2}}+\r?\n[{GAP}>|]{{0,6}}+)[0-9]++)*+")
GROUP = re.compile(r"[0-9]+")
USUAL = {
    (4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 4, 2), (4, 4, 4, 4, 1),
    (6, 13), (4, 4, 4), (8, 8), (4, 4, 5), (4, 5, 6), (5, 6, 5, 3),
}  # fmt: skip


class Group(NamedTuple):
    """Digits that stand together, and what parts them from the group before."""

    digits: str
    start: int
    end: int
    gap: str


class CardNumbers:
    """Numbers that pay: right first digits, right length, right check digit, and no look-alike."""

    name = "card"

    def find(self, text: str, _: Sequence[Secret]) -> Iterable[Secret]:
        for run in RUN.finditer(text):
            if run.end() - run.start() >= SHORTEST and _count_digits(run.group()) >= SHORTEST:
                yield from _cards(text, _groups(text, run))

    def shown(self, secret: Secret, sign: str) -> str:
        return " ".join([sign * 4] * 3 + [secret.last_four])


def _count_digits(text: str) -> int:
    return sum(map(text.count, "0123456789"))


def _groups(text: str, run: re.Match[str]) -> list[Group]:
    groups: list[Group] = []
    for found in GROUP.finditer(run.group()):
        start, end = run.start() + found.start(), run.start() + found.end()
        gap = text[groups[-1].end : start] if groups else ""
        groups.append(Group(found.group(), start, end, gap))
    # What follows bullets are the last four digits of a card that is masked already.
    if re.search(r"[•*x]{4} \Z", text[max(0, run.start() - 5) : run.start()]):
        return groups[1:]
    return groups


def _cards(text: str, groups: list[Group]) -> Iterator[Secret]:
    at = 0
    while at < len(groups):
        window = _longest_card(text, groups, at)
        if window:
            yield Secret(window[0].start, window[-1].end, "".join(g.digits for g in window)[-4:])
        at += len(window) or 1


def _longest_card(text: str, groups: list[Group], at: int) -> list[Group]:
    best: list[Group] = []
    length = 0
    for end in range(at, len(groups)):
        length += len(groups[end].digits)
        if length > LONGEST:
            break
        if length >= SHORTEST and _is_card(text, groups, at, end + 1):
            best = groups[at : end + 1]
    return best


def _is_card(text: str, groups: list[Group], at: int, end: int) -> bool:
    window = groups[at:end]
    usual = _is_usual(window)
    if not (usual or _is_nearly_all(groups, at, end)):
        return False
    number = "".join(group.digits for group in window)
    brand = brand_of(number)
    if brand is None or len(set(number)) == 1 or not _reads_as_one(window):
        return False
    checked = has_check_digit(number)
    if not (checked or brand.may_lack_check_digit):
        return False
    sure = brand.sure and checked and (usual or _is_even(window)) and not is_trade_item(number)
    around = Surroundings(text, window[0].start, window[-1].end)
    if around.is_something_else(grouped=len(window) > 1):
        return False
    return sure or around.speaks_of_cards


def _is_usual(window: list[Group]) -> bool:
    return len(window) == 1 or (len(window) <= 5 and _sizes(window) in USUAL)


def _is_even(window: list[Group]) -> bool:
    """In pairs, in threes, in fours: as people read a number out."""
    first, *rest = _sizes(window)
    return len(set(rest[:-1]) | {first}) == 1 and rest[-1] <= first


def _sizes(window: list[Group]) -> tuple[int, ...]:
    return tuple(len(group.digits) for group in window)


def _reads_as_one(window: list[Group]) -> bool:
    """One line break at most: four numbers below each other are a column, not a card."""
    gaps = [group.gap for group in window[1:]]
    if sum("\n" in gap for gap in gaps) > 1:
        return False
    same = {gap.strip() or " " for gap in gaps if "\n" not in gap}
    return len(same) <= 1 or _is_usual(window)


def _is_nearly_all(groups: list[Group], at: int, end: int) -> bool:
    """Grouped in no usual way, but little else stands in the same run of digits."""
    before = sum(len(group.digits) for group in groups[max(0, at - 3) : at])
    if before > 2:
        return False
    after = sum(len(group.digits) for group in groups[end : end + 7])
    return after <= 6
