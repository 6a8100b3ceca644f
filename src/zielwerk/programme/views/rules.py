"""The programme and its years: the rules of a year, and differences between years."""

from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.language import translate, value_text
from zielwerk.packs import loading as packs
from zielwerk.packs.compared import TABLES
from zielwerk.packs.differences import Difference
from zielwerk.packs.model import Letter, Year
from zielwerk.programme import actions, queries
from zielwerk.programme.panels import organisations
from zielwerk.programme.panels.charter import Cell
from zielwerk.programme.panels.differences import (
    field_words,
    grouped,
    in_words,
    part_words,
    worded,
)
from zielwerk.programme.panels.releases import draft
from zielwerk.programme.panels.rules import Section, assumptions, sections
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.views import Request, may, refused


@may("programme.look")
@require_safe
def programme(request: Request) -> HttpResponse:
    """Who the programme is, and its years."""
    all_rules = [packs.load(settings.PROGRAMME, year) for year in packs.years(settings.PROGRAMME)]
    previous_years = [*[rules.year for rules in all_rules[1:]], None]
    drafts = queries.draft_years(settings.PROGRAMME)
    rows = [
        (rules, len(assumptions(sections(rules))), previous_year, rules.year in drafts)
        for rules, previous_year in zip(all_rules, previous_years, strict=True)
    ]
    context = {
        "programme": packs.programme(settings.PROGRAMME),
        "organisations": organisations.by_role(timezone.localdate()),
        "rows": rows,
    }
    return render(request, "programme/rules.html", context)


@may("programme.look")
@require_safe
def year(request: Request, year: int) -> HttpResponseBase:
    """The rules of a year, today's or a version that was kept."""
    try:
        today = packs.load(settings.PROGRAMME, year)
    except Refused as unknown:
        return refused(request, unknown.refusals, status=404)
    kept_versions = list(queries.rule_versions(settings.PROGRAMME, year))
    version = request.GET.get("fassung") or today.rule_version
    known_versions = {today.rule_version, *(stored.version for stored in kept_versions)}
    if version not in known_versions:
        raise Http404
    rules = queries.rules(settings.PROGRAMME, year, version)
    years = packs.years(settings.PROGRAMME)
    earlier = [packs.load(settings.PROGRAMME, other) for other in years if other < year]
    shown_sections = sections(rules, earlier)
    if exports.file_format(request):
        return export(request, f"Regeln {year}", shown_sections)
    context = {
        "rules": rules,
        "sections": shown_sections,
        "clauses": [(clause, worded(clause.text)) for clause in rules.clauses],
        "letters": [(worded(letter.title), list(_parts(letter))) for letter in rules.letters],
        "assumptions": assumptions(shown_sections),
        "kept_versions": kept_versions,
        "today": today.rule_version,
        "draft": draft(request, today),
        "other_years": [other for other in years if other != year],
    }
    return render(request, "programme/rules_year.html", context)


def export(request: Request, name: str, sections: list[Section]) -> HttpResponseBase:
    """Every entry of the rules as a row: section, entry, content, source."""
    language = get_language() or "de"
    headings = [gettext("Abschnitt"), gettext("Eintrag"), gettext("Angaben")]
    headings += [gettext("Quelle"), gettext("Annahme")]
    rows = (
        [
            translate(section.title, language),
            cell_text(row.name),
            "; ".join(
                f"{translate(heading, language)}: {cell_text(cell)}"
                for heading, cell in zip(section.headings[1:], row.cells[1:], strict=True)
                if cell not in (None, "", ())
            ),
            row.source.text if row.source else "",
            gettext("ja") if row.is_assumed else gettext("nein"),
        ]
        for section in sections
        for row in section.rows
    )
    return exports.response(request, name, headings, rows, at=timezone.now())


def cell_text(cell: Cell) -> str:
    return "" if cell is None else value_text(cell, get_language() or "de")


class OtherYear(forms.Form):
    """The year to compare with."""

    zu = forms.ChoiceField(label=_("Vergleichen mit"), required=False)

    def __init__(self, data: object, other_years: list[int]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [(str(other_year), str(other_year)) for other_year in other_years]
        self.fields["zu"].choices = choices  # type: ignore[attr-defined]


@may("programme.look")
@require_safe
def rule_differences(request: Request, year: int) -> HttpResponseBase:
    """The differences between a year and another one, the older one first."""
    other_years = [other for other in packs.years(settings.PROGRAMME) if other != year]
    if year not in packs.years(settings.PROGRAMME) or not other_years:
        raise Http404
    form = OtherYear(request.GET or None, other_years)
    default_year = next((other for other in other_years if other < year), other_years[-1])
    is_chosen = form.is_valid() and form.cleaned_data["zu"]
    chosen_year = int(form.cleaned_data["zu"]) if is_chosen else default_year
    compared_years = sorted((year, chosen_year))
    older, newer = (packs.load(settings.PROGRAMME, rules_year) for rules_year in compared_years)
    changes = actions.between(older, newer)
    if exports.file_format(request):
        return export_differences(request, older, newer, changes)
    groups = grouped(changes)
    context = {
        "year": year,
        "older": older,
        "newer": newer,
        "number": sum(len(entries) for _, entries in groups),
        "filters": OtherYear({"zu": str(chosen_year)}, other_years),
        "groups": groups,
    }
    return render(request, "programme/rules_differences.html", context)


def _parts(letter: Letter) -> Iterator[tuple[str, str]]:
    """The labels of the parts of a letter, and their texts."""
    for name, text in letter.parts.items():
        yield part_words(letter.code, name), worded(text)


def export_differences(
    request: Request, older: Year, newer: Year, changes: tuple[Difference, ...]
) -> HttpResponseBase:
    language = get_language() or "de"
    headings = [gettext("Abschnitt"), gettext("Eintrag"), gettext("Feld")]
    headings += [str(older.year), str(newer.year), gettext("Annahme")]
    rows = (
        [
            translate(TABLES[difference.table], language),
            translate(difference.label, language),
            field_words(difference),
            translate(difference.before or "", language),
            translate(difference.after or "", language),
            gettext("ja") if difference.assumed else gettext("nein"),
        ]
        for difference in map(in_words, changes)
    )
    name = f"Unterschiede {older.year} {newer.year}"
    return exports.response(request, name, headings, rows, at=timezone.now())
