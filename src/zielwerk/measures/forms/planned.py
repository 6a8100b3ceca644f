"""The form of a plan: everything may be missing, nothing that was typed gets lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.language import German, translate
from zielwerk.measures import queries
from zielwerk.measures.models import PlannedMeasure
from zielwerk.measures.queries.words import Words
from zielwerk.programme import queries as programmes
from zielwerk.programme.models import Party
from zielwerk.rulebook.planned import (
    FIELDS,
    LABELS,
    OWN_DELIVERY,
    TOGETHER,
    Conflict,
    CostLine,
    Plan,
)
from zielwerk.ui.filters import Choices
from zielwerk.ui.forms import DayField, MoneyField, TextField, in_group
from zielwerk.ui.tags.values import language


def _label(name: str) -> Any:
    """What a field of a plan is called, in the language of the page."""
    return _(LABELS[name])


BLANK_LINES = 3
"""Empty lines for costs below those that are there; a saved form has as many again."""
ITSELF = "selbst"
MINE, THEIRS = "mine", "theirs"
SAID: Choices = [("", _("noch nicht gesagt")), ("yes", _("ja")), ("no", _("nein"))]


@dataclass(frozen=True)
class Section:
    """A part of the form: what it is called, its fields, rows of fields, and its conflicts."""

    title: Any
    fields: tuple[Any, ...]
    rows: tuple[tuple[Any, tuple[Any, ...]], ...] = ()
    choices: tuple[Any, ...] = ()


NEEDED = {
    **dict.fromkeys(
        ("title", "first_day", "last_day", "accessibility", "gender"),
        _("nötig, um fertig zu planen"),
    ),
    **dict.fromkeys(
        ("seats", "target_groups", "legal_areas"),
        _("nötig, um mit Teilnehmenden fertig zu planen"),
    ),
}


class PlanForm(forms.Form):
    """All that may be planned of a measure; ``fassung`` is the version it was drawn from."""

    fassung = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    title = TextField(label=_label("title"), max_length=300)
    type = forms.ChoiceField(label=_label("type"))
    first_day = DayField(label=_label("first_day"))
    last_day = DayField(label=_label("last_day"))
    age_reason = TextField(
        label=_("Begründung, falls der Titel eine Altersgruppe nennt"), max_length=500
    )
    seats = forms.IntegerField(
        label=_label("seats"),
        min_value=1,
        max_value=100_000,
        help_text=_("entfällt bei Maßnahmen ohne Teilnehmende"),
    )
    target_groups = forms.MultipleChoiceField(
        label=_label("target_groups"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("entfällt bei Maßnahmen ohne Teilnehmende"),
    )
    group_reason = TextField(
        label=_("Begründung, falls eine Zielgruppe eine braucht"), max_length=500
    )
    legal_areas = forms.MultipleChoiceField(
        label=_label("legal_areas"), widget=forms.CheckboxSelectMultiple
    )
    part_time = forms.ChoiceField(label=_label("part_time"), choices=SAID)
    language = forms.ChoiceField(label=_label("language"), choices=SAID)
    party = forms.ChoiceField(label=_label("carrier"))
    passing_on = forms.ChoiceField(label=_label("passing_on"))
    earmark = forms.ChoiceField(label=_label("earmark"))
    frameworks = forms.MultipleChoiceField(
        label=_label("frameworks"), widget=forms.CheckboxSelectMultiple
    )
    priorities = forms.MultipleChoiceField(
        label=_label("priorities"), widget=forms.CheckboxSelectMultiple
    )
    accessibility = TextField(
        label=_label("accessibility"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    gender = TextField(
        label=_label("gender"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        programme: str,
        year: int,
        ags: str,
        plan: Plan,
        data: Mapping[str, Any] | None = None,
        *,
        base: int = 0,
        conflicts: Sequence[Conflict] = (),
    ) -> None:
        super().__init__(data, initial=initial_of(plan) | {"fassung": base})
        self.conditions: dict[str, Any] = dict(NEEDED)
        self.where, self.plan_before = (programme, year, ags), plan
        self.words = Words(programme, year)
        relations = programmes.relations(programme, ags)
        self.parties: dict[str, Party] = {str(each.party.pk): each.party for each in relations}
        self._choose(plan)
        self._cost_lines(plan)
        self.conflicts = tuple(conflicts)
        for conflict in conflicts:
            self._ask(conflict)
        if conflicts:  # named along, so that none is kept without a choice
            names = " ".join(conflict.field for conflict in conflicts)
            self.fields["strittig"] = TextField(widget=forms.HiddenInput, initial=names)
        for field in self.fields.values():
            field.required = False  # an interim state is kept whatever is missing

    def _choose(self, plan: Plan) -> None:
        """The options of the year, and what is in use that it does not know."""
        words, open_ = self.words, ("", _("noch nicht gesagt"))
        options: dict[str, Choices] = {
            "type": [open_, *words.choices("measure_types", [plan.type])],
            "earmark": [("", _("ohne Zweckbindung")), *words.choices("earmarks", [plan.earmark])],
            "passing_on": [open_, *words.choices("passing_on", [plan.passing_on])],
            "target_groups": [*words.choices("target_groups", plan.target_groups)],
            "legal_areas": [*words.choices("legal_areas", plan.legal_areas)],
            "frameworks": [*words.choices("frameworks", plan.frameworks)],
            "priorities": self._priorities(plan),
            "party": self._carriers(plan),
        }
        for name, choices in options.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not options["priorities"]:
            del self.fields["priorities"]

    def _priorities(self, plan: Plan) -> Choices:
        programme, _year, ags = self.where
        known = queries.priorities(programme, ags, plan.first_day or self.words.rules.begins)
        return [*known.items(), *((code, code) for code in plan.priorities if code not in known)]

    def _carriers(self, plan: Plan) -> Choices:
        known: Choices = [
            (key, German(f"{party.name} ({gettext(party.get_kind_display())})"))
            for key, party in self.parties.items()
        ]
        if plan.party and str(plan.party) not in self.parties:
            known.append((str(plan.party), German(plan.carrier)))
        itself = (ITSELF, _("die Gebietskörperschaft selbst"))
        return [("", _("noch nicht gesagt")), itself, *known]

    def _cost_lines(self, plan: Plan) -> None:
        rules = queries.rules_of(*self.where, plan=plan)
        lines: list[CostLine | None] = [*plan.costs, *[None] * BLANK_LINES]
        if self.is_bound:  # as many lines as were sent
            sent = [name for name in self.data if name.startswith("costs-")]
            most = max((int(name.split("-")[1]) + 1 for name in sent if _is_line(name)), default=0)
            lines += [None] * max(0, min(most, 200) - len(lines))
        self.lines = range(len(lines))
        years = sorted({*rules.budget_years, *(line.budget_year for line in plan.costs)})
        for place, line in enumerate(lines):
            self._cost_line(place, line, years)

    def _cost_line(self, place: int, line: CostLine | None, years: Iterable[int]) -> None:
        group = gettext("Kosten, Zeile {number}").format(number=place + 1)
        kept = (line.category, line.source) if line else ("", "")
        open_ = ("", _("bitte wählen"))
        fields: dict[str, forms.Field] = {
            "category": forms.ChoiceField(
                label=_("Kostenart"),
                choices=[open_, *self.words.choices("cost_categories", kept[:1])],
            ),
            "source": forms.ChoiceField(
                label=_("Finanzierungsquelle"),
                choices=[open_, *self.words.choices("cost_sources", kept[1:])],
            ),
            "budget_year": forms.TypedChoiceField(
                label=_("Haushaltsjahr"),
                choices=[open_, *((str(year), str(year)) for year in years)],
                coerce=int,
                empty_value=None,
            ),
            "amount_cents": MoneyField(label=_("Betrag"), help_text=""),
        }
        for name, field in fields.items():
            key = f"costs-{place}-{name}"
            self.fields[key] = field
            self.conditions = {**self.conditions, key: _("nötig, wenn die Zeile zählen soll")}
            in_group(field, group)
            self.conditions[key] = _("nötig, wenn die Zeile zählt")
            self.initial[key] = getattr(line, name) if line else None

    def _ask(self, conflict: Conflict) -> None:
        """Both values of a field that somebody else changed, too, and the choice between them."""
        label = translate(LABELS[conflict.field], language())
        both = (conflict.mine, conflict.theirs)
        mine, theirs = (self.shown(conflict.field, each) for each in both)
        field = forms.ChoiceField(
            label=gettext("Was soll gelten: {field}").format(field=label),
            choices=[
                (MINE, gettext("Ihre Angabe: {value}").format(value=mine)),
                (THEIRS, gettext("die andere: {value}").format(value=theirs)),
            ],
            widget=forms.RadioSelect,
        )
        self.fields[f"wahl-{conflict.field}"] = field

    def shown(self, name: str, value: object) -> str:
        """A value of a field as people read it."""
        return self.words.shown(name, value, language()) or gettext("leer")

    def sections(self) -> Iterator[Section]:
        """The parts of the form, in the order of its page."""
        yield self._section(
            _("Was geplant ist"), "title", "age_reason", "type", "first_day", "last_day"
        )
        yield self._section(
            _("Für wen und in welcher Form"),
            *("seats", "target_groups", "group_reason", "legal_areas", "part_time", "language"),
        )
        yield self._section(_("Wer durchführt"), "party", "passing_on")
        rows = tuple(
            (
                gettext("Kosten, Zeile {number}").format(number=place + 1),
                tuple(self[f"costs-{place}-{name}"] for name in LINE),
            )
            for place in self.lines
        )
        money = self._section(_("Geplante Kosten"), "earmark", asked=("costs",))
        yield replace(money, rows=rows)
        yield self._section(
            _("Worauf sie sich stützt"), "frameworks", "priorities", "accessibility", "gender"
        )

    def _section(self, title: Any, *names: str, asked: Sequence[str] = ()) -> Section:
        fields = tuple(self[name] for name in names if name in self.fields)
        wishes = [f"wahl-{name}" for name in (*names, *asked)]
        choices = tuple(self[name] for name in wishes if name in self.fields)
        return Section(title, fields, choices=choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for place in self.lines:
            values = {name: data.get(f"costs-{place}-{name}") for name in LINE}
            empty = [name for name, value in values.items() if value in (None, "")]
            if empty and len(empty) < len(LINE):
                self._missing(place, empty)
        return data

    def _missing(self, place: int, empty: Iterable[str]) -> None:
        """A line of costs is whole or not there: half of one could not be kept."""
        for name in empty:
            key = f"costs-{place}-{name}"
            if key not in self.errors:
                self.add_error(key, _("In dieser Zeile fehlt die Angabe."))

    def plan(self) -> Plan:
        """What was typed, on top of what the form does not hold; call when it is valid."""
        values, before = self.cleaned_data, self.plan_before
        party = self.parties.get(values["party"])
        is_kept = values["party"] == str(before.party)
        number = party.pk if party else (before.party if is_kept else None)
        name = party.name if party else (before.carrier if is_kept else "")
        passing_on = values["passing_on"]
        if values["party"] == ITSELF and not passing_on:
            passing_on = OWN_DELIVERY
        typed: dict[str, Any] = {name: values[name] for name in PLAIN}
        typed |= {name: tuple(values[name]) for name in MANY if name in self.fields}
        return replace(
            before,
            **typed,
            passing_on=passing_on,
            party=number,
            carrier=str(name),
            costs=tuple(self._lines(values)),
        )

    def _lines(self, values: Mapping[str, Any]) -> Iterator[CostLine]:
        for place in self.lines:
            cents = values[f"costs-{place}-amount_cents"]
            if cents is not None:
                yield CostLine(
                    values[f"costs-{place}-category"],
                    values[f"costs-{place}-source"],
                    values[f"costs-{place}-budget_year"],
                    int(cents),
                )

    def unsettled(self, now: Plan) -> tuple[Conflict, ...]:
        """Details that two people changed and about which she was asked and did not choose.

        ``now`` is the plan as it stands; call when the form is valid.
        """
        asked = str(self.data.get("strittig", "")).split()
        left = [name for name in asked if name in FIELDS and name not in self.chosen()]
        mine, pairs = self.plan(), [(name, SHOWN.get(name, name)) for name in left]
        return tuple(
            Conflict(name, None, getattr(now, shown), getattr(mine, shown))
            for name, shown in pairs
            if getattr(now, shown) != getattr(mine, shown)
        )

    def chosen(self) -> dict[str, str]:
        """What she chose where somebody else had changed the same field."""
        return {
            name.removeprefix("wahl-"): value
            for name, value in self.data.items()
            if name.startswith("wahl-") and value in (MINE, THEIRS)
        }


PLAIN = (
    *("title", "type", "first_day", "last_day", "age_reason", "seats", "group_reason"),
    *("part_time", "language", "earmark", "accessibility", "gender"),
)
SHOWN = {names[0]: names[-1] for names in TOGETHER}
LINE = ("category", "source", "budget_year", "amount_cents")
MANY = ("target_groups", "legal_areas", "frameworks", "priorities")


def _is_line(name: str) -> bool:
    place = name.split("-")[1]
    return place.isascii() and place.isdecimal() and len(place) < 4


def initial_of(plan: Plan) -> dict[str, Any]:
    """A plan as its form begins with it."""
    itself = ITSELF if plan.passing_on == OWN_DELIVERY else ""
    return {
        **{name: getattr(plan, name) for name in PLAIN},
        **{name: list(getattr(plan, name)) for name in MANY},
        "passing_on": plan.passing_on,
        "party": str(plan.party) if plan.party else itself,
    }


def form_of(
    measure: PlannedMeasure, data: Mapping[str, Any] | None = None, **options: Any
) -> PlanForm:
    """The form of a measure that is planned already."""
    options.setdefault("base", measure.version)
    plan = options.pop("plan", measure.plan)
    return PlanForm(measure.programme, measure.year, measure.ags, plan, data, **options)
