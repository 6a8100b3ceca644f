"""Pass-ons beside other things: a notice, a number, calendars; who is told."""

from collections.abc import Collection, Iterator
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from zielwerk.core import permissions
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.granting import queries as granting
from zielwerk.granting.models import GrantNotice
from zielwerk.language import German
from zielwerk.messaging.queries import Dated, Dating, Told
from zielwerk.passing import actions, queries
from zielwerk.passing.models import PassOn, ProviderReminder
from zielwerk.rulebook.passing.course import PassState
from zielwerk.rulebook.passing.days import EVENTS, Due
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui.joined import Record
from zielwerk.ui.views import Request

PROOF = "proof"
LISTED = 10  # what a Träger's desk names; the list has all


def of_notice(request: HttpRequest, case: Case) -> str:
    """What of a notice is passed on, measure by measure, and the doors to pass on more."""
    user: Actor = request.user  # type: ignore[assignment]
    if not isinstance(case, GrantNotice) or permissions.role_refusal(user, "passing.look"):
        return ""
    if not case.is_issued or actions.why_not_drafted(case):
        return ""
    rows = queries.pass_ons(user, case.programme).filter(notice=case)
    found = list(rows.exclude(state=PassState.DISCARDED).order_by("measure", "pk"))
    may_draft = not permissions.refusal(user, "passing.draft", case)
    measures = _measures(case) if may_draft else []
    if not found and not measures:
        return ""
    context = {"notice": case, "pass_ons": found, "measures": measures}
    return render_to_string("passing/of_notice.html", context, request=request)


def _measures(notice: GrantNotice) -> list[tuple[str, German]]:
    """The measures that the notice grants something today: key and title."""
    stands = granting.stands(notice, timezone.localdate()).amounts
    keys = {measure for (measure, _), cents in stands.items() if cents > 0}
    measures = granting.applied(notice).content.measures
    return [(each.key, German(each.title)) for each in measures if each.key in keys]


def on_the_desk(request: Request) -> str:
    """Of a Träger what it owes; of a body how many owe something, and the way to Monday's page."""
    user = request.user
    if not (user.party or user.ags) or permissions.role_refusal(user, "passing.keep_paper"):
        return ""
    rows = queries.in_force(user, settings.PROGRAMME).order_by("proof_due", "pk")
    cases = list(rows[: (LISTED + 1) if user.party else None])
    if not cases:
        return ""
    owed = list(queries.owed(cases, timezone.localdate()))
    context = {
        "is_traeger": bool(user.party),
        "owed": [
            (each.case, [each.paper.label for each in each.late], each.due, _what(each.due))
            for each in owed[:LISTED]
        ],
        "is_more": len(owed) > LISTED,
        "number": len(owed),
        "late": sum(bool(each.late) for each in owed),
    }
    return render_to_string("passing/on_the_desk.html", context, request=request)


def _what(due: Due | None) -> str:
    return EVENTS[due.event] if due else ""


def record_of(request: HttpRequest, number: str) -> Record | None:
    """The pass-on of a number, if the person may see it."""
    user: Actor = request.user  # type: ignore[assignment]
    if permissions.role_refusal(user, "passing.look"):
        return None
    found = queries.pass_ons(user, settings.PROGRAMME).filter(file_number=number).first()
    if found is None:
        return None
    return Record(msg("Weiterleitung"), number, reverse("passing:pass_on", args=[found.pk]))


def days(programme: str, since: date) -> Iterator[Dated]:
    """The day of each Träger's proof, of what is in force; where one was changed the newest."""
    rows = queries.newest(
        PassOn.objects.filter(programme=programme, state=PassState.IN_FORCE, proof_due__gte=since)
    )
    for case in rows.order_by("pk"):
        assert case.proof_due
        yield Dated(reference(case), PROOF, case.proof_due, case.ags)


# --- who is told ---------------------------------------------------------------------------

REMINDED = msg("Erinnerung zu {number}: Bitte sehen Sie nach, was noch fehlt.")
REMINDED_DUE = msg("Erinnerung zu {number}: Fällig ist etwas am {day}.")


def reminders(user: Actor, programme: str) -> QuerySet[ProviderReminder]:
    """The reminders of what was passed on to the person's Träger."""
    rows = ProviderReminder.objects.filter(pass_on__programme=programme).select_related("pass_on")
    return rows.filter(pass_on__party=user.party) if user.party else rows.none()


def said_of(reminder: ProviderReminder, verb: str) -> Said:
    case = reminder.pass_on
    params: dict[str, object] = {"number": case.file_number}
    if reminder.due:
        return Said(REMINDED_DUE, {**params, "day": reminder.due})
    return Said(REMINDED, params)


def people_of(reminder: ProviderReminder) -> Collection[int]:
    """Whoever acts for the Träger on the day of the reminder."""
    party = reminder.pass_on.party_id
    people = queries.contacts([party], reminder.day) if party else {}
    return [person.pk for person in people.get(party or 0, [])]


DESK_PARTS = (on_the_desk,)
PARTS = (of_notice,)
RECORDS = (record_of,)
DATING = (
    Dating(
        "passing.survey",
        {PROOF: msg("{number}: Nachweis des Trägers")},
        days,
    ),
)
TELLING = (
    Told(
        ProviderReminder,
        reminders,
        said_of,
        lambda one: reverse("passing:pass_on", args=[one.pass_on_id]),
        lambda one: one.pass_on.file_number,
        persons=people_of,
    ),
)
