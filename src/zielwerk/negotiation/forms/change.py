"""The form of a change: of a wording, a value, a measure, something new, or nothing any more."""

import secrets
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.drafting.changes import (
    AMOUNT,
    EARMARK,
    FRESH,
    OWN,
    WORD_VALUES,
    Change,
    ChangeKind,
    measure_node,
    measure_of,
    piece_of,
    target_of,
    templated,
    value_of,
    words_of,
)
from zielwerk.drafting.model import Document, Measure, Target
from zielwerk.language import German
from zielwerk.negotiation.actions import Edit
from zielwerk.negotiation.forms.said import ToldForm, text_area
from zielwerk.packs.model import Year
from zielwerk.rulebook.target import MOST, TargetKind
from zielwerk.ui.forms import DayField, MoneyField, TextField

MOST_SEATS = 100_000
LONGEST_TEXT = 20_000
MEASURES, ADDITION = "measures", OWN  # where something new comes to stand


class ChangeForm(ToldForm):
    """A change of one place of a document; ``fassung`` is the version it was drawn from.

    ``gesehen`` is what the place says since somebody else changed it, as far as it was shown.
    Where ``is_proposed`` is false the change is made at once, and nobody has to be persuaded.
    """

    fassung = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    gesehen = TextField(widget=forms.HiddenInput, required=False, max_length=64)
    reason = TextField(label=_("Begründung"), max_length=5000, required=False, widget=text_area(3))

    def __init__(
        self,
        kind: ChangeKind,
        node: str,
        label: str,
        document: Document,
        rules: Year,
        data: Any = None,
        *,
        base: int,
        is_proposed: bool,
    ) -> None:
        super().__init__(data, initial={"fassung": base})
        self.kind, self.node, self.label = kind, node, label
        self.document, self.rules = document, rules
        self.with_amount = rules.programme.document.recipient == "measure"
        if not is_proposed:
            for name in ("reason", *self.told_fields):
                del self.fields[name]
        own = list(self.own_fields())
        for name, field in own:
            self.fields[name] = field
        self.order_fields([*(name for name, _field in own), "reason", *self.told_fields])

    def own_fields(self) -> Any:
        """The fields of what is changed, with what is there now."""
        document, node = self.document, self.node
        if self.kind is ChangeKind.WORDING:
            words = words_of(document, node)
            rows = max(4, min(14, len(words) // 70 + 2))
            yield "text", _text(_("Neuer Wortlaut"), words, rows)
        elif self.kind is ChangeKind.VALUE and node in WORD_VALUES:
            yield (
                "value",
                TextField(label=_("Neuer Wert"), max_length=300, initial=words_of(document, node)),
            )
        elif self.kind is ChangeKind.VALUE:
            is_earmark = node.startswith(EARMARK)
            cents = value_of(document, node)
            initial = cents["cents"] if is_earmark and cents else cents
            help_text = (
                _("Leer: ohne Betrag") if is_earmark else _("In Euro, zum Beispiel 1.600.100,00")
            )
            yield (
                "cents",
                MoneyField(
                    label=_("Neuer Betrag"),
                    initial=initial,
                    required=not is_earmark,
                    help_text=help_text,
                ),
            )
        elif self.kind is ChangeKind.MEASURE:
            yield from self._measure_fields(measure_of(document, node))
        elif self.kind is ChangeKind.TARGET:
            target = target_of(document, node)
            yield from _target_fields(target) if target else ()
        elif self.kind is ChangeKind.ADD and node == MEASURES:
            kinds = [(str(each.code), German(each.label)) for each in self.rules.measure_types]
            yield "type", forms.ChoiceField(label=_("Maßnahmeart"), choices=kinds)
            yield from self._measure_fields(None)
        elif self.kind is ChangeKind.ADD:
            yield "title", TextField(label=_("Überschrift"), max_length=200)
            field = _text(_("Text"), "", 6)
            field.help_text = _("Eine Leerzeile trennt Absätze.")
            yield "text", field

    def _measure_fields(self, measure: Measure | None) -> Any:
        title = measure.title if measure else ""
        retitled = self.document.amends and measure and AS_NEW
        field = TextField(label=_("Titel"), max_length=300, initial=title)
        field.help_text = retitled or ""
        yield "title", field
        yield (
            "places",
            forms.IntegerField(
                label=_("Plätze"),
                min_value=1,
                max_value=MOST_SEATS,
                required=False,
                initial=measure.places if measure else None,
                help_text=_("Leer: ohne Plätze"),
            ),
        )
        if self.with_amount:
            cents = measure.amount_cents if measure else None
            yield "cents", MoneyField(label=_("Betrag"), required=False, initial=cents)

    def edit(self) -> Edit:
        """The change that the form says; raises Refused where a value was lost from a wording."""
        values = self.cleaned_data
        seen = values.get("gesehen") or ""
        return Edit(values.get("fassung") or 0, self.label, self._change(values), seen)

    def _change(self, values: dict[str, Any]) -> Change:
        kind, node = self.kind, self.node
        if kind is ChangeKind.WORDING:
            piece = piece_of(self.document, node)
            text = templated(self.document, piece, values["text"]) if piece else values["text"]
            return Change(kind, node, text=text)
        if kind is ChangeKind.VALUE:
            return Change(kind, node, text=values.get("value", ""), cents=values.get("cents"))
        if kind is ChangeKind.MEASURE:
            measure = measure_of(self.document, node)
            said = {"title": values["title"], "places": values["places"]}
            if self.with_amount:
                said["amount_cents"] = values["cents"]
            return Change(kind, node, measure=replace(measure, **said) if measure else None)
        if kind is ChangeKind.TARGET:
            target = target_of(self.document, node)
            return Change(kind, node, target=_aimed(target, values) if target else None)
        if kind is ChangeKind.DROP:
            return Change(kind, node)
        if node == MEASURES:
            labels = {str(each.code): str(each.label) for each in self.rules.measure_types}
            new = Measure(
                f"{FRESH}{secrets.token_hex(4)}",
                values["type"],
                labels[values["type"]],
                values["title"],
                values.get("cents"),
                values["places"],
            )
            return Change(kind, measure_node(new), measure=new)
        name = f"{OWN}-{secrets.token_hex(4)}"
        return Change(kind, name, text=values["text"], title=values["title"])


AS_NEW = _(
    "Mit einem anderen Titel zählt sie vom Abschluss an als neue Maßnahme, die bisherige entfällt."
)


def _text(label: Any, words: str, rows: int) -> TextField:
    return TextField(label=label, max_length=LONGEST_TEXT, widget=text_area(rows), initial=words)


def _target_fields(target: Target) -> Any:
    """The fields of a target: those that its kind has."""
    if target.kind == TargetKind.WORDS:
        yield "words", _text(_("Ziel in Worten"), target.words, 4)
    elif target.kind == TargetKind.VALUE:
        label = f"{gettext('Zielwert')} ({target.unit})" if target.unit else _("Zielwert")
        yield (
            "value",
            forms.IntegerField(label=label, min_value=0, max_value=MOST, initial=target.value),
        )
        until = date.fromisoformat(target.until) if target.until else None
        yield "until", DayField(label=_("Zu erreichen bis"), required=False, initial=until)
    if target.kind != TargetKind.WORDS:
        yield (
            "baseline",
            TextField(
                label=_("Ausgangswert"), max_length=300, required=False, initial=target.baseline
            ),
        )
    for name, label in (("assumption", _("Annahme")), ("data_source", _("Datenquelle"))):
        field = _text(label, getattr(target, name), 2)
        field.required = False
        yield name, field


def _aimed(target: Target, values: dict[str, Any]) -> Target:
    """The target as the form says it."""
    names = ("words", "value", "baseline", "assumption", "data_source")
    said = {name: values[name] for name in names if name in values}
    if "until" in values:
        said["until"] = values["until"].isoformat() if values["until"] else ""
    return replace(target, **said)


def kinds_at(document: Document, node: str) -> list[ChangeKind]:
    """What may be done to a node, leaving aside whether it is open for changes."""
    if node == AMOUNT or node in WORD_VALUES or node.startswith(EARMARK):
        return [ChangeKind.VALUE]
    if measure_of(document, node):
        return [ChangeKind.MEASURE, ChangeKind.DROP]
    if target_of(document, node):
        return [ChangeKind.TARGET, ChangeKind.DROP]
    if piece_of(document, node):
        return [ChangeKind.WORDING, ChangeKind.DROP]
    own = [clause for clause in document.clauses if clause.id == node and clause.is_own]
    return [ChangeKind.DROP] if own else []
