"""The programme and its years: the rules of a year, and differences between years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

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
from zielwerk.packs.differences import FIELDS, TABLES, Difference, differences
from zielwerk.packs.model import Body, Letter, Year
from zielwerk.packs.wording import PARTS, SLOTS, spelled
from zielwerk.programme import queries
from zielwerk.programme.panels import organisations
from zielwerk.programme.panels.charter import Cell
from zielwerk.programme.panels.charter import within as successions_within
from zielwerk.programme.panels.rules import Section, assumptions, sections
from zielwerk.rulebook.agreement import Wording
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.wording import corrections
from zielwerk.ui.views import Request, may, refused

TEXTS = ("clauses", "letters")  # tables of the rules that hold texts with slots


@may("programme.look")
@require_safe
def programme(request: Request) -> HttpResponse:
    """Who the programme is, and its years."""
    all_rules = [packs.load(settings.PROGRAMME, year) for year in packs.years(settings.PROGRAMME)]
    previous_years = [*[rules.year for rules in all_rules[1:]], None]
    rows = [
        (rules, len(assumptions(sections(rules))), previous_year)
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
        "letters": [(letter.title, list(_parts(letter))) for letter in rules.letters],
        "assumptions": assumptions(shown_sections),
        "kept_versions": kept_versions,
        "today": today.rule_version,
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


@dataclass(frozen=True)
class Change:
    """A difference as a page shows it; a changed text is cut into stretches."""

    difference: Difference
    field: str
    stretches: tuple[Wording, ...]


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
    successions = (successions_within(older), successions_within(newer))
    changes = differences(older, newer, _bodies(older), _bodies(newer), successions)
    if exports.file_format(request):
        return export_differences(request, older, newer, changes)
    groups = [
        (TABLES[table], _entries(group))
        for table, group in groupby(changes, key=lambda difference: difference.table)
    ]
    context = {
        "year": year,
        "older": older,
        "newer": newer,
        "number": sum(len(entries) for _, entries in groups),
        "filters": OtherYear({"zu": str(chosen_year)}, other_years),
        "groups": groups,
    }
    return render(request, "programme/rules_differences.html", context)


def _entries(group: Iterable[Difference]) -> list[tuple[Difference, list[Change]]]:
    """The differences of a table by entry; the first of each names it."""
    entries = groupby(group, key=lambda difference: (difference.code, difference.label))
    groups = [list(entry) for _, entry in entries]
    return [(entry[0], [_change(difference) for difference in entry]) for entry in groups]


def _bodies(rules: Year) -> tuple[Body, ...]:
    return packs.bodies_in(settings.PROGRAMME, rules.year)


def _change(difference: Difference) -> Change:
    wording = _worded(difference)
    is_text = difference.table in TEXTS and wording.before and wording.after
    stretches = corrections(wording.before or "", wording.after or "") if is_text else ()
    return Change(wording, " · ".join(_field_words(difference)), stretches)


def _worded(difference: Difference) -> Difference:
    """A difference of texts with their slots in words."""
    if difference.table not in TEXTS:
        return difference
    in_words = _slots if difference.field == "slots" else worded
    before, after = (text and in_words(text) for text in (difference.before, difference.after))
    return replace(difference, before=before, after=after)


def _slots(names: str) -> str:
    language = get_language() or "de"
    return "; ".join(translate(SLOTS.get(name, name), language) for name in names.split("; "))


def worded(text: str) -> str:
    """A clause or a part of a letter with its slots in words of the reader's language."""
    language = get_language() or "de"
    return spelled(text, lambda slot: translate(slot, language))


def _parts(letter: Letter) -> Iterator[tuple[str, str]]:
    """The labels of the parts of a letter, and their texts."""
    for name, text in letter.parts.items():
        yield _part_words(letter.code, name), worded(text)


def _part_words(letter: str, name: str) -> str:
    return translate(PARTS.get(letter, {}).get(name, name), get_language() or "de")


def _field_words(difference: Difference) -> Iterator[str]:
    """The words for a field; of a part of a letter, also which."""
    name, _, part = difference.field.partition(".")
    if difference.part:
        yield translate(difference.part, get_language() or "de")
        return
    yield translate(FIELDS.get(name, name), get_language() or "de")
    if part:
        yield _part_words(difference.code, part)


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
            " · ".join(_field_words(difference)),
            translate(difference.before or "", language),
            translate(difference.after or "", language),
            gettext("ja") if difference.assumed else gettext("nein"),
        ]
        for difference in map(_worded, changes)
    )
    name = f"Unterschiede {older.year} {newer.year}"
    return exports.response(request, name, headings, rows, at=timezone.now())
