"""What confirming a recording or annulling a record does, for whoever is to decide."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from zielwerk.agreements import queries
from zielwerk.agreements.actions import intended
from zielwerk.agreements.models import Annulment, Intake
from zielwerk.agreements.panels import contents, reviewed
from zielwerk.identity import queries as identity
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, Book, Place
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.annulment import AnnulmentState
from zielwerk.rulebook.kinds import in_order
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.rulebook.tranche import Tranche, kinds_said

Sums = dict[Tranche, int]


@dataclass(frozen=True)
class Difference:
    """What an agreement named and names for one thing: amounts in cents, None where it is silent.

    ``had`` and ``has`` stand for amounts that no paper states.
    """

    label: str
    before_cents: int | None
    after_cents: int | None
    had: str = ""
    has: str = ""
    is_total: bool = False

    @property
    def more_cents(self) -> int | None:
        """How much more it is, below zero how much less; None where no amount is stated."""
        if self.had or self.has:
            return None
        return (self.after_cents or 0) - (self.before_cents or 0)


@dataclass(frozen=True)
class Move:
    """Money that passes from one place to another, of one purpose and one kind."""

    source: str
    target: str
    purpose: str
    tranche: str
    cents: int


def confirming(intake: Intake, today: date) -> dict[str, Any]:
    """The page that asks before a recording is confirmed: amounts, books, what is not known."""
    booked_cents = reviewed.booked_cents(intake)
    record, refusals, planned = intended(intake, today), list[Any](), list[ledger.Posting]()
    try:
        planned = ledger.foreseen(record)
    except Refused as refused:
        refusals = list(refused.refusals)
    after = record.after if isinstance(record, ledger.Changed) else record
    return {
        "intake": intake,
        "differences": list(differences(intake)),
        "moves": moves((one.source, one.target, one.amount_cents) for one in planned),
        "said": [*said_of(planned, after), *_days(intake, bool(planned), after.value_date)],
        "unknown": list(unknown(intake)),
        "refusals": refusals,
        "booked_cents": abs(booked_cents),
        "is_less": booked_cents < 0,
        "passages": reviewed.passages(intake, get_language() or "de"),
        "findings": reviewed.asked(intake, get_language() or "de"),
        "unsigned": reviewed.unsigned(intake, get_language() or "de"),
        "clauses": intake.content.clauses,
        "corrections": contents.corrected(intake, get_language() or "de"),
    }


def differences(intake: Intake) -> Iterator[Difference]:
    """The amounts named before and now: in all, by measure, and by purpose where one is named."""
    now = intake.content.without_blanks()
    before = intake.amends.content if intake.amends else None
    then_cents = before.amount_cents if before else None
    yield Difference(gettext("Betrag"), then_cents, now.amount_cents, is_total=True)
    for title in dict.fromkeys(
        measure.title for terms in (before, now) if terms for measure in terms.measures
    ):
        had_cents = _of_measure(before, title) if before else None
        has_cents = _of_measure(now, title)
        if had_cents is not None or has_cents is not None:
            yield Difference(title, had_cents, has_cents)
    labels = contents.rules_of(intake).labels("earmarks", contents.day_of(intake))
    for code in dict.fromkeys(
        earmark.code for terms in (before, now) if terms for earmark in terms.earmarks
    ):
        had, has = _of_purpose(before, code), _of_purpose(now, code)
        yield Difference(labels.get(code, code), had[0], has[0], had[1], has[1])


def _of_measure(terms: Terms, title: str) -> int | None:
    amounts = [each.amount_cents for each in terms.measures if each.title == title]
    known = [cents for cents in amounts if cents is not None]
    return sum(known) if known else None


def _of_purpose(terms: Terms | None, code: str) -> tuple[int | None, str]:
    """The amount stated for a purpose, or what is said in its place."""
    if terms is None:
        return None, ""
    for earmark in terms.earmarks:
        if earmark.code == code:
            cents = earmark.amount_cents
            return cents, "" if cents is not None else gettext("ohne Betrag genannt")
    return None, gettext("nicht genannt")


def moves(planned: Iterable[tuple[AccountKey, AccountKey, int]]) -> list[Move]:
    """What passes from where to where, in order; measures of a place are one."""
    sums: dict[tuple[str, str, Fund, Tranche], int] = defaultdict(int)
    for source, target, cents in planned:
        if source.book == Book.PLANNING:
            sums[source.place.said, target.place.said, source.fund, source.tranche] += cents
    return [
        Move(source, target, programmes.purpose(fund), programmes.tranche(tranche), cents)
        for (source, target, fund, tranche), cents in sums.items()
    ]


def said_of(planned: Sequence[ledger.Posting], after: ledger.Agreed) -> Iterator[Said]:
    """The effects in sentences: what becomes uncovered, free to be waived, committed."""
    if not planned:
        yield Said(NOTHING)
        return
    places = ((Place.UNCOVERED, None, GAP), (Place.AGREED, Place.ALLOCATED, RETURNED))
    for source, target, sentence in (*places, (Place.AGREED, Place.UNCOVERED, COVERED)):
        if sums := _sums(planned, source, target):
            yield Said(sentence, {"amounts": _amounts(sums)})
    if opened := _sums(planned, Place.OPENING, None):
        params = {"year": str(after.programme_year), "amounts": _amounts(opened)}
        yield Said(OPENED, params)
    if after.is_granted:
        yield from _committed(planned)


def _committed(planned: Sequence[ledger.Posting]) -> Iterator[Said]:
    came, went = _sums(planned, None, Place.AGREED), _sums(planned, Place.AGREED, None)
    net = {one: came.get(one, 0) - went.get(one, 0) for one in {**came, **went}}
    more = {one: cents for one, cents in net.items() if cents > 0}
    less = {one: -cents for one, cents in net.items() if cents < 0}
    for sums, bound, authority in ((more, BOUND, CONSUMED), (less, RELEASED, GIVEN_BACK)):
        if sums:
            yield Said(bound, {"amounts": _amounts(sums)})
        later = {one: cents for one, cents in sums.items() if one.is_authority}
        if later:
            yield Said(authority, {"amounts": _amounts(later)})


def _sums(planned: Iterable[ledger.Posting], source: Place | None, target: Place | None) -> Sums:
    sums: Sums = defaultdict(int)
    for one in planned:
        if source in (None, one.source.place) and target in (None, one.target.place):
            sums[one.source.tranche] += one.amount_cents
    return dict(sums)


def _amounts(sums: Sums) -> tuple[Said, ...]:
    """Amounts by kind of money, never added up."""
    return kinds_said(in_order(sums))


def _days(intake: Intake, is_booked: bool, day: date) -> Iterator[Said]:
    if is_booked:
        known = intake.content.without_blanks().signed_on
        yield Said(BOOKED_ON, {"day": day}) if known else Said(BOOKED_TODAY)


def unknown(intake: Intake) -> Iterator[Said]:
    """What the paper leaves open of its signatures: who, and when."""
    terms = intake.content.without_blanks()
    names = {"ministry": terms.ministry, "authority": terms.granting_authority}
    for side in packs.programme(terms.programme).document.sides:
        party = "region" if side == "body" else side
        name = names.get(party) or (terms.body_name if party == "region" else "")
        given = [each for each in terms.signatures if each.party == party]
        if not given:
            yield Said(NO_SIGNATURE, {"side": name})
        for each in given:
            if not (each.name or each.office):
                yield Said(NOBODY, {"side": name})
            if not each.date:
                yield Said(NO_DAY, {"side": name})


def annulling(annulment: Annulment) -> dict[str, Any]:
    """The page that asks before a record is annulled: the amount, and what is taken back."""
    record = annulment.agreement
    booked = books.unreversed(record.file_number)
    under_way = queries.open_change(record)
    return {
        "annulment": annulment,
        "record": record,
        "moves": moves((each.target.key, each.source.key, each.amount_cents) for each in booked),
        "under_way": under_way,
    }


def who_decides(user: Any, annulment: Annulment, day: date) -> dict[str, Any]:
    """Who asked for an annulment, and by name who may decide it while it is open."""
    record = annulment.agreement
    confirmed = sorted(queries.bookers(record))
    is_open = annulment.state == AnnulmentState.ASKED
    able = queries.deciders(record, annulment.asked_by, day) if is_open else []
    audit_names = {annulment.asked_by, *confirmed, *(person.audit_name for person in able)}
    names = identity.labels(audit_names, user)
    return {
        "is_open": is_open,
        "asked_by": names.get(annulment.asked_by, annulment.asked_by),
        "confirmed_by": [names.get(name, name) for name in confirmed],
        "deciders": [names.get(person.audit_name, "") for person in able],
    }


NOTHING = msg("In den Büchern ändert sich nichts: Der Betrag bleibt, wie er ist.")
GAP = msg(
    "Zugesagt wird mehr, als zugewiesen ist. Ungedeckt stehen danach in den Büchern, bis jemand "
    "deckt oder die Zusage ändert: {amounts}."
)
RETURNED = msg(
    "Nicht mehr zugesagt und wieder zugewiesen, sodass darauf verzichtet werden kann: {amounts}."
)
COVERED = msg("Gedeckt wird damit, was bei der Gebietskörperschaft ungedeckt war: {amounts}.")
OPENED = msg(
    "Für {year} steht hier keine Zuweisung, sie muss vor diesen Büchern liegen. Als Eröffnung "
    "gebucht werden: {amounts}."
)
BOUND = msg("Gebunden werden: {amounts}.")
RELEASED = msg("Nicht mehr gebunden sind danach: {amounts}.")
CONSUMED = msg(
    "Davon nimmt Verpflichtungsermächtigung in Anspruch, sodass sie am Jahresende nicht "
    "verfällt: {amounts}."
)
GIVEN_BACK = msg("Davon steht als Verpflichtungsermächtigung wieder offen: {amounts}.")
BOOKED_ON = msg("Gebucht wird zum {day}, dem Tag der letzten Unterschrift.")
BOOKED_TODAY = msg(
    "Der Tag der letzten Unterschrift ist nicht bekannt; gebucht wird zu dem Tag, an dem Sie "
    "bestätigen."
)
NO_SIGNATURE = msg("Für {side} ist keine Unterschrift angegeben.")
NOBODY = msg("Wer für {side} unterschrieben hat, ist nicht angegeben.")
NO_DAY = msg("Wann für {side} unterschrieben wurde, ist nicht bekannt.")
