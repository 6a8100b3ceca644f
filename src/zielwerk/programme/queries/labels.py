"""Labels for the codes of the rules."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import get_language, gettext

from zielwerk.language import value_text
from zielwerk.ledger.queries import labels
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import Tranche


def purpose(fund: Fund) -> str:
    """The label of a fund's purpose (Zweckbindung) in the rules of its year, or in the newest."""
    if not fund.earmark:
        return gettext("Mittel ohne Zweckbindung")
    if (fund.programme, fund.year) not in packs.available():
        return labels.names(fund.programme).of("earmark", fund.earmark)
    earmarks = packs.load(fund.programme, fund.year).earmarks
    by_code = {earmark.code: earmark.label for earmark in earmarks}
    return by_code.get(fund.earmark, fund.earmark)


def purposes(years: Iterable[int]) -> list[tuple[str, str]]:
    """Codes and labels of all purposes of these years, money without one first."""
    by_code = {"": gettext("Mittel ohne Zweckbindung")}
    for year in years:
        for earmark in packs.load(settings.PROGRAMME, year).earmarks:
            by_code.setdefault(earmark.code, earmark.label)
    return list(by_code.items())


def tranche(tranche: Tranche) -> str:
    """A tranche in words: money of a budget, or authority and the year in which it is due."""
    return value_text(tranche.said, (get_language() or "de")[:2])


def by_kind(kinds: Mapping[Tranche, int]) -> list[tuple[str, int]]:
    """Amounts in cents, each with its kind of money in words."""
    return [(tranche(one), cents) for one, cents in kinds.items()]


def source(programme: str, code: str) -> str:
    """The label of a source of money (Mittelherkunft); a dash where it is not known."""
    return labels.names(programme).of("source", code) if code else "–"


def body_names(programme: str) -> Mapping[str, str]:
    """The names of all bodies, by key."""
    return labels.names(programme).by_dimension["ags"]


def passing_on(code: str) -> str:
    """The label of a kind of passing on (Weiterleitung) in the newest rules that have it."""
    for programme, year in reversed(packs.available()):
        if programme == settings.PROGRAMME:
            for kind in packs.load(programme, year).passing_on:
                if kind.code == code:
                    return kind.label
    return code
