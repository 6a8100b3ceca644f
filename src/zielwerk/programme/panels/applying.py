"""How a year is applied for, as rows of its rules: forms, flat rates, pools, declarations."""

from collections.abc import Iterable

from zielwerk.packs import phrases
from zielwerk.packs.model import Year
from zielwerk.programme.panels.charter import NO, YES, Cell, Rows
from zielwerk.rulebook.application import FORMS, RATE_KINDS
from zielwerk.rulebook.application.financing import percent_said
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg

LABEL, BASIS = msg("Bezeichnung"), msg("Rechtsgrundlage")
HEADINGS = (LABEL, msg("Wert"), BASIS)
RATE = (
    *(LABEL, msg("Kostenart"), msg("Art"), msg("Prozent"), msg("bemessen nach"), msg("Betrag")),
    *(msg("je Platz"), msg("höchstens im Haushaltsjahr"), BASIS),
)
POOL = (LABEL, msg("Kostenarten"), msg("Prozent"), BASIS)
DECLARATION = (LABEL, msg("Text"), msg("verlangt"), BASIS)
ATTACHMENT = (LABEL, msg("verlangt"), msg("liegt schon vor"), BASIS)


def application(year: Year) -> Rows:
    """How it is applied for; nothing where it is not. The basis is that of the financing."""
    if (applying := year.application) is None:
        return
    share: Cell = percent_said(applying.share) if applying.share else None
    values: tuple[tuple[str, Cell, str], ...] = (
        (
            msg("zulässige Finanzierungsarten"),
            tuple(Label(FORMS[each]) for each in applying.forms),
            applying.basis,
        ),
        (msg("übliche Finanzierungsart"), Label(FORMS[applying.form]), applying.basis),
        (msg("üblicher Anteil in Prozent"), share, applying.basis),
        (
            msg("Verhältnis zum Schriftstück"),
            Label(phrases.AGREEMENTS[applying.agreement]),
            "",
        ),
        (msg("Tage nach der Frist, die noch zählen"), applying.grace_days, ""),
        (msg("später mit Begründung"), YES if applying.late else NO, ""),
        (msg("vorzeitiger Beginn auf Antrag"), YES if applying.early_start else NO, ""),
    )
    for label, value, basis in values:
        if value is not None:
            yield applying, (Label(label), value, basis)


def flat_rates(year: Year) -> Rows:
    for rate in year.flat_rates:
        yield (
            rate,
            (
                *(rate.label, *_categories(year, [rate.category])),
                Label(RATE_KINDS[rate.kind]),
                percent_said(rate.rule.percent) if rate.percent else None,
                _categories(year, rate.of),
                Cents(rate.amount_cents) if rate.amount_cents else None,
                (YES if rate.per_seat else NO) if rate.kind == "fixed" else None,
                None if rate.most_cents is None else Cents(rate.most_cents),
                rate.basis,
            ),
        )


def cost_pools(year: Year) -> Rows:
    for pool in year.cost_pools:
        percent = percent_said(pool.rule.percent)
        yield pool, (pool.label, _categories(year, pool.categories), percent, pool.basis)


def declarations(year: Year) -> Rows:
    for each in year.declarations:
        yield each, (each.label, each.text, YES if each.required else NO, each.basis)


def attachments(year: Year) -> Rows:
    for each in year.application_attachments:
        where = Label(phrases.ONCE_IN[each.once_in]) if each.once_in else None
        yield each, (each.label, YES if each.required else NO, where, each.basis)


def _categories(year: Year, codes: Iterable[str]) -> tuple[str, ...]:
    labels = {category.code: category.label for category in year.cost_categories}
    return tuple(labels.get(code, code) for code in codes)
