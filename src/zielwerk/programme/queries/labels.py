"""Codes of the rules as people call them."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext

from zielwerk.packs import loading as packs
from zielwerk.rulebook.planning import Fund


def purpose(fund: Fund) -> str:
    """What a fund is for (Zweckbindung), as the rules of its year call it."""
    if not fund.earmark:
        return gettext("Mittel ohne Zweckbindung")
    if (fund.programme, fund.year) not in packs.available():
        return fund.earmark
    labels = {one.code: one.label for one in packs.load(fund.programme, fund.year).earmarks}
    return labels.get(fund.earmark, fund.earmark)


def purposes(of_years: Iterable[int]) -> list[tuple[str, str]]:
    """Codes and labels of all purposes of these years, money without one first."""
    found = {"": gettext("Mittel ohne Zweckbindung")}
    for year in of_years:
        for one in packs.load(settings.PROGRAMME, year).earmarks:
            found.setdefault(one.code, one.label)
    return list(found.items())


def passing_on(code: str) -> str:
    """A kind of passing on (Weiterleitung) as the newest rules that know it call it."""
    for programme, year in reversed(packs.available()):
        if programme == settings.PROGRAMME:
            for one in packs.load(programme, year).passing_on:
                if one.code == code:
                    return one.label
    return code
