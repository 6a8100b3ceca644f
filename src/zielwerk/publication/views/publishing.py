"""Pages of publishing: what is on its way to the public, and the press that takes it there."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.core import stages
from zielwerk.core.permissions import NotAllowed, role_refusal
from zielwerk.core.words import body_of
from zielwerk.documents import queries as documents
from zielwerk.language import German
from zielwerk.publication import actions, forms, letters, panels, queries
from zielwerk.publication.cases import PUBLICATIONS
from zielwerk.publication.models import ENDED, Edition
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.typesetting.html import render_blocks
from zielwerk.typesetting.pdf import render as render_pdf
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.lists import Listed
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import Request, may

PUBLISHING = (
    msg("Öffentlich werden Beträge, Maßnahmen und Wortlaut, als Seite, PDF und offene Daten."),
    msg("Genannt werden Ämter, keine Namen von Personen."),
    msg("Zurückziehen lässt sich das; was bis dahin gelesen oder kopiert ist, bleibt es."),
)
PROPOSING = (
    msg("Öffentlich wird damit noch nichts: Eine zweite Person gibt frei, was Sie vorlegen."),
    msg("Sie sieht vorher genau, was öffentlich wird; bis dahin lässt es sich zurückgeben."),
    msg("Genannt werden Ämter, keine Namen von Personen."),
)
PERSONS = msg(
    "Im Text stehen Stellen, die eine Person nennen könnten. Was Sie schwärzen, fehlt auf der "
    "Seite, im PDF, in den Daten und in der Suche; wer freigibt, sieht Ihre Entscheidung."
)
ACTS = {"": "publish", "vorlegen": "propose"}  # by the stage that an address names
ALL = {"publish": msg("Alle veröffentlichen"), "propose": msg("Alle vorlegen")}
BEGUN = {
    "publish": msg("Begonnen: Die Vereinbarungen {year} werden veröffentlicht."),
    "propose": msg("Begonnen: Die Vereinbarungen {year} werden zur Veröffentlichung vorgelegt."),
}
NOTHING_TO_DO = Refusal(
    "publication.nothing_to_publish",
    msg("In diesem Jahr gibt es keine Vereinbarung, bei der Sie das alles auf einmal tun können."),
)
LEFT_OUT = msg("Nicht dabei, weil jemand hinsehen muss")
PUBLICATION = msg("Veröffentlichung")
PREVIEW = "Vorschau, nicht veröffentlicht"  # on every page of a PDF in German


@may("publication.look")
@require_safe
def publication(request: Request, pk: int) -> HttpResponse:
    """The page of a publication: exactly what becomes public, is public, or was."""
    case = PUBLICATIONS.find(request.user, settings.PROGRAMME, pk)
    document = letters.document(shown(case), letters.rules_of(case))
    name = German(body_of(case))
    title = format_html("{}: {} {}", gettext(PUBLICATION), name, case.year)
    context = {
        "page": steps.case_page(request, case, title),
        "edition": case,
        "body": render_blocks(document.blocks, level=3),
        "is_over": case.state in ENDED,
        "decisions": panels.decisions(case),
    }
    return render(request, "publication/publication.html", context)


def shown(edition: Edition) -> dict[str, Any]:
    """What was published; of what is not, what would be if it were today."""
    data: dict[str, Any] = edition.document
    if edition.published_at:
        return data
    number = queries.last_number(edition.agreement) + 1
    return letters.published(data, number, timezone.now())


@may("publication.look")
@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """The PDF of a publication: the one that was published, or as it would be set today."""
    case = PUBLICATIONS.find(request.user, settings.PROGRAMME, pk)
    if case.pdf:
        content, name = documents.text_of(case.pdf), case.pdf.name
    else:
        document = letters.document(shown(case), letters.rules_of(case))
        label = " · ".join(filter(None, (PREVIEW, document.label)))
        content, name = render_pdf(replace(document, label=label)), f"{case.file_number}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Language"] = "de"
    return response


def waiting(request: Request, listed: Listed) -> dict[str, Any]:
    """The years of which this person may publish at once all that wait for her."""
    if role_refusal(request.user, "publication.publish"):
        return {}
    return {
        "waiting": queries.years_to_release(request.user, settings.PROGRAMME, timezone.localdate())
    }


publications = lists.of_cases(
    PUBLICATIONS,
    panels.PUBLICATIONS,
    "publication/publications.html",
    waiting,
    apart=("year", "state", "is_invented"),
    empty=(
        msg("Keine Veröffentlichung"),
        msg("Zu dieser Auswahl wurde nichts veröffentlicht, vorgelegt oder zurückgezogen."),
    ),
)


@may("publication.look")
@require_http_methods(["GET", "POST"])
def begin(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """Publish an agreement, or put it forward; asks before, with what becomes public."""
    agreement = agreements.agreement(request.user, year, ags, ordinal)
    stage = queries.first_stage(agreement.programme, agreement.year, agreement.rule_version)
    if missing := stages.role_refusal(request.user, stage):
        raise NotAllowed(missing)
    form = forms.ReleaseForm(
        request.POST if request.method == "POST" else None,
        places=actions.places_of(agreement),
        note=stage.notes,
        is_embargoed=stage.taken_by != "publish",
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        new = actions.prepare(agreement, now, form.wishes())
        note = form.arguments()
        return acts.done(
            request,
            lambda: actions.begin_prepared(request.user, new, **note, at=now),
            lambda edition: answer(edition, stage),
        )
    status = 422 if form.errors else 200
    asked = question(agreement, stage, form)
    context = {"question": asked, "form": asked.form, "body": previewed(agreement)}
    return render(request, "publication/begin.html", context, status=status)


def previewed(agreement: Agreement) -> str:
    """The page as it would be public today, with every place that may tell of a person black."""
    data = letters.public_data(agreement)
    rules = letters.rules_of(agreement)
    found = letters.places(data, agreement.content, rules)
    black = letters.without(data, letters.chosen(found, {}))
    number = queries.last_number(agreement) + 1
    document = letters.document(letters.published(black, number, timezone.now()), rules)
    return render_blocks(document.blocks, level=3)


def answer(edition: Edition, stage: Step) -> acts.Answer:
    """Of what is public the file of its agreement; else its own page, and who is asked."""
    if not edition.is_public:
        return steps.taken(edition, stage.verb)
    said = acts.Said(stage.done, PUBLICATIONS.facts_said(edition))
    return acts.Answer(reverse("desk:case", args=edition.address), said)


def question(agreement: Agreement, stage: Step, form: forms.ReleaseForm) -> acts.Question:
    """The question before an agreement is published or put forward."""
    persons = [acts.Said(PERSONS)] if form.places else []
    name = German(f"{agreement.body_name} {agreement.year}")
    return acts.Question(
        title=format_html("{}: {}", said(stage.label), name),
        button=stage.label,
        back=reverse("desk:case", args=agreement.address),
        about=name,
        effects=[*effects(stage.taken_by), *persons],
        facts=[
            (msg("Gebietskörperschaft"), agreement.body_name),
            (msg("Programmjahr"), agreement.year),
            (msg("Vereinbarter Betrag"), Cents(agreement.amount_cents)),
        ],
        reasons=actions.why_not_begun(agreement, timezone.localdate()),
        form=form if form.fields else None,
    )


def effects(act: str) -> list[acts.Said]:
    """What a stage leads to, said before."""
    return [acts.Said(effect) for effect in (PUBLISHING if act == "publish" else PROPOSING)]


@may("publication.look")
@require_http_methods(["GET", "POST"])
def whole_year(request: Request, year: int) -> HttpResponse:
    """Publish all of a year in the background, or put it forward; asks before, with how much."""
    act = ACTS.get(request.GET.get("stufe", ""))
    if act is None:
        raise Http404
    if missing := role_refusal(request.user, f"publication.{act}"):
        raise NotAllowed(missing)
    begin_year = actions.WHOLE_YEAR_BY[act]
    if request.method == "POST":
        return acts.done(
            request,
            lambda: begin_year(request.user, settings.PROGRAMME, year, at=timezone.now()),
            lambda job: acts.Answer(
                reverse("ui:job", args=[job.pk]), acts.Said(BEGUN[act], {"year": year})
            ),
        )
    today = timezone.localdate()
    begun = queries.to_begin(request.user, settings.PROGRAMME, year, act)
    free, others = actions.beginnable(begun, today)
    released = queries.to_release(request.user, settings.PROGRAMME, year, today)
    records: list[Agreement | Edition] = [*free, *(released if act == "publish" else ())]
    question = acts.Question(
        title=f"{gettext(ALL[act])}: {year}",
        button=ALL[act],
        back=reverse("desk:home"),
        about=gettext("Mein Arbeitsplatz"),
        effects=effects(act),
        facts=[
            (msg("Programmjahr"), year),
            (msg("Vereinbarungen"), len(records)),
            (msg("Gebietskörperschaften"), [record.body_name for record in records]),
            (
                msg("Vereinbarte Beträge zusammen"),
                Cents(sum(record.amount_cents for record in records)),
            ),
            *([(LEFT_OUT, [record.body_name for record in others])] if others else []),
        ],
        reasons=[] if records else [NOTHING_TO_DO],
    )
    return acts.ask(request, question)
