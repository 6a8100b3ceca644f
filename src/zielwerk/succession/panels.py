"""What pages show of successions: the list, before and after, and what a body got."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zielwerk.ledger.models import Place
from zielwerk.packs.model import Succession
from zielwerk.programme import queries as programmes
from zielwerk.rulebook import planning
from zielwerk.rulebook import succession as rules
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import HELD, Fund, Standing
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.rulebook.succession import SuccessionFacts, SuccessionState
from zielwerk.succession import queries
from zielwerk.succession.models import Passage, SuccessionAct
from zielwerk.ui import bodies, figures
from zielwerk.ui.lists import FILE_NUMBER, STATE, Column

TOLD = msg("{label}: seit dem {day} nach den Anteilen {shares}.")

ACTS = (
    FILE_NUMBER,
    Column("label", msg("Bezeichnung")),
    Column("day", msg("Tag")),
    Column("year", msg("Programmjahr")),
    STATE,
    Column("reason", msg("Grund der Anteile"), is_file_only=True),
    Column("source", msg("Quelle"), is_file_only=True),
    Column("declared_at", msg("Erklärt"), is_file_only=True),
    Column("decided_at", msg("Entschieden"), is_file_only=True),
)


def label_of(act: SuccessionAct) -> str:
    """What people call the succession: as the programme does, else as it was written down."""
    succession = queries.declared(act.programme, act.succession)
    return succession.label if succession else act.label


OTHER_SHARES = msg("Das Regelwerk sagt {ruled}; angegeben ist {stated}.")
OWN_YEARS = msg(
    "Eigene Zuweisungen haben die Nachfolger schon für: {years}. Der Anteil geht dort zusätzlich "
    "über."
)
TRIED = msg("Es gehen {amount} über; Anteile: {shares}.")


@dataclass(frozen=True)
class Caution:
    """What whoever declares or decides must not miss: its heading and its sentence."""

    heading: str
    told: Said


def cautions(
    parts: Mapping[str, Fraction], ruled: Mapping[str, Fraction], own_years: Sequence[int]
) -> list[Caution]:
    """Where the shares are not those of the programme, and where a share comes on top."""
    cautions = []
    if ruled and rules.ratio(parts) != rules.ratio(ruled):
        both = {"ruled": _named(ruled), "stated": _named(parts)}
        cautions.append(Caution(msg("Andere Anteile als im Regelwerk"), Said(OTHER_SHARES, both)))
    if own_years:
        years = Said(OWN_YEARS, {"years": [str(year) for year in own_years]})
        cautions.append(Caution(msg("Nachfolger haben schon eigene Zuweisungen"), years))
    return cautions


def _named(parts: Mapping[str, Fraction]) -> list[str]:
    return [f"{bodies.short(share.ags)} {share.percent}" for share in shares_of(parts)]


@dataclass(frozen=True)
class PlaceOfBody:
    """What a body has at a place of a fund before and after, in cents; a sum has no place."""

    ags: str
    label: str
    before_cents: int
    after_cents: int

    @property
    def moved(self) -> str:
        return figures.signed_euro(self.after_cents - self.before_cents)


@dataclass(frozen=True)
class FundEffect:
    """A fund before and after: each body's places, and the sums, which are the same."""

    fund: Fund
    purpose: str
    places: tuple[PlaceOfBody, ...]
    before_cents: int
    after_cents: int


def effect(
    passages: Sequence[rules.Passage], held: Mapping[Fund, Standing], keys: Sequence[str]
) -> list[FundEffect]:
    """Every body's money of each fund before and after; ``keys`` are the bodies in order."""
    effects = []
    for fund, before in held.items():
        bookings = [each.booking for each in passages if each.fund == fund]
        after = planning.after(before, bookings)
        places = []
        for ags in keys:
            had, has = before.of(ags), after.of(ags)
            for name in HELD:
                cents = (getattr(had, f"{name}_cents"), getattr(has, f"{name}_cents"))
                if any(cents):
                    places.append(PlaceOfBody(ags, Place(name).label, *cents))
        sums = (sum(row.before_cents for row in places), sum(row.after_cents for row in places))
        effects.append(FundEffect(fund, programmes.purpose(fund), tuple(places), *sums))
    return effects


def effect_of(act: SuccessionAct, facts: SuccessionFacts) -> list[FundEffect]:
    """What the decision of an act does, from the books of now."""
    succession = queries.declared(act.programme, act.succession)
    if succession is None:
        return []
    keys = tuple(dict.fromkeys((*succession.predecessors, *act.parts)))
    held = queries.standings(act.programme, keys, act.years)
    return effect(facts.passages, held, keys)


def lacking_by(act: SuccessionAct, facts: SuccessionFacts) -> list[Caution]:
    """Where the notices will commit more than there is, if an act is carried out now."""
    keys = {*(each.source for each in facts.notices), *act.parts}
    held = queries.standings(act.programme, keys, act.years)
    return uncovered(act.programme, facts.passages, held, facts.notices)


