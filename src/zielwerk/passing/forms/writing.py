"""Writing a pass-on: to whom, in which way, how much, paid when, checked how, proved by when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.language import German
from zielwerk.passing.queries import PassDraft
from zielwerk.programme.models import Party
from zielwerk.rulebook.passing.amounts import Instalment
from zielwerk.rulebook.passing.checks import CHECKS, Answer, Check
from zielwerk.rulebook.passing.ways import Way
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.forms import DayField, MoneyField, TextField
from zielwerk.ui.tags.values import said, words

LEAST_INSTALMENTS, MOST_INSTALMENTS = 4, 12
NEITHER = msg("Zur Rate gehören Tag und Betrag.")


@dataclass(frozen=True)
class Choices:
    """What can be chosen: the ways, the Träger of the body, the budget years of the grant."""

    ways: Sequence[Way]
    parties: Sequence[Party]
    years: Sequence[int]
    instalments: int = LEAST_INSTALMENTS

    @property
    def checks(self) -> list[Check]:
        """Whatever any of the ways asks for, each once."""
        return list(dict.fromkeys(check for way in self.ways for check in way.checks))


class PassOnForm(forms.Form):
    """All that can be said of a pass-on; everything may be missing while it is a draft."""

    art = forms.ChoiceField(label=_("Art der Weitergabe"), required=False)
    traeger = forms.TypedChoiceField(
        label=_("Träger"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Bei eigener Durchführung bleibt er leer."),
    )
    zweck = TextField(
        label=_("Zweck"),
        required=False,
        max_length=4000,
        help_text=_("Was der Träger damit tut. Er steht im Schriftstück."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kofinanzierung = MoneyField(
        label=_("Kofinanzierung"), required=False, help_text=_("Was andere dazu zahlen, in Euro.")
    )
    plaetze = forms.IntegerField(label=_("Plätze"), required=False, min_value=0, max_value=100_000)
    nachweis = DayField(
        label=_("Nachweis des Trägers bis"),
        required=False,
        help_text=_("Vor dem Tag, an dem die Gebietskörperschaft selbst nachweist."),
    )
    andere_beihilfen = MoneyField(
        label=_("Andere De-minimis-Beihilfen des Trägers"),
        required=False,
        help_text=_("Der letzten drei Jahre, wie er sie erklärt hat, in Euro."),
    )
    rechtsbehelf = TextField(
        label=_("Rechtsbehelfsbelehrung"),
        required=False,
        max_length=2000,
        help_text=_("Nach dem Recht der Körperschaft."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, choices: Choices, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.choices = choices
        self.conditions = {
            "nachweis": _("nötig, wo der Träger nachweist"),
            "rechtsbehelf": _("nötig bei einem Bescheid"),
        }
        fields: Mapping[str, Any] = self.fields
        fields["art"].choices = [
            ("", gettext("noch offen")),
            *((way.code, way.label) for way in choices.ways),
        ]
        fields["traeger"].choices = [
            ("", gettext("niemand")),
            *((str(party.pk), German(str(party.name))) for party in choices.parties),
        ]
        for year in choices.years:
            label = gettext("Betrag {year}").format(year=year)
            self.fields[amount_name(year)] = MoneyField(label=label, required=False, help_text="")
        for number in range(1, choices.instalments + 1):
            self._add_instalment(number)
        for check in choices.checks:
            self._add_check(check)

    def _add_instalment(self, number: int) -> None:
        day, cents = instalment_names(number)
        slots = {"number": number}
        self.fields[day] = DayField(
            label=gettext("Rate {number}: Tag").format(**slots), required=False, help_text=""
        )
        self.fields[cents] = MoneyField(
            label=gettext("Rate {number}: Betrag").format(**slots), required=False, help_text=""
        )

    def _add_check(self, check: Check) -> None:
        rule, (outcome, reason) = CHECKS[check], check_names(check)
        self.conditions[reason] = _("nötig, wo geprüft wird")
        options = [(code, said(each.label)) for code, each in rule.outcomes.items()]
        needing = ", ".join(words(way.label) for way in self.choices.ways if check in way.checks)
        self.fields[outcome] = forms.ChoiceField(
            label=said(rule.label),
            required=False,
            choices=[("", gettext("noch nicht geprüft")), *options],
            help_text=f"{said(rule.question)} ({needing})",
        )
        self.fields[reason] = TextField(
            label=gettext("{check}: Begründung").format(check=said(rule.label)),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in range(1, self.choices.instalments + 1):
            day, cents = instalment_names(number)
            is_half = bool(values.get(day)) != (values.get(cents) is not None)
            if is_half and not {day, cents} & set(self.errors):
                self.add_error(cents if values.get(day) else day, said(NEITHER))
        return values

    @property
    def amounts(self) -> Iterator[tuple[int, Any]]:
        return ((year, self[amount_name(year)]) for year in self.choices.years)

    @property
    def instalments(self) -> Iterator[tuple[int, Any, Any]]:
        for number in range(1, self.choices.instalments + 1):
            day, cents = instalment_names(number)
            yield number, self[day], self[cents]

    @property
    def checks(self) -> Iterator[tuple[Any, Any]]:
        for check in self.choices.checks:
            outcome, reason = check_names(check)
            yield self[outcome], self[reason]


def amount_name(year: int) -> str:
    return f"betrag_{year}"


def instalment_names(number: int) -> tuple[str, str]:
    return f"rate_{number}_tag", f"rate_{number}_betrag"


def check_names(check: Check) -> tuple[str, str]:
    return f"pruefung_{check}", f"grund_{check}"


def typed(form: PassOnForm) -> PassDraft:
    """What was typed, as a draft."""
    values = form.cleaned_data
    pairs = [
        [values.get(name) for name in instalment_names(number)]
        for number in range(1, form.choices.instalments + 1)
    ]
    answers = {
        check.value: Answer(*(values.get(name) or "" for name in check_names(check)))
        for check in form.choices.checks
    }
    return PassDraft(
        way=values["art"],
        party=values["traeger"],
        amounts={year: int(values.get(amount_name(year)) or 0) for year in form.choices.years},
        instalments=tuple(
            sorted((Instalment(day, int(cents or 0)) for day, cents in pairs if day), key=_by_day)
        ),
        other_cents=int(values["kofinanzierung"] or 0),
        seats=values["plaetze"],
        proof_due=values["nachweis"],
        checks={code: each for code, each in answers.items() if each != Answer()},
        other_aid_cents=int(values["andere_beihilfen"] or 0),
        purpose=values["zweck"],
        remedy=values["rechtsbehelf"],
    )


def _by_day(instalment: Instalment) -> tuple[date, int]:
    return (instalment.day, instalment.cents)


def initial(draft: PassDraft) -> dict[str, Any]:
    """The form as the draft stands."""
    values: dict[str, Any] = {
        "art": draft.way,
        "traeger": draft.party,
        "zweck": draft.purpose,
        "kofinanzierung": draft.other_cents or None,
        "plaetze": draft.seats,
        "nachweis": draft.proof_due,
        "andere_beihilfen": draft.other_aid_cents or None,
        "rechtsbehelf": draft.remedy,
    }
    values |= {amount_name(year): cents for year, cents in draft.amounts.items() if cents}
    for number, each in enumerate(draft.instalments, 1):
        day, cents = instalment_names(number)
        values |= {day: each.day, cents: each.cents}
    for code, answer in draft.checks.items():
        outcome, reason = check_names(Check(code))
        values |= {outcome: answer.outcome, reason: answer.reason}
    return values


def room_for(draft: PassDraft) -> int:
    """How many instalments the form offers: some more than there are."""
    return min(max(LEAST_INSTALMENTS, len(draft.instalments) + 2), MOST_INSTALMENTS)
