"""How a grant follows from the plan, by each of the four forms of financing, step by step.

A total that is fully covered leaves nothing to be granted, and no grant is higher than the cost.
The sentences are those that stand live beside the plan. Amounts are whole cents; the only
rounding is that of a share.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zielwerk.rulebook.application.content import FORMS, Form
from zielwerk.rulebook.lifecycle import OWN_RULE, Label
from zielwerk.rulebook.money import Cents, round_half_up
from zielwerk.rulebook.refusal import Refusal, Said, msg


@dataclass(frozen=True)
class Step:
    """A row of the arithmetic: what it is, and its amount; what is deducted is negative."""

    label: Said
    cents: int


@dataclass(frozen=True)
class Grant:
    """What a plan allows to be granted, in cents, and how that comes about.

    ``steps`` are the rows of the arithmetic, the last of them the grant. ``refusals`` say why the
    plan does not fit its form, ``hints`` what the form brings with it. ``open_cents`` is what
    nobody pays yet, negative where more is paid than it costs.
    """

    allowed: int
    steps: tuple[Step, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    hints: tuple[Said, ...] = ()
    open_cents: int = 0
    basis: str = OWN_RULE


def grant(
    form: str,
    total: int,
    own: int,
    third: int,
    maximum: int | None = None,
    share: Decimal | None = None,
    basis: str = OWN_RULE,
) -> Grant:
    """What may be granted of eligible costs (``total``) that others pay a part of.

    ``own`` is the recipient's money, ``third`` that of third parties. ``maximum`` is the most that
    may be granted, null where nothing bounds it; with a fixed sum it is that sum. ``share`` is the
    percentage of a share.

    - Share: so many percent of the cost, rounded half up, at most the maximum.
    - Deficit: what is left of the cost after all other money, at most the maximum.
    - Fixed: the sum itself, whatever others pay; it falls only where the cost falls below it.
    - Full: the whole cost; other money contradicts the form and is deducted all the same.

    >>> grant(Form.DEFICIT, 100_000_00, 20_000_00, 10_000_00, 60_000_00).allowed
    6000000
    """
    plan = _Plan(form, max(total, 0), max(own, 0), max(third, 0), maximum, share)
    steps = tuple(_steps(plan))
    allowed = steps[-1].cents if steps else 0
    left = plan.total - plan.own - plan.third - allowed
    refusals = tuple(
        Refusal(f"financing.{rule}", said.msgid, said.params, basis)
        for rule, said in _against(plan, left)
    )
    return Grant(allowed, steps, refusals, tuple(_hints(plan, left)), left, basis)


@dataclass(frozen=True)
class _Plan:
    """The figures that the arithmetic works with; none is negative."""

    form: str
    total: int
    own: int
    third: int
    maximum: int | None
    share: Decimal | None

    @property
    def uncovered(self) -> int:
        """What other money leaves of the cost."""
        return max(self.total - self.own - self.third, 0)

    @property
    def percent(self) -> Decimal:
        """The share, within its bounds."""
        return min(max(self.share or Decimal(0), Decimal(0)), Decimal(100))


def _steps(plan: _Plan) -> Iterator[Step]:
    if plan.form not in FORMS:
        return
    yield Step(Said(TOTAL), plan.total)
    match plan.form:
        case Form.SHARE:
            amount = share_of(plan.total, plan.percent)
            yield Step(Said(PERCENT_OF_IT, {"percent": percent_said(plan.percent)}), amount)
        case Form.FIXED:
            amount = plan.total
        case _:
            amount = plan.uncovered
            yield Step(Said(LESS_OWN), -plan.own)
            yield Step(Said(LESS_THIRD), -plan.third)
            yield Step(Said(DEFICIT if plan.form == Form.DEFICIT else UNCOVERED), amount)
    if plan.form == Form.FIXED:
        most = max(plan.maximum or 0, 0)
        yield Step(Said(FIXED_SUM), most)
    elif plan.maximum is None:
        most = amount
    else:
        most = max(plan.maximum, 0)
        yield Step(Said(MAXIMUM), most)
    yield Step(Said(GRANT), min(amount, most))


def share_of(cents: int, percent: Decimal | Fraction) -> int:
    """So many percent of an amount, rounded half up to whole cents (kaufmännisch, DIN 1333).

    >>> share_of(333, Decimal(50))
    167
    """
    exact = Fraction(cents) * Fraction(percent) / 100
    return round_half_up(exact.numerator, exact.denominator)


def percent_said(percent: Decimal) -> Label:
    """A percentage as sentences write it, German or English.

    >>> percent_said(Decimal("7.50"))
    '7,5'
    """
    english = f"{percent.normalize():f}"
    said = Label(english.replace(".", ","))
    said.english = english
    return said


def _against(plan: _Plan, left: int) -> Iterator[tuple[str, Said]]:
    """Why the plan does not fit its form."""
    if plan.form not in FORMS:
        yield "form", Said(FORM_MISSING)
        return
    if plan.form == Form.SHARE and not (plan.share and 0 < plan.share <= 100):
        yield "share", Said(SHARE_MISSING)
    if plan.form == Form.FIXED and not plan.maximum:
        yield "fixed", Said(FIXED_MISSING)
    if plan.form == Form.FULL and (plan.own or plan.third):
        yield "full", Said(NOT_FULL, {"amount": Cents(plan.own + plan.third)})
    if plan.total and plan.own + plan.third >= plan.total and plan.form != Form.FIXED:
        yield "covered", Said(COVERED)
    elif left < 0 and plan.form == Form.SHARE:
        yield "overpaid", Said(OVERPAID, {"amount": Cents(-left)})


def _hints(plan: _Plan, left: int) -> Iterator[Said]:
    """What the form brings with it, and what the plan still leaves open."""
    if plan.form not in FORMS:
        return
    if left > 0:
        yield Said(STILL_OPEN, {"amount": Cents(left)})
    match plan.form:
        case Form.SHARE:
            yield Said(SHARE_FALLS)
        case Form.DEFICIT:
            yield Said(DEFICIT_FALLS)
        case Form.FIXED:
            if left < 0 < plan.total:
                yield Said(FIXED_REPLACES, {"amount": Cents(-left)})
            yield Said(FIXED_STAYS)
        case Form.FULL:
            yield Said(FULL_FALLS)


TOTAL = msg("Zuwendungsfähige Kosten")
LESS_OWN = msg("abzüglich Eigenmittel")
LESS_THIRD = msg("abzüglich Mittel Dritter")
DEFICIT = msg("Fehlbedarf")
UNCOVERED = msg("bleibt zu decken")
PERCENT_OF_IT = msg("{percent} Prozent davon, kaufmännisch auf ganze Cent gerundet")
FIXED_SUM = msg("Festbetrag")
MAXIMUM = msg("Höchstbetrag")
GRANT = msg("Mögliche Zuwendung")
FORM_MISSING = msg("Ohne Finanzierungsart lässt sich keine Zuwendung berechnen.")
SHARE_MISSING = msg("Zur Anteilfinanzierung gehört ein Anteil über 0 und bis 100 Prozent.")
FIXED_MISSING = msg("Zur Festbetragsfinanzierung gehört ein Festbetrag über null.")
NOT_FULL = msg(
    "Bei Vollfinanzierung deckt die Zuwendung alle Kosten; Eigenmittel und Mittel Dritter von"
    " zusammen {amount} passen nicht dazu."
)
COVERED = msg(
    "Eigenmittel und Mittel Dritter decken die Kosten schon; es bleibt nichts zu fördern."
)
OVERPAID = msg(
    "Zusammen mit Eigenmitteln und Mitteln Dritter ist das {amount} mehr, als es kostet."
)
STILL_OPEN = msg("Für {amount} der Kosten ist noch keine Finanzierung genannt.")
SHARE_FALLS = msg(
    "Werden die Kosten geringer oder kommen Mittel Dritter hinzu, sinkt die Zuwendung anteilig; das"
    " ist unverzüglich mitzuteilen."
)
DEFICIT_FALLS = msg(
    "Werden die Kosten geringer oder kommen eigene oder fremde Mittel hinzu, sinkt die Zuwendung um"
    " den vollen Betrag; das ist unverzüglich mitzuteilen."
)
FIXED_STAYS = msg(
    "Der Festbetrag bleibt, auch wenn die Kosten sinken oder Mittel hinzukommen; erst Kosten unter"
    " dem Festbetrag mindern ihn, und das ist unverzüglich mitzuteilen."
)
FIXED_REPLACES = msg(
    "Der Festbetrag übersteigt zusammen mit den anderen Mitteln die Kosten um {amount}; um so viel"
    " ersetzt er Eigenmittel."
)
FULL_FALLS = msg(
    "Vollfinanzierung ist die Ausnahme: Jede Einsparung und jedes hinzukommende Geld mindert die"
    " Zuwendung voll; das ist unverzüglich mitzuteilen."
)
