"""What the books say about a programme year: its frame, what is free, where bodies stand."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey, Book, Place

AVAILABLE = (Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.CARRIED_OVER)
MONEY = frozenset({*AVAILABLE, Place.BURDENED, Place.EXPENDED, Place.UNCOVERED})
PERMISSION = frozenset({Place.PERMITTED, Place.CONSUMED, Place.UNCOVERED})


@dataclass(frozen=True)
class Stand:
    """Where one body stands for a purpose, in cents; ``uncovered_cents`` is below zero."""

    allocated_cents: int = 0
    agreed_cents: int = 0
    uncovered_cents: int = 0

    @property
    def total_cents(self) -> int:
        """What the body has been given; what is uncovered was taken away again."""
        return self.allocated_cents + self.agreed_cents + self.uncovered_cents


NOTHING = Stand()


@dataclass(frozen=True)
class Gap:
    """A programme year and purpose for which two books tell different sums, in cents."""

    programme_year: int
    earmark: str
    authorised_cents: int
    provided_cents: int


def stands(programme: str, year: int, earmark: str) -> dict[str, Stand]:
    """Where each body stands in the planning book, by AGS; one query."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    names = {
        Place.ALLOCATED: "allocated_cents",
        Place.AGREED: "agreed_cents",
        Place.UNCOVERED: "uncovered_cents",
    }
    standing = ledger.standing(
        book=Book.PLANNING, programme=programme, programme_year=year, earmark=earmark
    )
    for key, cents in standing:
        if key.ags and key.place in names:
            of_body = found[key.ags]
            of_body[names[key.place]] = of_body.get(names[key.place], 0) + cents
    return {ags: Stand(**one) for ags, one in found.items()}


def last_year(programme: str, year: int, earmark: str) -> dict[str, int]:
    """What each body was given for the year before, in cents, by AGS."""
    return {ags: one.total_cents for ags, one in stands(programme, year - 1, earmark).items()}


def planning(programme: str, year: int, earmark: str, place: Place, ags: str = "") -> AccountKey:
    """The planning account of a programme year, purpose and body."""
    return AccountKey(
        Book.PLANNING,
        place,
        programme=programme,
        programme_year=year,
        earmark=earmark,
        ags=ags,
    )


def free_cents(programme: str, year: int, earmark: str) -> int:
    """What may still be allocated for a programme year and purpose, in cents."""
    return ledger.balance(planning(programme, year, earmark, Place.FREE))


def uncovered(programme: str, year: int) -> list[tuple[AccountKey, int]]:
    """What somebody must still resolve in the planning of a year: accounts below zero."""
    return ledger.standing(
        book=Book.PLANNING,
        place=Place.UNCOVERED,
        programme=programme,
        programme_year=year,
    )


def uncovered_planning(user: Actor, programme: str) -> list[tuple[AccountKey, int]]:
    """What is uncovered in the planning of any year, within the person's perimeter; one query."""
    own = {"ags": user.ags} if user.ags else {}
    found = ledger.standing(book=Book.PLANNING, place=Place.UNCOVERED, programme=programme, **own)
    return sorted(found, key=lambda one: (-one[0].programme_year, one[0].ags, one[0].earmark))


def left_of_body(programme: str, ags: str) -> dict[tuple[int, str], int]:
    """What a body has and could waive, in cents, by programme year and purpose; one query."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    standing = ledger.standing(
        book=Book.PLANNING,
        place__in=(Place.ALLOCATED, Place.AGREED),
        programme=programme,
        ags=ags,
    )
    for key, cents in standing:
        found[key.programme_year, key.earmark] += cents
    return dict(sorted(found.items(), reverse=True))


def frames(programme: str) -> dict[tuple[int, str], int]:
    """What the authorisation book permits, in cents, by programme year and purpose.

    For the year's own budget the money in force counts, for later years the authority to
    commit. Authority that was redeemed counts no more: the money that pays for it does, as
    *burdened*. So nothing is ever counted as both.
    """
    found: dict[tuple[int, str], int] = defaultdict(int)
    for key, cents in ledger.standing(book=Book.AUTHORISATION, programme=programme):
        if key.place in (PERMISSION if key.due_year else MONEY):
            found[key.programme_year, key.earmark] += cents
    return dict(found)


def frame_cents(programme: str, year: int, earmark: str) -> int:
    """What the authorisation book permits for a programme year and purpose, in cents."""
    return frames(programme).get((year, earmark), 0)


def openings(programme: str, year: int, earmark: str) -> dict[str, int]:
    """What bodies hold of allocations that came before these books, in cents, by AGS.

    No budget in these books gave that money yet; the next decision takes it from what is free.
    """
    found = ledger.standing(
        book=Book.PLANNING,
        place=Place.OPENING,
        programme=programme,
        programme_year=year,
        earmark=earmark,
    )
    return {key.ags: -cents for key, cents in found if cents < 0}


def short_cents(programme: str, year: int, earmark: str) -> int:
    """What is uncovered for a programme year and purpose, at the state and at bodies, in cents."""
    return -sum(cents for key, cents in uncovered(programme, year) if key.earmark == earmark)


def is_in_force(programme: str, year: int, earmark: str = "") -> bool:
    """Whether a budget of this year is in force for the purpose, whatever became of its money."""
    return ledger.came_in(
        book=Book.AUTHORISATION,
        place__in=(Place.APPROPRIATED, Place.SUPPLEMENTARY),
        programme=programme,
        budget_year=year,
        earmark=earmark,
    )


def unredeemed(programme: str) -> list[tuple[AccountKey, int]]:
    """Authority consumed and due in a year whose budget is in force, but not redeemed there.

    So it is where the later budget has another line, source or purpose than the authority:
    both would count. Somebody must say which money pays for it.
    """
    consumed = ledger.standing(book=Book.AUTHORISATION, place=Place.CONSUMED, programme=programme)
    in_force = ledger.came_in_by(
        "budget_year",
        book=Book.AUTHORISATION,
        place__in=(Place.APPROPRIATED, Place.SUPPLEMENTARY),
        programme=programme,
    )
    return [(key, cents) for key, cents in consumed if key.due_year in in_force]


def gaps(programme: str) -> Iterator[Gap]:
    """Where authorisation and planning differ, though they should tell the same sum."""
    provided: dict[tuple[int, str], int] = defaultdict(int)
    for key, cents in ledger.standing(book=Book.PLANNING, place=Place.OUTSIDE, programme=programme):
        provided[key.programme_year, key.earmark] -= cents
    authorised = frames(programme)
    for year, earmark in sorted(authorised.keys() | provided.keys()):
        permitted = authorised.get((year, earmark), 0)
        given = provided.get((year, earmark), 0)
        if permitted != given:
            yield Gap(year, earmark, permitted, given)
