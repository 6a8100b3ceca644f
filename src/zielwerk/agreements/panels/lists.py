"""What pages of agreements show: the columns of the lists."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.agreements.models import Agreement, Intake
from zielwerk.core.ui.lists import Column, link, state_badge
from zielwerk.core.ui.tags.values import day
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg


def origin(one: Agreement | Intake) -> str:
    """The label that what was made up or only tried out carries everywhere."""
    if one.is_invented:
        return gettext("erfunden")
    return gettext("Vorführung") if one.is_trial else ""


def body_name(one: Agreement | Intake) -> SafeString | str:
    mark = origin(one)
    if not mark:
        return one.body_name
    return format_html('{} <span class="zw-invented">{}</span>', one.body_name, mark)


INTAKES: tuple[Column[Intake], ...] = (
    Column(
        msg("Aktenzeichen"),
        lambda one: one.file_number,
        lambda one: link(reverse("agreements:intake", args=[one.pk]), one.file_number),
    ),
    Column(msg("AGS"), lambda one: one.ags, is_export_only=True),
    Column(msg("Gebietskörperschaft"), lambda one: one.body_name, body_name),
    Column(msg("Jahr"), lambda one: one.year),
    Column(msg("Stand"), lambda one: Label(one.state_label), state_badge),
    Column(msg("Begonnen"), lambda one: one.begun_at),
    Column(msg("Hinweis"), origin, is_export_only=True),
)
AGREEMENTS: tuple[Column[Agreement], ...] = (
    Column(msg("AGS"), lambda one: one.ags, is_export_only=True),
    Column(
        msg("Gebietskörperschaft"),
        lambda one: one.body_name,
        lambda one: format_html(
            '<a href="{}">{}</a>{}',
            reverse("desk:case", args=[one.year, one.ags]),
            one.body_name,
            format_html(' <span class="zw-invented">{}</span>', origin(one)) if origin(one) else "",
        ),
    ),
    Column(msg("Jahr"), lambda one: one.year),
    Column(msg("Aktenzeichen"), lambda one: one.file_number),
    Column(msg("Maßnahmen"), lambda one: one.measure_count),  # type: ignore[attr-defined]
    Column(msg("Vereinbarter Betrag"), lambda one: Cents(one.amount_cents)),
    Column(msg("Erfasst am"), lambda one: one.recorded_at, lambda one: day(one.recorded_at)),
    Column(msg("Hinweis"), origin, is_export_only=True),
)
