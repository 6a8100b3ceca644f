"""The list of pass-ons, and the page of Monday morning."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.language import German
from zielwerk.passing.queries import OPEN
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.passing.course import PassState
from zielwerk.rulebook.passing.days import EVENTS, Due
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists
from zielwerk.ui.lists import FILE_NUMBER, INVENTED, INVENTED_BODY, KEY_OF_BODY, STATE, Column
from zielwerk.ui.tags.pieces import badge
from zielwerk.ui.tags.values import said, words

CHOICE_FORM = "auswahl"  # the id of the form to which the boxes belong


def carrier_of(carrier: str, *others: Any) -> str:
    return str(carrier or "")


PASS_ONS = (
    FILE_NUMBER,
    Column("title", msg("Maßnahme"), sort=("title_key", "pk"), language="de"),
    Column("carrier", msg("Träger"), sort=("carrier_key", "pk"), language="de"),
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("year", msg("Programmjahr")),
    lists.amount("amount_cents", msg("Weitergegeben")),
    lists.amount("other_cents", msg("Kofinanzierung")),
    Column("seats", msg("Plätze"), is_number=True),
    Column("proof_due", msg("Nachweis bis")),
    STATE,
    Column("notice__file_number", msg("Bescheid"), is_file_only=True),
    Column("concluded_on", msg("In Kraft seit"), is_file_only=True),
    Column("drafted_at", msg("Entworfen"), is_file_only=True),
    INVENTED,
)


# --- Monday -------------------------------------------------------------------------------

STATES = {
    OPEN: msg("noch nicht weitergegeben"),
    PassState.DRAFT.value: msg("in Arbeit"),
    PassState.IN_FORCE.value: msg("in Kraft"),
    PassState.ENDED.value: msg("vorzeitig beendet"),
}
LOOKS = {
    OPEN: "warning",
    PassState.DRAFT.value: "info",
    PassState.IN_FORCE.value: "success",
    PassState.ENDED.value: "neutral",
}
UNDER_WAY = msg("vorgelegt")


def state_said(state: str, *others: Any) -> Label:
    return Label(STATES.get(state, UNDER_WAY))


def state_cell(state: str, *others: Any) -> SafeString:
    return badge(said(STATES.get(state, UNDER_WAY)), LOOKS.get(state, "warning"))


def url_of_row(title: str, pk: int | None, notice_pk: int, *others: Any) -> str:
    """The pass-on, or the notice of what nobody has got yet."""
    if pk:
        return reverse("passing:pass_on", args=[pk])
    return reverse("granting:notice", args=[notice_pk])


def choice(
    title: str, pk: int | None, notice_pk: int, carrier: str, number: str
) -> SafeString | str:
    """The box by which a pass-on is chosen; it belongs to the form under the list."""
    if not pk:
        return ""
    return format_html(
        ' <label class="zw-nowrap"><input type="checkbox" name="v" value="{}" form="{}"> {}'
        '<span class="kern-sr-only">: {}, {}, {}</span></label>',
        pk,
        CHOICE_FORM,
        gettext("auswählen"),
        German(title),
        German(carrier),
        number,
    )


def overspent(cents: int | None, is_overspent: bool) -> SafeString | str:
    """The mark of what was spent beyond what is passed on."""
    return badge(gettext("zu viel"), "warning") if is_overspent else ""


def missing_said(papers: tuple[Any, ...]) -> str:
    """The papers that are late, by name; how many more are to come is no trouble yet."""
    return ", ".join(words(each.paper.label) for each in papers if each.is_late)


def due_said(due: Due | None) -> Any:
    return due.day if due else None


def due_cell(due: Due | None) -> SafeString | str:
    if due is None:
        return ""
    return format_html("{} <span>({})</span>", said(due.day), said(EVENTS[due.event]))


def event_said(due: Due | None) -> Label | None:
    return Label(EVENTS[due.event]) if due else None


SURVEY = (
    Column(
        "title",
        msg("Maßnahme"),
        ("title", "pk", "notice_pk", "carrier", "number"),
        value=carrier_of,
        url=url_of_row,
        mark=choice,
        sort=("title_key",),
        tells=("carrier", "body_name", "year"),
        language="de",
    ),
    Column("carrier", msg("Träger"), ("carrier",), sort=("carrier_key",), language="de"),
    KEY_OF_BODY,
    lists.body(sort=("body_key",)),
    Column("year", msg("Programmjahr")),
    lists.amount(
        "granted_cents",
        msg("Bewilligt"),
        adds_up=False,
        meaning=msg("Was der Bescheid der Maßnahme heute bewilligt, in allen Haushaltsjahren."),
    ),
    lists.amount("passed_cents", msg("Weitergegeben")),
    lists.amount(
        "open_cents",
        msg("Offen"),
        meaning=msg(
            "Was von der Maßnahme noch niemand hat; unter null ist mehr weitergegeben, als der "
            "Bescheid heute bewilligt."
        ),
    ),
    Column(
        "spent_cents",
        msg("Verausgabt"),
        ("spent_cents", "is_overspent"),
        value=lists.cents,
        mark=overspent,
        sort=("spent_cents",),
        is_number=True,
        adds_up=True,
        meaning=msg("Wie zuletzt eingetragen, auch wo es mehr ist als weitergegeben."),
    ),
    lists.amount("other_cents", msg("Kofinanzierung")),
    Column("seats", msg("Plätze"), is_number=True),
    Column("taken", msg("Belegt"), is_number=True),
    Column("papers", msg("Fehlende Unterlagen"), value=missing_said, sort=("missing",)),
    Column("due", msg("Nächste Frist"), value=due_said, cell=due_cell, sort=("due_day",)),
    Column("state", msg("Stand"), value=state_said, cell=state_cell, sort=("state",)),
    Column("event", msg("Was fällig ist"), ("due",), value=event_said, sort=(), is_file_only=True),
    Column("spent_on", msg("Stand vom"), is_file_only=True),
    Column("reminded", msg("Zuletzt erinnert"), is_file_only=True),
    Column("notice", msg("Bescheid"), is_file_only=True),
)
