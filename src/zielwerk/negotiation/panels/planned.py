"""A planned measure beside what the text of the draft says of it: the same by its id."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from zielwerk.core import permissions
from zielwerk.core.cases import Case
from zielwerk.drafting.changes import measure_node
from zielwerk.drafting.model import Document, Measure, Target
from zielwerk.drafting.targets import target_words
from zielwerk.language import translate, value_text
from zielwerk.measures.models import PlannedMeasure
from zielwerk.negotiation import queries
from zielwerk.negotiation.panels.text import place_url
from zielwerk.packs import loading as packs
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.tags.values import language
from zielwerk.ui.views import Request


@dataclass(frozen=True)
class Line:
    """One thing that both name, or one of them where it may be absent: as planned, as agreed."""

    what: str
    planned: str
    agreed: str


def part(request: Request, case: Case) -> str:
    """Plan and text side by side; nothing where the person sees no draft with the measure."""
    if not isinstance(case, PlannedMeasure):
        return ""
    if permissions.role_refusal(request.user, "negotiation.look"):
        return ""
    draft = queries.of_body(case.programme, case.year, case.ags)
    if draft is None or not queries.is_seen(request.user, draft):
        return ""
    document = queries.newest(draft)
    in_text = next((e for e in document.content.measures if e.id == case.file_number), None)
    if in_text is None:
        return ""
    context = {
        "lines": list(lines(case, in_text, document)),
        "url": place_url(draft, measure_node(in_text)),
        "draft": draft,
    }
    return render_to_string("negotiation/planned.html", context, request)


def lines(case: PlannedMeasure, in_text: Measure, document: Document) -> Iterator[Line]:
    """What both say; an amount only where the text names one."""
    rules = packs.load(case.programme, case.year)
    planned = queries.measure_of(case, rules)
    pairs: list[tuple[str, object, object]] = [
        (msg("Titel"), planned.title, in_text.title),
        (msg("Maßnahmeart"), planned.type_label, in_text.type_label),
        (msg("Plätze"), planned.places, in_text.places),
    ]
    if in_text.amount_cents is not None and case.programme_cents is not None:
        amounts = Cents(case.programme_cents), Cents(in_text.amount_cents)
        pairs.append((msg("Aus dem Programm"), *amounts))
    for what, before, after in pairs:
        if before not in (None, "") or after not in (None, ""):
            yield Line(translate(what, language()), _said(before), _said(after))
    yield from _targets(case, document)


def _targets(case: PlannedMeasure, document: Document) -> Iterator[Line]:
    """Each target that is planned or in the text, by its number."""
    of_plan = {each.id: each for each in queries.targets_of_plan(case)}
    of_text = {e.id: e for e in document.content.targets if e.measure == case.file_number}
    for own in dict.fromkeys((*of_plan, *of_text)):
        number = own.rpartition(".")[2]
        what = translate(msg("Ziel {number}"), language()).format(number=number)
        yield Line(what, _aim(of_plan.get(own)), _aim(of_text.get(own)))


def _aim(target: Target | None) -> str:
    return target_words(target) if target else ""


def _said(value: object) -> str:
    return "" if value is None else value_text(value, language())


PARTS = (part,)
