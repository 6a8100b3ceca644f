"""What pages of moves of money show: the columns of the list."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.adjustments.models import Adjustment
from zielwerk.core.ui.lists import Column, link, state_badge
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg


def body_name(adjustment: Adjustment) -> SafeString | str:
    """The body whose money moves; the state where it is no body's."""
    if not adjustment.ags:
        return gettext("Land")
    return format_html('{} <span class="zw-muted">{}</span>', adjustment.body_name, adjustment.ags)


ADJUSTMENTS: tuple[Column[Adjustment], ...] = (
    Column(
        msg("Aktenzeichen"),
        lambda adjustment: adjustment.file_number,
        lambda adjustment: link(
            reverse("adjustments:adjustment", args=[adjustment.pk]), adjustment.file_number
        ),
    ),
    Column(msg("Art"), lambda adjustment: Label(adjustment.get_kind_display())),
    Column(msg("AGS"), lambda adjustment: adjustment.ags, is_export_only=True),
    Column(msg("Gebietskörperschaft"), lambda adjustment: adjustment.body_name, body_name),
    Column(msg("Programmjahr"), lambda adjustment: adjustment.year),
    Column(msg("Zweckbindung"), lambda adjustment: programmes.purpose(adjustment.fund)),
    Column(msg("Betrag"), lambda adjustment: Cents(adjustment.amount_cents)),
    Column(msg("Stand"), lambda adjustment: Label(adjustment.state_label), state_badge),
    Column(msg("Begründung"), lambda adjustment: adjustment.reason, is_export_only=True),
    Column(msg("Erklärt"), lambda adjustment: adjustment.declared_at, is_export_only=True),
    Column(msg("Entschieden"), lambda adjustment: adjustment.decided_at, is_export_only=True),
)
