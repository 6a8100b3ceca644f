"""Public pages about the site itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zielwerk.disclosures import panels, queries
from zielwerk.rulebook.throttle import KEPT
from zielwerk.ui.public import public_answer
from zielwerk.ui.views import may


@may("disclosures.read")
@require_safe
@public_answer()
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: status, barriers, feedback, enforcement."""
    return page(request, "disclosures/accessibility.html", statement=panels.statement())


@may("disclosures.read")
@require_safe
@public_answer()
def walk(request: HttpRequest) -> HttpResponse:
    """The protocol for a walk with a screen reader by a blind person, and whether it was done."""
    return page(request, "disclosures/walk.html", walk=queries.screen_reader_walk())


@may("disclosures.read")
@require_safe
@public_answer()
def imprint(request: HttpRequest) -> HttpResponse:
    return page(request, "disclosures/imprint.html")


@may("disclosures.read")
@require_safe
@public_answer()
def contact(request: HttpRequest) -> HttpResponse:
    """Whom one may ask, and what for."""
    return page(request, "disclosures/contact.html")


@may("disclosures.read")
@require_safe
@public_answer()
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data the software processes, and what the operator adds."""
    authority = queries.authority("data_protection")
    return page(
        request,
        "disclosures/privacy.html",
        authority=authority,
        session_minutes=settings.SESSION_COOKIE_AGE // 60,
        attempt_days=KEPT.days,
    )


@may("disclosures.read")
@require_safe
@public_answer()
def sign_language(request: HttpRequest) -> HttpResponse:
    """The video in German Sign Language with its text, or that there is none yet."""
    return page(request, "disclosures/sign_language.html", video=panels.video())


@may("disclosures.read")
@require_safe
@public_answer()
def easy_start(request: HttpRequest) -> HttpResponse:
    """The start page in Leichte Sprache: content, navigation, where there is more."""
    words, review = queries.easy_words(), queries.review("start")
    return page(
        request, "disclosures/easy_start.html", words=words, review=review, video=panels.video()
    )


@may("disclosures.read")
@require_safe
@public_answer()
def easy_statement(request: HttpRequest) -> HttpResponse:
    """What the accessibility statement says, in Leichte Sprache."""
    statement, review = panels.statement(), queries.review("statement")
    return page(request, "disclosures/easy_statement.html", statement=statement, review=review)


def page(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """A page with the operator's own values at hand."""
    operator = queries.operator()
    context |= {
        "operator": operator.sections,
        "is_example": operator.is_example,
        "is_demo": settings.DEMO,
    }
    return render(request, template, context)
