"""All comparisons of one paper: with itself, with the pack, and with what the house knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from zielwerk.packs.model import Body, Year
from zielwerk.reading import known as house
from zielwerk.reading import papers, spans, within
from zielwerk.reading.budget import Budget
from zielwerk.reading.kinds import Kinds, kinds, plain
from zielwerk.reading.known import Known
from zielwerk.reading.measures import Listed
from zielwerk.reading.mentions import names, own_words, town
from zielwerk.reading.model import Doubt, Finding, Found, NamedEarmark, Party
from zielwerk.reading.offices import REGION
from zielwerk.reading.outline import Outline
from zielwerk.reading.places import Place, Span, places
from zielwerk.reading.recipients import another_recipient
from zielwerk.reading.roles import Roles
from zielwerk.reading.signatures import Signatory
from zielwerk.recognition.likeness import find, fold_traced
from zielwerk.recognition.traced import Quotes
from zielwerk.rulebook.refusal import msg

_NAMED = 0.85  # of 1; the programme's name in damaged letters
OUT_OF_PLACE = msg("Der Ort ist weder der Sitz der Gebietskörperschaft noch der des Geldgebers.")


@dataclass(frozen=True)
class Read:
    """What was read of a paper, before it is compared."""

    pack: Year
    parts: Outline
    bodies: Sequence[Body]  # all that exist in the year
    paper: papers.Paper
    year: Found[int]
    giver: Found[Party]
    region: Found[Party]
    body: Body
    budget: Budget
    listed: Listed
    earmarks: Sequence[Found[NamedEarmark]]
    signed: Sequence[Signatory]
    roles: Roles
    quotes: Quotes
    known: Known

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places of the paper, without its measures."""
        return places(self.parts, [measure.span for measure, _ in self.listed.measures])

    @cached_property
    def words(self) -> Kinds:
        """By what words the programme's kinds of bodies are told."""
        return kinds(self.pack.programme, self.bodies)

    def said(self, span: Span) -> within.Said:
        """A value where it was read, quoted."""
        return within.Said.at(self.places, span, self.quotes.quote(span))


def compare(read: Read) -> list[Doubt]:
    """Whatever contradicts what was read, in the order of the values."""
    return [
        *papers.doubts(read.paper),
        *_programme(read),
        *_year(read),
        *_giver(read),
        *_body(read),
        *_money(read),
        *house.renamed([measure for measure, _ in read.listed.measures], read.known),
        *_signatures(read),
    ]


def _programme(read: Read) -> Iterator[Doubt]:
    name = plain(read.pack.programme.name)
    own = (*own_words(read.pack.programme, read.pack), name)
    for place in read.places:
        folded = fold_traced(place.text)
        if hit := find(name, folded, _NAMED):
            span = place.text.span(folded.origin[hit[1]], folded.origin[hit[2] - 1] + 1)
            yield from within.programmes_differ(read.said(span), read.places, own)
            return


def _year(read: Read) -> Iterator[Doubt]:
    period, said = read.pack.period, read.said(read.year.span)
    yield from within.years_spanned(said, read.places, read.budget.found.span)
    yield from spans.begins_elsewhere(said, read.places, period)
    yield from within.years_differ(
        read.year,
        said,
        read.places,
        own_words(read.pack.programme, read.pack),
        range(period.first.year, period.last.year + 1),
        [text for each in read.pack.frameworks for text in (each.title, *each.cues)],
    )


def _giver(read: Read) -> Iterator[Doubt]:
    role = read.giver.value.role
    others = [
        each
        for each in read.pack.organisations
        if each.role == role and each.name != read.giver.value.name
    ]
    return within.givers_differ(read.giver, read.said(read.giver.span), read.places, others)


def _body(read: Read) -> Iterator[Doubt]:
    known = names(read.body, read.bodies, read.pack, read.words)
    said = read.said(read.region.span)
    others = list(within.bodies_differ(said, read.places, known))
    yield from others or another_recipient(said, read.places, read.bodies, read.words)
    for one in read.signed:
        if one.party.value == REGION and one.office.value:
            spoken = read.words.signed(one.office.value)
            office = one.office.value
            yield from within.offices_differ(said, read.body, office, spoken, read.places)


def _money(read: Read) -> Iterator[Doubt]:
    stated = read.budget
    yield from stated.doubts
    taken = [one.span for one in (*read.listed.stated, *read.listed.totals)]
    titles = read.listed.measures
    said = read.said(stated.found.span)
    yield from within.amounts_differ(stated.found, said, read.places, read.roles, taken)
    measures = [
        (f"measures[{i}].amount_cents", price.value)
        for i, price in enumerate(read.listed.amounts)
        if price and price.value is not None
    ]
    prices = [cents for _, cents in measures]
    each = read.pack.programme.document.recipient == "measure"
    yield from within.sum_differs(stated.found, prices, len(titles), each=each)
    yield from within.types_differ(stated.found, read.listed.totals)
    yield from within.instalments_differ(stated.found, read.places)
    yield from within.parts_exceed(stated.found, measures)
    inside = [
        (f"earmarks[{i}]", one.value.amount_cents)
        for i, one in enumerate(read.earmarks)
        if one.value.amount_cents is not None and one.value.inside_total == "yes"
    ]
    yield from within.parts_exceed(stated.found, inside)
    amount, size = stated.found.value, house.sizes(read.pack, read.known)
    yield from house.out_of_size(amount, size)
    yield from house.not_allocated(amount, read.known)
    yield from house.unlike_last_year(amount, read.known, size)


def _signatures(read: Read) -> Iterator[Doubt]:
    """A side signs at its seat, at the other's, or where it signed last year, after all is done."""
    days = [one.date for one in read.signed]
    yield from spans.signed_before(days, read.places, read.pack.period)
    yield from spans.signed_far_apart(read.signed)
    givers = [o.seat for o in read.pack.organisations if o.role == read.giver.value.role]
    before = read.known.before.places if read.known.before else ()
    usual = {town(read.body.seat), *map(town, givers), *before}
    others = {town(body.seat) for body in read.bodies} - usual
    for i, one in enumerate(read.signed):
        place = one.place.value
        if place is None or any(each.startswith(place) for each in usual):
            continue
        path = f"signatures[{i}].place"
        is_elsewhere = place in others and one.party.value == REGION
        finding = Finding(
            "reading.out_of_place",
            msg("Unterschrieben ist in {place}, Sitz von {body} ist {seat}: Stimmt der Ort?"),
            {"place": place, "body": read.body.name, "seat": town(read.body.seat)},
            "uncertain",
            path,
        )
        paths = (path, *within.BODY) if is_elsewhere else (path,)
        yield Doubt(paths, finding, OUT_OF_PLACE, 0.6)
