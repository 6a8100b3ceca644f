"""One place of a draft: what it says, what was said about it, and the forms to say more."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.drafting.changes import (
    KIND_LABELS,
    ChangeKind,
    is_fixed,
    value_of,
    words_of,
)
from zielwerk.drafting.model import Document
from zielwerk.negotiation import actions, panels, queries
from zielwerk.negotiation.actions import NewComment, NewProposal, Otherwise, seen_of
from zielwerk.negotiation.cases import DRAFTS
from zielwerk.negotiation.forms import (
    ADDITION,
    MEASURES,
    ChangeForm,
    CommentForm,
    InternalForm,
    OpenForm,
    kinds_at,
)
from zielwerk.negotiation.models import DraftDocument
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.amendment import part_of, why_not_changed
from zielwerk.rulebook.negotiation import CLOSED, DraftState
from zielwerk.rulebook.proposals import CHANNELS, Channel
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.joined import JOINED
from zielwerk.ui.views import Request, may

MOST = 50  # comments of each kind on one page
NEW_PLACES = {MEASURES: msg("Neue Maßnahme"), ADDITION: msg("Neue Ergänzung")}
COMMENTED = msg("Kommentiert, für beide Seiten: {label}.")
NOTED = msg("Intern notiert: {label}.")
OPENED = msg("Geöffnet für Änderungen: {label}.")
CLOSED_AGAIN = msg("Wieder geschlossen: {label}.")
PROPOSED = msg("Vorgeschlagen (Vorschlag {number}): {label}. Darüber entscheidet die andere Seite.")
EDITED = msg("Geändert: {label}. Das ist jetzt Fassung {version}.")
FIELDS = {
    "drafting.value_lost": "text",
    "drafting.braces": "text",
    "drafting.no_text": "text",
    "negotiation.not_told": "von",
    "negotiation.too_early": "am",
    "negotiation.no_text": "text",
}


def find(request: Request, pk: int) -> DraftDocument:
    """The draft of an address, if it is there for the person."""
    case: DraftDocument = DRAFTS.find(request.user, settings.PROGRAMME, pk)
    return case


@may("negotiation.look")
@require_safe
def place(request: Request, pk: int) -> HttpResponse:
    """One place: its words, proposals and comments about it."""
    draft = find(request, pk)
    node = request.GET.get("stelle", "")
    document = queries.newest(draft)
    label = panels.label_of(document, node)
    page = page_of(request)
    rows = of_page(queries.proposals(draft).filter(node=node), page)
    shared = of_page(queries.shared_comments(draft).filter(node=node), page)
    internal = of_page(queries.internal_comments(request.user, draft).filter(node=node), page)
    if not label:
        said: list[Any] = [*rows, *shared, *internal]
        if not said:
            raise Http404
        label = said[0].label
    said_by = {row.by for row in shared} | {row.by for row in internal}
    names = JOINED.names_for(request, said_by)
    fixed = is_fixed(document, node)
    context = {
        **_about(request, draft, node, label),
        "words": words_of(document, node),
        "is_there": value_of(document, node) is not None,
        "is_fixed": fixed,
        "is_opened": node in draft.opened,
        "cards": panels.cards(request, draft, rows[:MOST]),
        "shared": _lines(draft, shared, names),
        "internal": _lines(draft, internal, names),
        "earlier": page + 1 if max(map(len, (rows, shared, internal))) > MOST else None,
        "newer": page - 1,
        "doors": _doors(request, draft, document, node, fixed),
        "may_open": _may_open(request, draft) and fixed and value_of(document, node) is not None,
        "is_own": bool(panels.own_side(request.user, draft)),
        "own_name": panels.side_name(request.user.side, draft),
    }
    return render(request, "negotiation/place.html", context)


def page_of(request: Request) -> int:
    """The page of what was said that an address names, the newest first."""
    text = request.GET.get("seite", "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 6
    return max(1, int(text)) if is_number else 1


def of_page(rows: Any, page: int) -> list[Any]:
    """The rows of a page, and one more where there are earlier ones."""
    first = (page - 1) * MOST
    return list(rows[first : first + MOST + 1])


def _about(request: Request, draft: DraftDocument, node: str, label: str) -> dict[str, Any]:
    return {
        "draft": draft,
        "node": node,
        "label": label,
        "back": reverse("negotiation:draft", args=[draft.pk]),
        "place_url": panels.place_url(draft, node),
        "query": f"?{urlencode({'stelle': node})}",
    }


def _lines(draft: DraftDocument, rows: list[Any], names: dict[str, str]) -> list[dict[str, Any]]:
    """Comments with who said them."""
    return [
        {
            "text": row.text,
            "side": panels.side_name(row.side, draft),
            "who": names[row.by],
            "at": row.at,
            "version": row.version,
            "opens": getattr(row, "opens", False),
            "channel": _channel(row),
            "told_by": getattr(row, "told_by", ""),
            "told_on": getattr(row, "told_on", None),
        }
        for row in rows[:MOST]
    ]


def _channel(row: Any) -> str:
    channel = getattr(row, "channel", Channel.HERE)
    return "" if channel == Channel.HERE else CHANNELS[channel]


def _may_open(request: Request, draft: DraftDocument) -> bool:
    missing = permissions.refusal(request.user, "negotiation.open", draft)
    return not missing and draft.state not in CLOSED and bool(draft.answering)


def _doors(
    request: Request, draft: DraftDocument, document: Document, node: str, fixed: bool
) -> list[tuple[str, str]]:
    """What a person may do to a place now: label and address."""
    if not panels.own_side(request.user, draft):
        return []
    is_edited = draft.state == DraftState.PREPARATION
    if is_edited and request.user.side != draft.drafting:
        return []
    if not is_edited and (not queries.is_negotiated(draft) or (fixed and node not in draft.opened)):
        return []
    if why_not_changed(part_of(node), queries.may_change(draft)):
        return []
    base = panels.place_url(draft, node, "negotiation:change")
    return [(KIND_LABELS[kind], f"{base}&art={kind}") for kind in kinds_at(document, node)]


@may("negotiation.propose")
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Change a place, or propose to: what two people do at once is shown to the later one."""
    draft = find(request, pk)
    node, wish = request.GET.get("stelle", ""), request.GET.get("art", ChangeKind.ADD)
    is_proposed = draft.state != DraftState.PREPARATION
    permission = "negotiation.propose" if is_proposed else "negotiation.edit"
    permissions.require(request.user, permission, draft)
    base = _base(request, draft)
    document = queries.newest(draft) if base == draft.version else _known(draft, base)
    kind, label = _what(document, node, wish)
    rules = programmes.rules(draft.programme, draft.year, draft.rule_version)
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(kind, node, label, document, rules, data, base=base, is_proposed=is_proposed)
    context = {
        **_about(request, draft, node, label),
        "form": form,
        "kind_label": KIND_LABELS[kind],
        "is_proposed": is_proposed,
        "is_dropping": kind is ChangeKind.DROP,
        "is_new": kind is ChangeKind.ADD,
        "words": words_of(document, node),
        "draft_url": reverse("negotiation:draft", args=[pk]),
    }
    status = 200
    if form.is_valid():
        try:
            return _changed(request, draft, form, is_proposed=is_proposed)
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Otherwise as otherwise:
            context |= _beside(draft, form, otherwise)
            status = 409
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
            status = 409
    status = 422 if form.errors and status == 200 else status
    return render(request, "negotiation/change.html", context, status=status)


