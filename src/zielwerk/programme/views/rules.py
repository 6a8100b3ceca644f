"""The programme and its years: what the rules of a year say, and what differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.core.views import Request, may, refused
from zielwerk.language import translate, value_text
from zielwerk.packs import loading as packs
from zielwerk.packs.differences import FIELDS, TABLES, Difference, differences
from zielwerk.packs.model import Body, Letter, Year
from zielwerk.packs.wording import PARTS, SLOTS, spelled
from zielwerk.programme import queries
from zielwerk.programme.panels.rules import Cell, Section, assumptions, sections
from zielwerk.rulebook.agreement import Wording
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.wording import corrections

TEXTS = ("clauses", "letters")  # tables of the rules that hold texts with slots


@may("programme.look")
@require_safe
def programme(request: Request) -> HttpResponse:
    """Who the programme is, and its years."""
    loaded = [packs.load(settings.PROGRAMME, year) for year in packs.years(settings.PROGRAMME)]
    rows = [
        (one, len(assumptions(sections(one))), following)
        for one, following in zip(loaded, [*[one.year for one in loaded[1:]], None], strict=True)
    ]
    context = {"programme": packs.programme(settings.PROGRAMME), "rows": rows}
    return render(request, "programme/rules.html", context)


@may("programme.look")
@require_safe
def year(request: Request, year: int) -> HttpResponse:
    """All that the rules of a year say, today's or a version that was kept."""
    try:
        today = packs.load(settings.PROGRAMME, year)
    except Refused as unknown:
        return refused(request, unknown.refusals, status=404)
    kept = list(queries.rule_versions(settings.PROGRAMME, year))
    version = request.GET.get("fassung") or today.rule_version
    if version != today.rule_version and version not in {one.version for one in kept}:
        raise Http404
    shown = queries.rules(settings.PROGRAMME, year, version)
    years = packs.years(settings.PROGRAMME)
    earlier = [packs.load(settings.PROGRAMME, one) for one in years if one < year]
    found = sections(shown, earlier)
    if exports.file_format(request):
        return export(request, f"Regeln {year}", found)
    context = {
        "rules": shown,
        "sections": found,
        "clauses": [(one, worded(one.text)) for one in shown.clauses],
        "letters": [(one.title, list(_parts(one))) for one in shown.letters],
        "assumptions": assumptions(found),
        "kept": kept,
        "today": today.rule_version,
        "others": [one for one in years if one != year],
    }
    return render(request, "programme/rules_year.html", context)


def export(request: Request, name: str, found: list[Section]) -> HttpResponse:
    """Every entry of the rules as a row: section, entry, what it says, source."""
    language = get_language() or "de"
    headings = [gettext("Abschnitt"), gettext("Eintrag"), gettext("Angaben")]
    headings += [gettext("Quelle"), gettext("Annahme")]
    rows = (
        [
            translate(section.title, language),
            said(row.name),
            "; ".join(
                f"{translate(heading, language)}: {said(cell)}"
                for heading, cell in zip(section.headings[1:], row.cells[1:], strict=True)
                if cell not in (None, "", ())
            ),
            row.source.text if row.source else "",
            gettext("ja") if row.is_assumed else gettext("nein"),
        ]
        for section in found
        for row in section.rows
    )
    return exports.response(request, name, headings, rows, at=timezone.now())


def said(cell: Cell) -> str:
    return "" if cell is None else value_text(cell, get_language() or "de")


class OtherYear(forms.Form):
    """Which year to compare with."""

    zu = forms.ChoiceField(label=_("Vergleichen mit"), required=False)

    def __init__(self, data: object, others: list[int]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [(str(one), str(one)) for one in others]
        self.fields["zu"].choices = choices  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Changed:
    """A difference as a page shows it; a changed text is cut into stretches."""

    difference: Difference
    field: str
    stretches: tuple[Wording, ...]


@may("programme.look")
@require_safe
def rule_differences(request: Request, year: int) -> HttpResponse:
    """What differs between a year and another one, the older one first."""
    others = [one for one in packs.years(settings.PROGRAMME) if one != year]
    if year not in packs.years(settings.PROGRAMME) or not others:
        raise Http404
    chosen = OtherYear(request.GET or None, others)
    earlier = next((one for one in others if one < year), others[-1])
    is_chosen = chosen.is_valid() and chosen.cleaned_data["zu"]
    other = int(chosen.cleaned_data["zu"]) if is_chosen else earlier
    before, after = (packs.load(settings.PROGRAMME, one) for one in sorted((year, other)))
    found = differences(before, after, _bodies(before), _bodies(after))
    if exports.file_format(request):
        return export_differences(request, before, after, found)
    context = {
        "year": year,
        "before": before,
        "after": after,
        "filters": OtherYear({"zu": str(other)}, others),
        "groups": [
            (TABLES[table], _entries(group))
            for table, group in groupby(found, key=lambda one: one.table)
        ],
    }
    return render(request, "programme/rules_differences.html", context)


def _entries(group: Iterable[Difference]) -> list[tuple[Difference, list[Changed]]]:
    """The differences of a table by entry; the first of each names it."""
    entries = [list(of) for _, of in groupby(group, key=lambda one: (one.code, one.label))]
    return [(of[0], [_shown(one) for one in of]) for of in entries]


def _bodies(rules: Year) -> tuple[Body, ...]:
    return packs.bodies_on(settings.PROGRAMME, date(rules.year, 1, 1))


def _shown(one: Difference) -> Changed:
    said = _worded(one)
    is_text = one.table in TEXTS and said.before and said.after
    stretches = corrections(said.before or "", said.after or "") if is_text else ()
    return Changed(said, " · ".join(_field_words(one)), stretches)


def _worded(one: Difference) -> Difference:
    """A difference of texts with their slots in words."""
    if one.table not in TEXTS:
        return one
    say = _slots if one.field == "slots" else worded
    before, after = (text and say(text) for text in (one.before, one.after))
    return replace(one, before=before, after=after)


def _slots(names: str) -> str:
    language = get_language() or "de"
    return "; ".join(translate(SLOTS.get(name, name), language) for name in names.split("; "))


def worded(text: str) -> str:
    """A clause or a part of a letter with its slots in words of the reader's language."""
    language = get_language() or "de"
    return spelled(text, lambda slot: translate(slot, language))


def _parts(letter: Letter) -> Iterator[tuple[str, str]]:
    """What the parts of a letter are called, and what they say."""
    for name, text in letter.parts.items():
        yield _part_words(letter.code, name), worded(text)


def _part_words(letter: str, name: str) -> str:
    return translate(PARTS.get(letter, {}).get(name, name), get_language() or "de")


def _field_words(one: Difference) -> Iterator[str]:
    """The words for a field; of a part of a letter, also which."""
    name, _, part = one.field.partition(".")
    yield translate(FIELDS.get(name, name), get_language() or "de")
    if part:
        yield _part_words(one.code, part)


def export_differences(
    request: Request, before: Year, after: Year, found: tuple[Difference, ...]
) -> HttpResponse:
    language = get_language() or "de"
    headings = [gettext("Abschnitt"), gettext("Eintrag"), gettext("Feld")]
    headings += [str(before.year), str(after.year), gettext("Annahme")]
    rows = (
        [
            translate(TABLES[one.table], language),
            translate(one.label, language),
            " · ".join(_field_words(one)),
            one.before or "",
            one.after or "",
            gettext("ja") if one.assumed else gettext("nein"),
        ]
        for one in map(_worded, found)
    )
    name = f"Unterschiede {before.year} {after.year}"
    return exports.response(request, name, headings, rows, at=timezone.now())
