"""The declaration of a move of a body's money, read into a :class:`Move`."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.adjustments import queries
from zielwerk.adjustments.actions import Move
from zielwerk.adjustments.models import Adjustment
from zielwerk.core.permissions import Actor
from zielwerk.language import German
from zielwerk.ledger import actions as ledger
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind, AdjustmentState
from zielwerk.rulebook.kinds import drawn
from zielwerk.rulebook.planning import Fund
from zielwerk.ui import bodies, figures, wording
from zielwerk.ui.forms import MoneyField, QuickSelect, TextField
from zielwerk.ui.tags.values import words

WHO = {
    AdjustmentKind.WAIVER: _("Wer verzichtet"),
    AdjustmentKind.REALLOCATION: _("Wer das Geld bekommt"),
    AdjustmentKind.COVER: _("Bei wem etwas ungedeckt ist"),
}
Choices = list[tuple[str, str]]


class MoveForm(forms.Form):
    """One move of one kind; a body's people declare for that body alone."""

    jahr = forms.TypedChoiceField(label=_("Programmjahr"), coerce=int)
    zweck = forms.ChoiceField(label=_("Zweckbindung"), required=False)
    ags = forms.ChoiceField(widget=QuickSelect)
    folgt = forms.ChoiceField(
        label=_("Folgt auf den Verzicht"),
        required=False,
        help_text=_("woher das Geld stammt, wenn eine Körperschaft darauf verzichtet hat"),
    )
    betrag = MoneyField(label=_("Betrag"))
    begruendung = TextField(
        label=_("Begründung"),
        max_length=500,
        help_text=_("Bitte keine Namen von Personen, die gefördert werden."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        kind: AdjustmentKind,
        user: Actor,
        purposes: Choices,
        data: Mapping[str, Any] | None,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.kind, self.user = kind, user
        years = [year for code, year in reversed(packs.available()) if code == settings.PROGRAMME]
        self._choose("jahr", [(str(year), str(year)) for year in years])
        self._choose("zweck", purposes)
        self.waivers = {str(waiver.pk): waiver for waiver in _decided_waivers(user)}
        if user.ags:
            del self.fields["ags"]
        else:
            self.fields["ags"].label = WHO[kind]
            self.fields["ags"].required = kind != AdjustmentKind.COVER
            self._choose("ags", _bodies(kind))
        if kind == AdjustmentKind.REALLOCATION:
            self._choose("folgt", [("", "–"), *_labels(self.waivers)])
        else:
            del self.fields["folgt"]

    def _choose(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def move(self) -> Move:
        """The command; call only when the form is valid."""
        values = self.cleaned_data
        return Move(
            kind=self.kind,
            fund=Fund(settings.PROGRAMME, values["jahr"], values["zweck"]),
            ags=self.user.ags or values["ags"],
            amount_cents=int(values["betrag"]),
            reason=values["begruendung"],
            follows=self.waivers.get(values.get("folgt", "")),
        )


def _decided_waivers(user: Actor) -> list[Adjustment]:
    adjustments = queries.adjustments(user, settings.PROGRAMME)
    return list(adjustments.filter(kind=AdjustmentKind.WAIVER, state=AdjustmentState.ORDERED))


def _labels(waivers: Mapping[str, Adjustment]) -> Choices:
    """Each waiver with the kinds of money that it gave back."""
    booked = queries.moved_by(waivers.values())
    found: Choices = []
    for key, waiver in waivers.items():
        kinds = drawn(ledger.moved(booked.get(waiver.file_number, [])))
        amounts = ", ".join(
            f"{figures.euro(cents)} {programmes.tranche(tranche)}"
            for tranche, cents in kinds.items()
        )
        name = f"{waiver.file_number}: {bodies.short(waiver)} ({waiver.year})"
        found.append((key, German(f"{name}, {amounts}" if amounts else name)))
    return found


def _bodies(kind: AdjustmentKind) -> Choices:
    """The bodies of any time; uncovered money may be the state's own."""
    blank_label = "–"
    if kind == AdjustmentKind.COVER:
        label = gettext("{territory} (keine Körperschaft)")
        blank_label = label.format(territory=words(wording.territory()))
    return [("", blank_label), *bodies.choices()]
