"""Entries into the state's budget: amounts, authority, the end of a year, corrections."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, TypeAlias

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.budget import queries
from zielwerk.budget.actions import (
    Authority,
    Consent,
    Entry,
    Line,
    LineEnd,
    Mistake,
    Redemption,
    line_of,
)
from zielwerk.language import value_text
from zielwerk.ledger.models import AccountKey
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui.filters import Choices, year_choices
from zielwerk.ui.forms import DayField, MoneyField, TextField
from zielwerk.ui.tags.values import words

Command: TypeAlias = Entry | Authority | Redemption


@dataclass(frozen=True)
class Nothing:
    """Why there is nothing to choose from, and the verb that changes that, for some years."""

    title: str
    text: str
    verb: str = ""
    years: Sequence[int] = ()


NO_LINES = Nothing(
    msg("Noch keine Haushaltsstelle"),
    msg("Die Bücher kennen noch keine Haushaltsstelle. Zuerst tritt ein Haushalt in Kraft."),
    "inkraftsetzen",
)
NOTHING_CONSUMED = Nothing(
    msg("Keine Verpflichtung ist einzulösen"),
    msg(
        "Keine eingegangene Verpflichtung wartet auf Geld. Hier steht eine, wenn der Haushalt "
        "ihres Fälligkeitsjahrs in Kraft ist und ihre Haushaltsstelle nicht mehr hat; sonst wird "
        "sie mit dem Inkrafttreten von selbst eingelöst."
    ),
)
NOT_DUE = Nothing(
    msg("Noch keine Verpflichtung ist einzulösen"),
    msg(
        "Eingegangene Verpflichtungen gibt es, aber der Haushalt ihres Fälligkeitsjahrs ist noch "
        "nicht in Kraft. Mit dem Inkrafttreten werden sie eingelöst; hier bleibt, was dann keine "
        "eigene Haushaltsstelle mehr hat."
    ),
)


class BudgetFilters(forms.Form):
    """The budget year to look at."""

    jahr = forms.ChoiceField(label=_("Haushaltsjahr"), required=False)

    def __init__(self, data: Any, years: list[int]) -> None:
        super().__init__(data)
        self.fields["jahr"].choices = year_choices(years)  # type: ignore[attr-defined]


NEW = "new"
"""The choice of a line that the books do not know yet."""


class KnownLineForm(forms.Form):
    """An amount of one budget line that the books know, its value date and its basis."""

    year = forms.TypedChoiceField(label=_("Haushaltsjahr"), coerce=int)
    line = forms.ChoiceField(
        label=_("Haushaltsstelle"),
        help_text=_("Mit Mittelherkunft und Zweckbindung, wie die Bücher sie führen."),
    )
    amount = MoneyField(label=_("Betrag"))
    value_date = DayField(label=_("Wertstellung"))
    basis = TextField(
        label=_("Grundlage"),
        max_length=500,
        help_text=_("Zum Beispiel das Haushaltsgesetz mit Fundstelle oder der Erlass mit Datum."),
    )

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        """``on`` is the day of entering: it says which years can be chosen."""
        super().__init__(*args, **options)
        self.years = queries.years_to_choose(settings.PROGRAMME, on)
        self.initial.setdefault("year", str(on.year))
        self.known = {line_code(line): line for line in queries.known_lines(settings.PROGRAMME)}
        choices = [(code, line_label(line)) for code, line in self.known.items()]
        self.fields["line"].label = words(queries.line_word(settings.PROGRAMME))
        self._choices("line", [("", "–"), *choices])
        self._choices("year", year_choices(self.years))

    def wrong_year(self) -> Refusal | None:
        """Why the year that an address brings along cannot be chosen."""
        asked = self.initial.get("year")
        is_known = "year" not in self.fields or str(asked) in map(str, self.years)
        return None if is_known else queries.no_such_year(asked, self.years)

    @property
    def lacks(self) -> Nothing | None:
        """What is missing to fill the form in, and where it comes from."""
        return None if self.known else NO_LINES

    def _choices(self, field: str, choices: Choices) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def entered_line(self) -> Line:
        """The line that the entry is about."""
        return replace(self._known_line(), budget_year=self.cleaned_data["year"])

    def _known_line(self) -> Line:
        return self.known[self.cleaned_data["line"]]

    def command(self) -> Command:
        values = self.cleaned_data
        return Entry(self.entered_line(), values["amount"], values["value_date"], values["basis"])


class EntryForm(KnownLineForm):
    """The same, of a line that the books know or of one that is made new on purpose.

    A line of a known name with another source or purpose is one more that is easily mistaken
    for the known one, so it is asked for by its own box.
    """

    budget_line = TextField(
        label=_("Neue Haushaltsstelle"),
        max_length=60,
        required=False,
        help_text=_("Nur wenn oben „neu“ gewählt ist; so, wie der Haushaltsplan sie schreibt."),
    )
    source = forms.ChoiceField(label=_("Mittelherkunft der neuen"), required=False)
    earmark = forms.ChoiceField(
        label=_("Zweckbindung der neuen"),
        required=False,
        help_text=_("Leer für Mittel ohne Zweckbindung."),
    )
    another = forms.BooleanField(
        label=_("Es ist eine weitere Zeile unter einem bekannten Namen"),
        required=False,
        help_text=_(
            "Nur wenn es die Haushaltsstelle schon gibt, aber mit anderer Mittelherkunft oder "
            "Zweckbindung."
        ),
    )
    field_order = ("year", "line", "budget_line", "source", "earmark", "another", "due_year")
    conditions: ClassVar = {
        "budget_line": _("nötig für eine neue"),
        "source": _("nötig für eine neue"),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        all_rules = [
            packs.load(settings.PROGRAMME, year)
            for year in reversed(packs.years(settings.PROGRAMME))
        ]
        sources = {
            source.code: source.label for rules in all_rules for source in rules.money_sources
        }
        earmarks = {
            earmark.code: earmark.label for rules in all_rules for earmark in rules.earmarks
        }
        blank: Choices = [("", "–")]
        self._choices("source", [*blank, *sources.items()])
        self._choices("earmark", [*blank, *earmarks.items()])
        known: Choices = self.fields["line"].choices  # type: ignore[attr-defined]
        self._choices("line", [*known, (NEW, _("neue Haushaltsstelle"))])
        if not self.known:
            self.initial.setdefault("line", NEW)

    @property
    def lacks(self) -> Nothing | None:
        return None

    def clean(self) -> dict[str, Any]:
        """A new line is complete; beside a known one nothing is typed."""
        values = super().clean() or {}
        chosen, typed = values.get("line"), values.get("budget_line", "").strip()
        if chosen == NEW:
            if not typed:
                self.add_error("budget_line", _("Wie heißt die neue Haushaltsstelle?"))
            if not values.get("source"):
                self.add_error("source", _("Woher kommen die Mittel der neuen Haushaltsstelle?"))
        elif chosen and typed:
            sentence = _("Entweder eine bekannte Haushaltsstelle wählen oder eine neue eintragen.")
            self.add_error("budget_line", sentence)
        return values

    def _new_line(self, values: Mapping[str, Any]) -> Line:
        return Line(
            settings.PROGRAMME,
            0,
            values.get("budget_line", "").strip(),
            values.get("source", ""),
            values.get("earmark", ""),
        )

    def _known_line(self) -> Line:
        """The chosen line; raises Refused where one that is known already is made new."""
        values = self.cleaned_data
        if values["line"] != NEW:
            return super()._known_line()
        line = self._new_line(values)
        alike = [each for each in self.known.values() if _name(each) == _name(line)]
        for each in alike:
            if (each.source, each.earmark) == (line.source, line.earmark):
                raise Refused(_known_already(each))
        if alike and not values["another"]:
            raise Refused(_known_otherwise(alike))
        return line


def _name(line: Line) -> str:
    """The name of a line, whatever its spaces and capitals."""
    return "".join(line.budget_line.split()).casefold()


def _known_already(line: Line) -> Refusal:
    sentence = msg("Diese Haushaltsstelle gibt es schon: {line}. Bitte wählen Sie sie aus.")
    return Refusal("budget.line_known", sentence, {"line": line_label(line)})


def _known_otherwise(lines: Sequence[Line]) -> Refusal:
    sentence = msg(
        "Unter diesem Namen gibt es schon: {lines}. Bitte wählen Sie eine davon aus, oder "
        "kreuzen Sie an, dass es eine weitere Zeile ist."
    )
    known = "; ".join(map(line_label, lines))
    return Refusal("budget.line_known_otherwise", sentence, {"lines": known})


class KnownAuthorityForm(KnownLineForm):
    """Commitment authority of a known line: an amount, and the year it falls due."""

    due_year = forms.TypedChoiceField(label=_("Fälligkeitsjahr"), coerce=int)
    field_order = ("year", "line", "budget_line", "source", "earmark", "another", "due_year")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        first, last = min(self.years), max(self.years)
        reach = programmes.later_years(queries.rules_of(settings.PROGRAMME, last))
        self._choices("due_year", year_choices(list(range(first + 1, last + reach + 1))))
        year = str(self.initial["year"])
        if year.isdecimal():
            self.initial.setdefault("due_year", str(int(year) + 1))

    def command(self) -> Command:
        values = self.cleaned_data
        return Authority(
            self.entered_line(),
            values["due_year"],
            values["amount"],
            values["value_date"],
            values["basis"],
        )


class AuthorityForm(KnownAuthorityForm, EntryForm):
    """The same, of a line that the books know or of a new one."""


class RedemptionForm(KnownLineForm):
    """Consumed authority that is not redeemed, and the line that pays for it, with the reason."""

    consumed = forms.ChoiceField(label=_("Eingegangene Verpflichtung"))
    field_order = ("consumed", "line")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["year"]
        self.fields["line"].label = _("Haushaltsstelle, die bezahlt")
        self.fields["basis"].label = _("Begründung")
        self.fields["basis"].help_text = _(
            "Warum diese Haushaltsstelle bezahlt, etwa: im Haushaltsplan umbenannt in …"
        )
        self.unredeemed = {
            consumed_code(key): (key, Cents(cents))
            for key, cents in programmes.unredeemed(settings.PROGRAMME)
        }
        choices = [(code, _consumed_label(*each)) for code, each in self.unredeemed.items()]
        self._choices("consumed", choices)

    @property
    def lacks(self) -> Nothing | None:
        if self.unredeemed:
            return None
        waiting = queries.due_years_waiting(settings.PROGRAMME)
        if not waiting:
            return NOTHING_CONSUMED
        nearest = [year for year in waiting if year in self.years]
        return replace(NOT_DUE, verb="inkraftsetzen" if nearest else "", years=nearest)

    def command(self) -> Command:
        values = self.cleaned_data
        consumed, _cents = self.unredeemed[values["consumed"]]
        line = replace(self._known_line(), budget_year=consumed.due_year)
        entry = Entry(line, values["amount"], values["value_date"], values["basis"])
        return Redemption(line_of(consumed), entry)


def consumed_code(key: AccountKey) -> str:
    """Consumed authority as the value of a choice."""
    return f"{key.budget_year}:{key.due_year}:{line_code(line_of(key))}"


def line_code(line: Line) -> str:
    """A line as the value of a choice, whichever its year."""
    return json.dumps([line.budget_line, line.source, line.earmark], ensure_ascii=False)


def line_label(line: Line) -> str:
    """A line as people know it: code, source, purpose."""
    rules = [packs.load(settings.PROGRAMME, year) for year in packs.years(settings.PROGRAMME)]
    sources = {each.code: each.label for year in rules[::-1] for each in year.money_sources}
    source = words(sources.get(line.source, line.source))
    purpose = words(programmes.purpose(line.fund))
    return f"{line.budget_line}, {source}, {purpose}"


def _consumed_label(key: AccountKey, cents: Cents) -> str:
    label = gettext("{line}, Haushalt {year}, fällig {due}: {amount}")
    amount = value_text(cents, get_language() or "de")
    line = line_label(line_of(key))
    return label.format(line=line, year=key.budget_year, due=key.due_year, amount=amount)


class CorrectionForm(forms.Form):
    """The entry that was made by mistake, and why it was one."""

    vorgang = forms.ChoiceField(label=_("Was wurde falsch gebucht?"))
    begruendung = TextField(label=_("Begründung"), max_length=500)

    def __init__(self, data: Any, entries: Choices, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["vorgang"].choices = entries  # type: ignore[attr-defined]

    def mistake(self) -> Mistake:
        values = self.cleaned_data
        return Mistake(settings.PROGRAMME, values["vorgang"], values["begruendung"])


class CloseForm(forms.Form):
    """The consents with which a budget year ends: one amount for each line that holds money."""

    basis = TextField(
        label=_("Grundlage"),
        max_length=500,
        help_text=_("Zum Beispiel der Erlass zum Jahresabschluss mit Datum."),
    )

    def __init__(self, data: Any, remainders: list[tuple[LineEnd, str]], **options: Any) -> None:
        """``remainders``: the lines with money that is left, each with its label."""
        super().__init__(data, **options)
        self.remainders = remainders
        for number, (_end, label) in enumerate(remainders):
            self.fields[f"consent{number}"] = MoneyField(label=label, required=False)

    def consents(self) -> list[Consent]:
        return [
            Consent(end.line, end.programme_year, cents)
            for number, (end, _) in enumerate(self.remainders)
            if (cents := self.cleaned_data[f"consent{number}"])
        ]
