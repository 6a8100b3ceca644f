"""What speaks against a pass-on before it counts, and what only deserves a second look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.passing import amounts as money
from zielwerk.rulebook.passing import checks, days
from zielwerk.rulebook.passing.amounts import ByYear, Instalment
from zielwerk.rulebook.passing.checks import Checked
from zielwerk.rulebook.passing.ways import Document, Way
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class Content:
    """What a pass-on says; ``party``: whether it names one, ``remedy``: how it is contested."""

    way: Way | None
    party: bool
    amounts: ByYear = field(default_factory=dict)
    instalments: Sequence[Instalment] = ()
    seats: int | None = None
    proof_due: date | None = None
    checked: Checked = field(default_factory=Checked)
    remedy: str = ""


@dataclass(frozen=True)
class Around:
    """What it rests on: the measure in the notice, and what is passed on of it already.

    ``rest`` is what of the grant is left, by budget year, without this one. ``seats`` are those of
    the measure, ``seats_passed`` those of the others. ``proof_of_body`` is the day by which the
    body proves itself. ``carrier`` is whom the application names, ``party`` whom this one does,
    ``own`` what it passes on itself.
    """

    granted: ByYear
    rest: ByYear
    last_day: date | None = None
    seats: int | None = None
    seats_passed: int = 0
    proof_of_body: date | None = None
    carrier: str = ""
    party: str = ""
    own: ByYear = field(default_factory=dict)

    @property
    def rest_with(self) -> dict[int, int]:
        """What is left with this one, by budget year; below zero where the notice covers less."""
        return money.left(self.rest, [self.own])


def unsound(content: Content, around: Around) -> Iterator[Refusal]:
    """What is missing or contradicts itself, whatever the checks and the grant say."""
    way = content.way
    if way is None:
        yield NO_WAY
        return
    if way.to_another and not content.party:
        yield Refusal("passing.no_party", _NO_PARTY, {"way": way.label})
    if not way.to_another and content.party:
        yield Refusal("passing.party_of_own", _PARTY_OF_OWN, {"way": way.label})
    if sum(content.amounts.values()) <= 0 or any(c < 0 for c in content.amounts.values()):
        yield NO_AMOUNT
    yield from money.wrong_instalments(content.amounts, content.instalments)
    if way.document is Document.NOTICE and not says_something(content.remedy):
        yield NO_REMEDY
    if way.proof:
        yield from days.wrong_proof(content.proof_due, around.last_day, around.proof_of_body)


def unchecked(content: Content) -> Iterator[Refusal]:
    """What the checks of its way have against it."""
    if content.way:
        total = sum(content.amounts.values())
        yield from checks.why_not(content.way.checks, content.checked, total)


def uncovered(content: Content, around: Around) -> Iterator[Refusal]:
    """Where more would be passed on than is left of what the notice grants."""
    yield from money.too_much(content.amounts, around.rest)


def warnings(content: Content, around: Around) -> Iterator[Refusal]:
    """What deserves a second look; it refuses nothing."""
    if content.way is None:
        return
    yield from checks.warnings(content.way.checks, content.checked)
    yield from _less(content.amounts, around.rest)
    if rest := money.not_in_instalments(content.amounts, content.instalments):
        yield Refusal("passing.not_in_instalments", _REST, {"rest": Cents(rest)})
    together = (content.seats or 0) + around.seats_passed
    if around.seats is not None and together > around.seats:
        params = {"together": str(together), "seats": str(around.seats)}
        yield Refusal("passing.seats", _SEATS, params)
    if around.carrier and around.party and around.carrier.strip() != around.party.strip():
        params = {"carrier": around.carrier, "party": around.party}
        yield Refusal("passing.other_carrier", _OTHER_CARRIER, params)


def _less(amounts: ByYear, rest: Mapping[int, int]) -> Iterator[Refusal]:
    """What of the grant nobody would have got yet."""
    for year, cents in sorted(rest.items()):
        if (open_cents := cents - amounts.get(year, 0)) > 0:
            params = {"year": str(year), "open": Cents(open_cents)}
            yield Refusal("passing.less", _LESS, params)


NO_WAY = Refusal("passing.no_way", msg("Es fehlt, auf welche Art weitergegeben wird."))
NO_REMEDY = Refusal(
    "passing.no_remedy",
    msg(
        "Es fehlt die Rechtsbehelfsbelehrung. Ohne sie kann der Bescheid ein Jahr lang "
        "angefochten werden."
    ),
    basis="§ 58 VwGO",
)
NO_AMOUNT = Refusal("passing.no_amount", msg("Es fehlt, wie viel weitergegeben wird."))
_NO_PARTY = msg("{way}: Es fehlt, an wen weitergegeben wird.")
_PARTY_OF_OWN = msg("{way}: Wer selbst durchführt, gibt an niemanden weiter.")
_REST = msg("{rest} zahlt keine Rate aus.")
_SEATS = msg("Mit den anderen sind es {together} Plätze; die Maßnahme hat {seats}.")
_OTHER_CARRIER = msg("Der Antrag nennt „{carrier}“, weitergegeben wird an „{party}“.")
_LESS = msg("Haushaltsjahr {year}: {open} sind danach noch an niemanden weitergegeben.")