def _changed(
    request: Request, draft: DraftDocument, form: ChangeForm, *, is_proposed: bool
) -> HttpResponse:
    edit = form.edit()
    to = panels.place_url(draft, form.node)
    if form.kind in (ChangeKind.ADD, ChangeKind.DROP):
        to = reverse("negotiation:draft", args=[draft.pk])
    if is_proposed:
        new = NewProposal(draft, edit, form.cleaned_data["reason"], form.told())
        return acts.done(
            request,
            lambda: actions.propose(request.user, new, at=timezone.now()),
            lambda made: acts.Answer(
                to, Said(PROPOSED, {"number": made.number, "label": made.label})
            ),
        )
    return acts.done(
        request,
        lambda: actions.edit(request.user, draft, edit, at=timezone.now()),
        lambda made: acts.Answer(to, Said(EDITED, {"label": form.label, "version": made.version})),
    )


def _beside(draft: DraftDocument, form: ChangeForm, otherwise: Otherwise) -> dict[str, Any]:
    """What the place says by now, beside what its author typed; sent again, it is a choice."""
    now = value_of(otherwise.document, form.node)
    form.data = {**dict(form.data.items()), "gesehen": seen_of(now)}
    return {"now": words_of(otherwise.document, form.node) or None, "refusals": otherwise.refusals}


