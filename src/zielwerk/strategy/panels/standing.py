"""What a body lacks, as one line: on its page, on the desk, in lists and files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from zielwerk.core import permissions
from zielwerk.core.permissions import Actor, may_see
from zielwerk.language import sentence, translate
from zielwerk.packs import loading as packs
from zielwerk.rulebook.strategy import COMPLETE
from zielwerk.strategy import queries
from zielwerk.strategy.models import Strategy
from zielwerk.strategy.queries import Missing
from zielwerk.ui import bodies
from zielwerk.ui.tags.values import language, said

LISTED = 5  # bodies that a desk names; the list has all of them


class Line(str):
    """A line as text, and as a page draws it, with its German words marked."""

    html = ""


def line(missing: Missing) -> Line:
    """What is missing, in one line of the person's language."""
    parts = [sentence(part, language()) for part in missing.parts]
    made = Line("; ".join(parts) or translate(COMPLETE, language()))
    made.html = conditional_escape(drawn(missing))
    return made


def drawn(missing: Missing) -> SafeString | str:
    """The same on a page, where German words of another language say so."""
    if not missing.parts:
        return said(COMPLETE)
    return format_html_join("; ", "{}", ((said(part),) for part in missing.parts))


def lines(keys: Collection[Any], user: Actor) -> Mapping[Any, str]:
    """The lines of versions by their keys; of one that lacks nothing now, none."""
    versions = list(Strategy.objects.filter(pk__in=keys))
    found = queries.missing_of_versions(versions, timezone.localdate())
    return {pk: line(found[pk]) if pk in found else "" for pk in keys}


@dataclass(frozen=True)
class BodyLine:
    """What a body lacks, with the door to do something about it."""

    name: str
    text: SafeString | str
    url: str
    missing: Missing


def may_draft(user: Any, ags: str) -> bool:
    """Whether it is this person's body whose strategy it would be."""
    return may_see(user, ags) and not permissions.role_refusal(user, "strategy.draft")


def door_to_draft(user: Any, ags: str) -> str:
    """Where this person begins a version of a body's strategy, as the body itself or for it."""
    if may_draft(user, ags):
        return reverse("strategy:new")
    if not may_see(user, ags) or permissions.role_refusal(user, "strategy.draft_for"):
        return ""
    return f"{reverse('strategy:new_for')}?{urlencode({'ags': ags})}"


def door_of(user: Any, ags: str, missing: Missing) -> str:
    """Where somebody goes on: to the version in force, to the one being made, or to a new one."""
    if one := missing.under_way or missing.in_force:
        return reverse("strategy:strategy", args=[one.pk])
    if may_draft(user, ags):
        return reverse("strategy:new")
    return reverse("programme:body", args=[ags])


def of_body(request: HttpRequest, ags: str) -> str:
    """The strategies of a body, as a part of its page; nothing where one may not look."""
    user: Any = request.user
    if permissions.role_refusal(user, "strategy.look") or not may_see(user, ags):
        return ""
    programme, today = settings.PROGRAMME, timezone.localdate()
    missing = queries.missing(programme, ags, today)
    versions = list(queries.of_body(programme, ags))
    context = {
        "charter": packs.programme(programme).strategy,
        "missing": missing,
        "text": drawn(missing),
        "versions": versions,
        "draft_url": door_to_draft(user, ags) if missing.under_way is None else "",
        "is_own": may_draft(user, ags),
        "before": _of_predecessors(user, ags) if not versions else [],
    }
    return render_to_string("strategy/of_body.html", context, request=request)


def _of_predecessors(user: Any, ags: str) -> list[tuple[str, str]]:
    """The bodies whose place this one took, with their strategies, as far as one sees them."""
    others = [
        key
        for each in packs.successions(settings.PROGRAMME)
        if ags in each.successors
        for key in each.predecessors
        if key != ags and may_see(user, key)
    ]
    return [(bodies.short(key), reverse("programme:body", args=[key])) for key in others]


def on_the_desk(request: HttpRequest) -> str:
    """What the bodies of one's perimeter lack today, with doors; nothing where all is there."""
    user: Any = request.user
    if permissions.role_refusal(user, "strategy.look"):
        return ""
    programme, today = settings.PROGRAMME, timezone.localdate()
    there = [body.ags for body in packs.bodies_on(programme, today) if may_see(user, body.ags)]
    found = queries.missing_of(programme, there, today)
    lacking = [(ags, one) for ags, one in found.items() if not one.is_complete]
    if not lacking:
        return ""
    lacking.sort(key=lambda pair: (pair[1].due is None, pair[1].due or today))
    shown = [
        BodyLine(bodies.short(ags), drawn(one), door_of(user, ags, one), one)
        for ags, one in lacking[:LISTED]
    ]
    context = {
        "charter": packs.programme(programme).strategy,
        "lines": shown,
        "number": len(lacking),
        "is_own": bool(user.ags),
    }
    return render_to_string("strategy/on_the_desk.html", context, request=request)


BODY_PARTS = (of_body,)
DESK_PARTS = (on_the_desk,)