@dataclass(frozen=True)
class NoticeRow:
    """A notice, who takes it, and what it commits with that, in cents."""

    number: str
    year: int
    source: str
    target: str
    cents: int

    @property
    def passes(self) -> bool:
        return self.target != self.source


def notice_rows(passages: Sequence[rules.NoticePassage]) -> list[NoticeRow]:
    """Each notice once, over all purposes."""
    sums: dict[tuple[str, int, str, str], int] = {}
    for each in passages:
        which = (each.number, each.fund.year, each.source, each.target)
        sums[which] = sums.get(which, 0) + each.cents
    return [NoticeRow(*which, cents) for which, cents in sums.items()]


@dataclass(frozen=True)
class Trial:
    """What carrying a succession out would do, and the sentence that says so."""

    effects: list[FundEffect]
    notices: list[NoticeRow]
    told: Said
    lacking: list[Caution]


def tried(
    programme: str,
    succession: Succession,
    years: Sequence[int],
    shares: Mapping[str, Fraction],
    keys: Sequence[str],
    heirs: Mapping[str, str],
) -> Trial:
    """What carrying a succession out would do, from the books of now; nothing is written."""
    held = queries.standings(programme, keys, years)
    done = queries.years_done(programme, succession.code)
    passed = queries.passing(succession, held, shares, done)
    cents = sum(each.cents for each in passed if each.place != "opening")
    said = Said(TRIED, {"amount": Cents(cents), "shares": _named(shares)})
    notices = queries.notices_passing(programme, succession, years, heirs)
    lacking = uncovered(programme, passed, held, notices)
    return Trial(effect(passed, held, keys), notice_rows(notices), said, lacking)


UNCOVERED = msg(
    "{body}, {year}: Bescheide binden dann {bound}, die Körperschaft hat {given}. Ungedeckt sind "
    "mindestens {missing}."
)


def uncovered(
    programme: str,
    passages: Sequence[rules.Passage],
    held: Mapping[Fund, Standing],
    notices: Sequence[rules.NoticePassage],
) -> list[Caution]:
    """Where notices will commit more than their body holds of the year; at least, since what is
    due in one budget year covers nothing of another. One query, none without notices."""
    if not any(each.passes for each in notices):
        return []
    given: dict[tuple[int, str], int] = {}
    for fund, before in held.items():
        bookings = [each.booking for each in passages if each.fund == fund]
        for ags, has in planning.after(before, bookings).bodies.items():
            cents = has.allocated_cents + has.agreed_cents
            given[fund.year, ags] = given.get((fund.year, ags), 0) + cents
    bound = queries.committed_by_body(programme, {ags for _, ags in given})
    for each in notices:
        for ags, sign in ((each.source, -1), (each.target, 1)) if each.passes else ():
            place = (each.fund.year, ags)
            bound[place] = bound.get(place, 0) + sign * each.cents
    return [
        _lacking(year, ags, cents, given.get((year, ags), 0))
        for (year, ags), cents in sorted(bound.items())
        if cents > given.get((year, ags), 0)
    ]


def _lacking(year: int, ags: str, bound: int, given: int) -> Caution:
    said = {
        "body": bodies.short(ags),
        "year": str(year),
        "bound": Cents(bound),
        "given": Cents(given),
        "missing": Cents(bound - given),
    }
    return Caution(msg("Bescheide binden mehr, als übergeht"), Said(UNCOVERED, said))


@dataclass(frozen=True)
class Share:
    """A successor's share, in per cent as well."""

    ags: str
    stated: str
    percent: str


def shares_of(parts: Mapping[str, Fraction]) -> list[Share]:
    whole = sum(parts.values()) or Fraction(1)
    return [
        Share(ags, figures.decimal(part, 2), f"{figures.decimal(part * 100 / whole, 2)} %")
        for ags, part in parts.items()
    ]


def of_act(act: SuccessionAct) -> dict[str, Any]:
    """The facts of an act for its page and for whoever decides."""
    succession = queries.declared(act.programme, act.succession)
    return {
        "act": act,
        "label": label_of(act),
        "succession": succession,
        "shares": shares_of(act.parts),
        "cautions": cautions(act.parts, act.ruled_parts, act.own_years),
        "notices": notice_rows(act.notices_declared),
    }


def money_of(act: SuccessionAct) -> dict[str, Any]:
    """What passes on by an act, or passed on by it."""
    if act.state == SuccessionState.DECLARED:
        return {"effects": effect_of(act, queries.facts_of(act))}
    return {"passed": rows(act.passages.all())}


@dataclass(frozen=True)
class Row:
    """A record of what passed on, with the label of its purpose."""

    passage: Passage
    purpose: str


def rows(passages: Sequence[Passage] | Any) -> list[Row]:
    return [Row(passage, programmes.purpose(passage.fund)) for passage in passages]


def told(act: SuccessionAct) -> Said:
    """One sentence of an act that was carried out: since when, and who got which share."""
    return Said(TOLD, {"label": label_of(act), "day": act.day, "shares": _named(act.parts)})
