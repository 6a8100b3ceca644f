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


def origin(record: Agreement | Intake) -> str:
    """The label of an invented record, or of a trial in the demo; else empty."""
    if record.is_invented:
        return gettext("erfunden")
    return gettext("Vorführung") if record.is_trial else ""


def body_name(record: Agreement | Intake) -> SafeString | str:
    mark = origin(record)
    if not mark:
        return record.body_name
    return format_html('{} <span class="zw-invented">{}</span>', record.body_name, mark)


INTAKES: tuple[Column[Intake], ...] = (
    Column(
        msg("Aktenzeichen"),
        lambda intake: intake.file_number,
        lambda intake: link(reverse("agreements:intake", args=[intake.pk]), intake.file_number),
    ),
    Column(msg("AGS"), lambda intake: intake.ags, is_export_only=True),
    Column(msg("Gebietskörperschaft"), lambda intake: intake.body_name, body_name),
    Column(msg("Jahr"), lambda intake: intake.year),
    Column(msg("Stand"), lambda intake: Label(intake.state_label), state_badge),
    Column(msg("Begonnen"), lambda intake: intake.begun_at),
    Column(msg("Hinweis"), origin, is_export_only=True),
)
AGREEMENTS: tuple[Column[Agreement], ...] = (
    Column(msg("AGS"), lambda agreement: agreement.ags, is_export_only=True),
    Column(
        msg("Gebietskörperschaft"),
        lambda agreement: agreement.body_name,
        lambda agreement: format_html(
            '<a href="{}">{}</a>{}',
            reverse("desk:case", args=[agreement.year, agreement.ags]),
            agreement.body_name,
            format_html(' <span class="zw-invented">{}</span>', origin(agreement))
            if origin(agreement)
            else "",
        ),
    ),
    Column(msg("Jahr"), lambda agreement: agreement.year),
    Column(msg("Aktenzeichen"), lambda agreement: agreement.file_number),
    Column(msg("Maßnahmen"), lambda agreement: agreement.measure_count),  # type: ignore[attr-defined]
    Column(msg("Vereinbarter Betrag"), lambda agreement: Cents(agreement.amount_cents)),
    Column(
        msg("Erfasst am"),
        lambda agreement: agreement.recorded_at,
        lambda agreement: day(agreement.recorded_at),
    ),
    Column(msg("Hinweis"), origin, is_export_only=True),
)
