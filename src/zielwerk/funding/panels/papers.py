"""The papers of an application as its page shows them, and those that lie elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zielwerk.agreements.models import Agreement
from zielwerk.core import permissions
from zielwerk.funding.models import Paper
from zielwerk.funding.queries import Referred
from zielwerk.funding.queries.words import Words
from zielwerk.language import German
from zielwerk.packs.model import Year
from zielwerk.strategy.models import Strategy


@dataclass(frozen=True)
class PaperRow:
    """A paper, what it is, and by what its button is told from those of the others."""

    paper: Paper
    kind: German
    about: SafeString


def papers(there: Iterable[Paper], rules: Year) -> Iterator[PaperRow]:
    """The papers with their kinds; of two that are called alike the second is told by a number."""
    words, seen = Words(rules), Counter[tuple[str, str]]()
    for each in there:
        kind = words.said("application_attachments", each.code)
        seen[each.code, str(each.name)] += 1
        count = seen[each.code, str(each.name)]
        about = format_html("{} ({})", each.name, kind)
        yield PaperRow(each, kind, about if count == 1 else format_html("{}, {}", about, count))


def referred(request: HttpRequest, found: Iterable[Referred]) -> list[tuple[German, str, str]]:
    """The papers that exist elsewhere: what each is, its number, and its door for who may look."""
    return [(each.label, each.number, _door(request, each.where)) for each in found]


def _door(request: HttpRequest, where: Strategy | Agreement | None) -> str:
    user: Any = request.user
    if isinstance(where, Agreement):
        return reverse("desk:case", args=where.address)
    if where is None or permissions.role_refusal(user, "strategy.look"):
        return ""
    return reverse("strategy:strategy", args=[where.pk])
