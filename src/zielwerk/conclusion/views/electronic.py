"""The file that is signed electronically: sent out, brought back, and signed in a demo."""

from base64 import b64encode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.conclusion import actions, letters, panels, queries
from zielwerk.conclusion.forms import AddedForm, FileForm
from zielwerk.conclusion.models import Conclusion, SignedFile
from zielwerk.conclusion.queries import Examined
from zielwerk.conclusion.views.signing import FIELDS, find
from zielwerk.core import exports, permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.documents import queries as documents
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.rulebook.signatures import places_of
from zielwerk.signing.apart import sign as sign_apart
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

KEPT_SIGNED = msg("Abgelegt zu {number}, unterschrieben von {names}.")


@may("conclusion.look")
@require_safe
def signing_file(request: Request, pk: int) -> HttpResponse:
    """The file to be signed next: the prepared one, or the one that was signed last."""
    case = find(request, pk)
    file = queries.newest(case)
    if file is None:
        raise Http404
    response = HttpResponse(documents.text_of(file), content_type="application/pdf")
    name = letters.file_name(case, "pdf")
    response.headers["Content-Disposition"] = exports.made_here(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def keep_signed(request: Request, case: Conclusion) -> HttpResponse:
    """Bring a signed file: what it is worth is shown first, and it is kept once that is confirmed.

    Between the two nothing is stored: the form carries what the signatures added.
    """
    back = reverse("conclusion:conclusion", args=[case.pk])
    if request.method == "POST" and "anhang" in request.POST:
        return _confirmed(request, case, back)
    is_post = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_post else FileForm()
    if is_post and form.is_valid():
        _, content = form.cleaned_data["datei"]
        try:
            found = queries.examined(case, content, at=timezone.now())
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
        else:
            return _shown(request, case, found, back)
    return _asked(request, case, form, back)


def _asked(request: Request, case: Conclusion, form: FileForm, back: str) -> HttpResponse:
    context = {"conclusion": case, "form": form, "back": back}
    status = 422 if form.errors else 200
    return render(request, "conclusion/bring_signed.html", context, status=status)


def _shown(
    request: Request, case: Conclusion, found: Examined, back: str, status: int = 200
) -> HttpResponse:
    """What the file is worth, before it is kept."""
    values = {"grundlage": found.base.sha256, "anhang": b64encode(found.added).decode()}
    context = {
        "conclusion": case,
        "verdict": found.verdict,
        "rows": panels.certificate_rows(case, found.new),
        "form": AddedForm(initial=values),
        "back": back,
    }
    return render(request, "conclusion/keep_signed.html", context, status=status)


def _confirmed(request: Request, case: Conclusion, back: str) -> HttpResponse:
    added = AddedForm(request.POST)
    try:
        content = added.content(case)
        found = queries.examined(case, content, at=timezone.now())
        return _kept(request, found, back)
    except (permissions.NotAllowed, ChangedMeanwhile):
        raise
    except Refused as refused:
        form = FileForm({})
        form.errors.clear()
        add_refusals(form, refused, FIELDS)
        return _asked(request, case, form, back)


def _kept(request: Request, found: Examined, back: str) -> HttpResponse:
    case = found.conclusion

    def said(made: SignedFile) -> acts.Answer:
        names = ", ".join(each.name for each in found.new)
        return acts.Answer(back, Said(KEPT_SIGNED, {"number": case.file_number, "names": names}))

    return acts.done(
        request, lambda: actions.keep_signed(request.user, found, at=timezone.now()), said
    )


@may("conclusion.enter")
@require_http_methods(["GET", "POST"])
def sign(request: Request, pk: int) -> HttpResponse:
    """In a demo: sign a place with the key that was made for this person of the demo."""
    case = find(request, pk)
    place = places_of(case.sides).get(request.GET.get("stelle", ""))
    ready, file = queries.prepared(case), queries.newest(case)
    key = queries.demo_key(request.user)
    if place is None or ready is None or file is None or key is None:
        raise Http404
    if place.side != request.user.side:
        raise Http404
    permissions.require(request.user, "conclusion.enter", case)
    back = reverse("conclusion:conclusion", args=[pk])
    reasons: tuple[object, ...] = ()
    if request.method == "POST":
        now = timezone.now()
        try:
            content = sign_apart(
                documents.text_of(file), place.id, key, prepared=ready.file.sha256, moment=now
            )
            return _kept(request, queries.examined(case, content, at=now), back)
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            reasons = tuple(refused.refusals)
    side = next(each for each in case.sides if each.side == place.side)
    context = {
        "conclusion": case,
        "place": place,
        "side": side,
        "back": back,
        "reasons": reasons,
    }
    return render(request, "conclusion/sign.html", context, status=422 if reasons else 200)
