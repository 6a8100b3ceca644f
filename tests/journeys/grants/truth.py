"""What the product says after a verb beside what the notes say: in books, lists and on pages."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from tests.journeys import pages
from tests.journeys.grants import granting
from tests.journeys.grants.model import Act, Body, Notice, left, summed, total
from tests.journeys.grants.passing import MEASURES, row
from tests.journeys.grants.play import PERMITTED, Play, pot
from tests.stage import signed_in
from zielwerk.core.audit import reference
from zielwerk.core.models import AuditSeal
from zielwerk.desk.queries import accord
from zielwerk.documents import queries as documents
from zielwerk.granting import queries
from zielwerk.granting.models import GrantedAmount
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place, Transfer
from zielwerk.passing import queries as passing
from zielwerk.passing.models import PassedAmount
from zielwerk.rulebook.money import format_euro

EUROS = re.compile(r"[\d.,]+ €")
ISSUING = ("granting.issue", "granting.issue_together")


def look(play: Play, bodies: Sequence[Body]) -> None:
    """Ask all that must be so after every verb, of those whose verb it was."""
    for body in bodies:
        for notice in body.notices:
            grants_what_it_says(play, notice)
            is_passed_on_as_noted(play, notice)
        for case in (*body.notices, *body.acts):
            is_whole_or_not_issued(case)
        is_committed_as_granted(play, body)
    promises_what_is_permitted(play)
    assert not list(accord.granted(settings.PROGRAMME)), play.told
    if play.issued:
        assert not list(ledger.faults()), play.told
        for body in bodies:
            shows_the_same_everywhere(play, body)


def grants_what_it_says(play: Play, one: Notice) -> None:
    """Its rows, replayed with those of its acts, are what stands on any day, known on any day."""
    case = granting.notice_of(one)
    assert case.amount_cents == total(one.amounts), play.told
    assert case.state == one.state, play.told
    rows = GrantedAmount.objects.filter(notice=case)
    amounts: dict[int | None, dict[tuple[str, int], int]] = defaultdict(dict)
    for each in rows:
        amounts[each.act_id][each.measure, each.budget_year] = each.cents
    first = {place: cents for place, cents in one.amounts.items() if cents}
    assert amounts[None] == (first if one.is_issued else {}), play.told
    for act in one.acts:
        changes = {place: cents for place, cents in act.changes.items() if cents}
        assert amounts[act.pk] == changes, play.told
    assert summed(amounts.values()) == one.stands(), play.told
    for days in (0, 3):
        day = play.today - timedelta(days=days)
        stands = queries.stands(case, day)
        assert dict(stands.amounts) == one.stands(day), play.told
        assert dict(queries.stands(case, play.today, day).amounts) == one.stands(play.today, day)
        if one.is_issued and day >= one.day:
            assert stands.baseline == one.baseline(day), play.told


def is_whole_or_not_issued(one: Notice | Act) -> None:
    """Issued: with document, one entry in the chain, and what it booked; not issued: with none."""
    case = granting.act_of(one) if isinstance(one, Act) else granting.notice_of(one)
    amounts = one.changes if isinstance(one, Act) else one.amounts
    booked = Transfer.objects.filter(case=case.file_number)
    entries = AuditSeal.objects.filter(subject=reference(case), entry__verb__in=ISSUING)
    assert case.state == one.state
    if one.state != "issued":
        assert (case.document, case.content, booked.count(), entries.count()) == (None, None, 0, 0)
        return
    assert case.document
    assert documents.text_of(case.document).startswith(b"%PDF")
    assert entries.count() == 1
    moved = {
        sign: booked.filter(**{f"{end}__place": Place.COMMITTED}).aggregate(Sum("amount_cents"))
        for sign, end in ((1, "target"), (-1, "source"))
    }
    cents = sum(sign * (each["amount_cents__sum"] or 0) for sign, each in moved.items())
    assert cents == total(amounts)
    assert booked.exists() == any(amounts.values())


def is_committed_as_granted(play: Play, body: Body) -> None:
    """By measure and tranche; beyond what was given only where it stands as uncovered."""
    booked: dict[tuple[str, int], int] = defaultdict(int)
    for key, cents in ledger.committed(settings.PROGRAMME, play.year, body.ags).items():
        booked[key.measure, key.tranche.year] += cents
    said = {
        (f"{one.name}/{measure}", year): cents
        for one in body.notices
        for (measure, year), cents in one.stands().items()
    }
    assert dict(booked) == said, play.told
    for year in (play.year, play.year + 1):
        gap = replace(pot(play, body, Place.UNCOVERED, year), book=Book.COMMITMENT)
        assert ledger.balance(gap) == -body.uncovered(year), play.told
        given = ledger.balance(pot(play, body, Place.ALLOCATED, year))
        assert given == body.given[year], play.told
        assert body.committed(year) <= given + body.uncovered(year)
    for notice in body.notices:
        shown = queries.uncovered_of(granting.notice_of(notice))
        gaps = sum(body.uncovered(year) for year in (play.year, play.year + 1))
        assert shown == (gaps if notice.is_issued else 0), play.told


def promises_what_is_permitted(play: Play) -> None:
    """What is due next year uses what the budget permits; beyond that it is visibly uncovered."""
    promised = sum(body.committed(play.year + 1) for body in play.bodies)
    held: dict[str, int] = defaultdict(int)
    for key, cents in ledger.authority(settings.PROGRAMME, play.year).items():
        held[key.place] += cents
    assert held[Place.CONSUMED] == promised, play.told
    assert held[Place.UNCOVERED] == -max(promised - PERMITTED, 0), play.told
    assert held[Place.PERMITTED] == max(PERMITTED - promised, 0), play.told


def is_passed_on_as_noted(play: Play, one: Notice) -> None:
    """What is left is the same; more than the notice grants is warned of at each that has it."""
    case = granting.notice_of(one)
    own = [each for each in one.body.passes if each.notice is one]
    for measure in MEASURES:
        said = {year: cents for year, cents in left(one, measure).items() if cents}
        found = passing.left_of(case, measure, play.today)
        assert {year: cents for year, cents in found.items() if cents} == said, play.told
        for each in own:
            is_running = each.state == "passed_on" and not any(x.counts for x in each.later())
            if each.measure == measure and is_running:
                rules = {why.rule for why in passing.warnings_of(row(each), play.today)}
                is_over = any(cents < 0 for cents in said.values())
                assert ("passing.not_covered" in rules) == is_over, play.told
    for each in own:
        rows = PassedAmount.objects.filter(pass_on=each.pk).values_list("budget_year", "cents")
        amounts = {year: cents for year, cents in each.amounts.items() if cents}
        assert dict(rows) == (amounts if each.counts else {}), play.told
        assert row(each).state == each.state, play.told


def shows_the_same_everywhere(play: Play, body: Body) -> None:
    """List, file and page say what was granted and what stands with all changes."""
    issued = [one for one in body.notices if one.is_issued]
    if not issued:
        return
    client = signed_in(play.clerk(issued[0]))
    address = reverse("granting:notices")
    file = client.get(address, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig")), delimiter=";"))
    listed = words(client, address)
    for one in issued:
        [cells] = [cells for cells in rows if one.name in cells]
        stands = total(one.stands()) if total(one.amounts) else None
        assert cells[5:7] == [typed(total(one.amounts)), typed(stands)], (cells, play.told)
        page = words(client, reverse("granting:notice", args=[one.pk]))
        assert plain(f"Bewilligt {format_euro(total(one.amounts))}") in page, (page, play.told)
        if one.acts:
            assert plain(f"Steht heute {format_euro(total(one.stands()))}") in page, play.told
        shown = listed.partition(one.name)[2].partition("erlassen")[0]
        amounts = {plain(format_euro(total(each))) for each in (one.amounts, one.stands())}
        whole = {
            each if "," in each else each.replace(" ", ",00 ") for each in EUROS.findall(shown)
        }
        assert amounts <= whole, (shown, play.told)


def words(client: Client, address: str) -> str:
    """A page as it is read."""
    return plain(pages.visible(client.get(address).content.decode()))


def plain(text: str) -> str:
    return " ".join(text.split())


def typed(cents: int | None) -> str:
    """An amount as a file says it."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02}"
