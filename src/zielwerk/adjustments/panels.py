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


def whose(one: Adjustment) -> SafeString | str:
    """The body whose money moves, the state where it is none's."""
    if not one.ags:
        return gettext("Land")
    return format_html('{} <span class="zw-muted">{}</span>', one.body_name, one.ags)


ADJUSTMENTS: tuple[Column[Adjustment], ...] = (
    Column(
        msg("Aktenzeichen"),
        lambda one: one.file_number,
        lambda one: link(reverse("adjustments:adjustment", args=[one.pk]), one.file_number),
    ),
    Column(msg("Art"), lambda one: Label(one.get_kind_display())),
    Column(msg("AGS"), lambda one: one.ags, is_export_only=True),
    Column(msg("Gebietskörperschaft"), lambda one: one.body_name, whose),
    Column(msg("Programmjahr"), lambda one: one.year),
    Column(msg("Zweckbindung"), lambda one: programmes.purpose(one.fund)),
    Column(msg("Betrag"), lambda one: Cents(one.amount_cents)),
    Column(msg("Stand"), lambda one: Label(one.state_label), state_badge),
    Column(msg("Begründung"), lambda one: one.reason, is_export_only=True),
    Column(msg("Erklärt"), lambda one: one.declared_at, is_export_only=True),
    Column(msg("Entschieden"), lambda one: one.decided_at, is_export_only=True),
)
