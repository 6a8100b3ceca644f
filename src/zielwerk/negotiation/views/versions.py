"""Versions of a draft: compared, and as files."""

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.drafting.views import all_nodes, plain
from zielwerk.negotiation import letters, panels, queries
from zielwerk.negotiation.models import DraftDocument, Origin, Version
from zielwerk.negotiation.views.places import find
from zielwerk.rulebook.redline import Node, redline
from zielwerk.typesetting.pdf import render as typeset
from zielwerk.ui.joined import JOINED
from zielwerk.ui.redlines import Redline
from zielwerk.ui.views import Request, may

TYPES = {
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


@may("negotiation.look")
@require_safe
def compare(request: Request, pk: int) -> HttpResponse:
    """What differs between two versions of a draft, word by word."""
    draft = find(request, pk)
    rows = list(queries.versions(draft).defer("content"))
    known = {row.number: row for row in rows}
    first, last = (
        _number(request.GET.get(name, ""), known, default)
        for name, default in (("von", max(1, draft.version - 1)), ("bis", draft.version))
    )
    old, new = (_nodes(draft, number) for number in (first, last))
    names = JOINED.names_for(request, {row.made_by for row in rows})
    context = {
        "draft": draft,
        "back": reverse("negotiation:draft", args=[pk]),
        "first": first,
        "last": last,
        "versions": [_line(draft, row, names) for row in rows],
        "redline": Redline.of(redline(old, new), new),
    }
    return render(request, "negotiation/compare.html", context)


def _line(draft: DraftDocument, row: Version, names: dict[str, str]) -> dict[str, Any]:
    return {
        "number": row.number,
        "origin": Origin(row.origin).label,
        "proposal": row.proposal,
        "who": names[row.made_by],
        "at": row.made_at,
    }


def _nodes(draft: DraftDocument, number: int) -> list[Node]:
    document = queries.version(draft, number).document
    return all_nodes(document)


def _number(text: str, known: dict[int, Version], default: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 8
    return int(text) if is_number and int(text) in known else default


@may("negotiation.look")
@require_safe
def chain(request: Request, pk: int) -> HttpResponse:
    """Each measure as it is planned beside what the text says of it."""
    draft = find(request, pk)
    sources = queries.sources_of(draft.programme, draft.year, draft.ags)
    context = {
        "draft": draft,
        "back": reverse("negotiation:draft", args=[pk]),
        "rows": panels.chain(queries.newest(draft), sources),
    }
    return render(request, "negotiation/chain.html", context)


@may("negotiation.look")
@require_safe
def version_file(request: Request, pk: int, number: int, ending: str) -> HttpResponse:
    """A version as PDF, as plain text or as data."""
    draft = find(request, pk)
    version = queries.versions(draft).filter(number=number).first()
    if version is None or ending not in TYPES:
        raise Http404
    content: bytes | str
    if ending == "pdf":
        content = typeset(letters.document(draft, version))
    elif ending == "txt":
        content = plain(version.document)
    else:
        content = json.dumps(letters.data(draft, version), ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type=TYPES[ending])
    name = letters.file_name(draft, version, ending)
    response.headers["Content-Disposition"] = exports.made_here(name)
    return response