def _base(request: Request, draft: DraftDocument) -> int:
    """The version that the form was drawn from; the present one where it does not say."""
    text = request.POST.get("fassung", "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 8
    return int(text) if is_number and 0 < int(text) <= draft.version else draft.version


def _known(draft: DraftDocument, number: int) -> Document:
    return queries.version(draft, number).document


def _what(document: Document, node: str, wish: str) -> tuple[ChangeKind, str]:
    """What is to be changed; 404 where there is no such place or nothing of the kind is done."""
    if node in NEW_PLACES:
        return ChangeKind.ADD, NEW_PLACES[node]
    label = panels.label_of(document, node)
    if not label or wish not in kinds_at(document, node):
        raise Http404
    return ChangeKind(wish), label


def _comment_door(
    permission: str,
    form_of: type[Any],
    verb: Callable[..., Any],
    told: str,
    template: str,
) -> Callable[..., HttpResponse]:
    """A door to say something about a place."""

    @may(permission)
    @require_http_methods(["GET", "POST"])
    def enter(request: Request, pk: int) -> HttpResponse:
        draft = find(request, pk)
        permissions.require(request.user, permission, draft)
        node = request.GET.get("stelle", "")
        label = panels.label_of(queries.newest(draft), node)
        if not label:
            raise Http404
        form = form_of(request.POST if request.method == "POST" else None)
        status = 200
        if form.is_valid():
            channel = {"told": form.told()} if isinstance(form, CommentForm) else {}
            new = NewComment(draft, node, label, form.cleaned_data["text"], **channel)
            try:
                return acts.done(
                    request,
                    lambda: verb(request.user, new, at=timezone.now()),
                    lambda made: acts.Answer(
                        panels.place_url(draft, node), Said(told, {"label": label})
                    ),
                )
            except (permissions.NotAllowed, ChangedMeanwhile):
                raise
            except Refused as refused:
                add_refusals(form, refused, FIELDS)
                status = 409
        context = {
            **_about(request, draft, node, label),
            "form": form,
            "words": words_of(queries.newest(draft), node),
            "own_name": panels.side_name(request.user.side, draft),
        }
        status = 422 if form.errors and status == 200 else status
        return render(request, template, context, status=status)

    return enter


comment = _comment_door(
    "negotiation.comment", CommentForm, actions.comment, COMMENTED, "negotiation/comment.html"
)
comment_internally = _comment_door(
    "negotiation.comment_internally",
    InternalForm,
    actions.comment_internally,
    NOTED,
    "negotiation/internal.html",
)
open_node = _comment_door(
    "negotiation.open", OpenForm, actions.open_node, OPENED, "negotiation/open.html"
)
close_node = _comment_door(
    "negotiation.close", OpenForm, actions.close_node, CLOSED_AGAIN, "negotiation/close.html"
)
