"""The values of a review: what was read, each as a field, grouped as the page shows them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.agreements import queries
from zielwerk.agreements.forms.groups import Evidence, Group, Part, in_order_of_text
from zielwerk.agreements.models import Intake
from zielwerk.core.permissions import Actor, may_see
from zielwerk.language import German, value_text
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Year
from zielwerk.rulebook.agreement import Measure
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.recording import LONGEST
from zielwerk.ui import bodies
from zielwerk.ui.forms import DayField, MoneyField, TextField, in_group
from zielwerk.ui.tags.values import words

KEPT_ALWAYS = ("revision", "year")  # else nobody knows what was corrected
STEADS = (("i. V.", _("in Vertretung (i. V.)")), ("i. A.", _("im Auftrag (i. A.)")))
MOST_SEATS = 99_999
BLANK_MEASURES = 2  # rows offered beyond those that were read
OTHER_AMOUNT = _("ein anderer Betrag")
TWO_AMOUNTS = _("Gewählt ist ein anderer Betrag. Bitte nur einen von beiden angeben.")
NO_AMOUNT = _("Bitte einen der Beträge wählen oder den richtigen angeben.")
NONE = _("leer, wo keine genannt ist")
NOT_ONE = _("leer, wo keiner steht")
CONDITIONS = {
    "granting_authority": NONE,
    "meeting": NONE,
    "resolution": _("leer, wo keiner genannt ist"),
    "own_share_cents": NOT_ONE,
    "legal_areas": _("nur die genannten"),
    "earmarks": _("nur die genannten"),
}
TICKED = ("legal_areas", "earmarks")  # lists of which each member is a box
# What is said of a list as a whole, where it may not be complete.
WHOLE = {
    "measures": _("Aufzählung der Maßnahmen"),
    "frameworks": _("Aufzählung der Bezugsrahmen"),
    "clauses": _("Gliederung des Textes"),
    "earmarks": _("Zweckbindungen"),
    "legal_areas": _("Rechtskreise"),
}


class ValuesForm(forms.Form):
    """All values of a recording, each correctable, grouped as the page shows them.

    Fields are named by the path of the value in the reading, so that the form, the
    evidence and the doubts speak of the same thing.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, intake: Intake, data: Mapping[str, Any] | None = None, *, user: Actor, today: date
    ) -> None:
        super().__init__(data, initial={"revision": intake.revision})
        self.intake = intake
        self.terms = intake.content
        rules = packs.load(self.terms.programme, self.terms.year)
        self.year: Year = queries.offered(rules, self.terms, today)
        self.document = rules.programme.document
        self.bodies: dict[str, Body] = {
            body.ags: body
            for body in packs.bodies_in(self.terms.programme, self.terms.year)
            if may_see(user, body.ags)
        }
        self.sections: list[tuple[str, list[Group]]] = []
        self.conditions: dict[str, Any] = dict(CONDITIONS)
        self._legends: Counter[str] = Counter()
        self._evidence = Evidence(intake.reading.get("evidence", {}), intake.doubts)
        self._build()
        for name, field in self.fields.items():
            if field.required and name not in KEPT_ALWAYS:
                self.conditions.setdefault(name, _("nötig, um anzunehmen"))
        self.is_complete = data is None or "accept" in data
        if not self.is_complete:  # an interim state is kept whatever is still missing
            for name, field in self.fields.items():
                field.required &= name in KEPT_ALWAYS
        self.parts = self._in_order()
        if intake.amends_id:  # a change is of the same body and year
            for name in ("year", "parties[1].ags"):
                self.fields[name].disabled = True
        for number, group in enumerate(filter(lambda group: group.doubts, self.groups()), 1):
            group.number = number

    def groups(self) -> Iterator[Group]:
        """Every group, in the order of the text and so of the page."""
        for part in self.parts:
            yield from part.groups

    def _in_order(self) -> list[Part]:
        heads, end = [], 0
        for index, clause in enumerate(self.terms.clauses):
            if head := self.intake.evidence(f"clauses[{index}].number"):
                title = German(f"{clause.number} {clause.title}".strip())
                heads.append((head["start"], title, clause.number))
                end = max(end, self.intake.evidence(f"clauses[{index}].text")["end"], head["end"])
        return in_order_of_text(self.sections, heads, end)

    def _build(self) -> None:
        terms = self.terms
        self._section(
            _("Angaben"),
            *self._paper(),
            self._group("year", _("Programmjahr"), {"year": self._years()}),
            *self._ministry(),
            self._group(
                "parties[1]", _("Gebietskörperschaft"), {"parties[1].ags": self._body_choice()}
            ),
            self._group("budget_cents", _("Betrag"), self._amount()),
            *self._own_share(),
            self._authority(),
        )
        self._section(_("Maßnahmen"), *self._measures())
        self._section(
            _("Einordnung"),
            self._group("legal_areas", _("Rechtskreise"), {"legal_areas": self._legal_areas()}),
            self._group("earmarks", _("Zweckbindungen"), {"earmarks": self._earmarks()}),
            *(self._framework(index, title) for index, title in enumerate(terms.frameworks)),
            self._group(
                "meeting", _("Umsetzungsbesprechung"), {"meeting": text(terms.meeting, False)}
            ),
            self._group(
                "resolution", _("Beschluss"), {"resolution": text(terms.resolution, False)}
            ),
        )
        self._section(_("Unterschriften"), *self._signatures())
        self._section(_("Wortlaut"), *self._clauses())
        whole = (self._group(path, WHOLE.get(path, path), {}) for path in self._evidence.left)
        self._section(_("Weitere Stellen"), *whole)

    def _framework(self, index: int, title: str) -> Group:
        key = f"frameworks[{index}]"
        self.conditions[key] = _("leer lassen, um den Bezugsrahmen zu streichen")
        return self._group(key, _("Bezugsrahmen"), {key: text(title, required=False)})

    def _paper(self) -> Iterator[Group]:
        """What the paper is, where that needs a look: a draft, another programme's money."""
        if {"kind", "state", "programme"} & set(self._evidence.left):
            yield self._group("kind", _("Schriftstück"), {}, "state", "programme")

    def _ministry(self) -> Iterator[Group]:
        """The ministry, where it is a side of the document; else the programme names it."""
        if "ministry" in self.document.sides:
            name = text(self.terms.ministry)
            yield self._group("parties[0]", _("Ministerium"), {"parties[0].name": name})

    def _authority(self) -> Group:
        """The authority; where it gives the document itself, with what was read of the giver."""
        field = text(self.terms.granting_authority, required="authority" in self.document.sides)
        giver = () if "ministry" in self.document.sides else ("parties[0]",)
        return self._group(
            "granting_authority", _("Bewilligungsbehörde"), {"granting_authority": field}, *giver
        )

    def _section(self, title: Any, *groups: Group) -> None:
        if groups:
            self.sections.append((title, list(groups)))

    def _group(
        self,
        key: str,
        legend: Any,
        fields: Mapping[str, forms.Field],
        *others: str,
        more: Mapping[str, forms.Field] | None = None,
    ) -> Group:
        """Add the fields of one value; gather the doubts about it and what it was read with.

        ``more`` are fields that the page may fold away while they say nothing.
        """
        more = more or {}
        self._legends[str(legend)] += 1
        if (number := self._legends[str(legend)]) > 1:  # two groups never read the same
            legend = f"{legend} {number}"
        for name, field in {**fields, **more}.items():
            self.fields[name] = field
            in_group(field, legend)
        doubts = self._evidence.doubts_about(key, *others)
        first = (*doubts, *fields, key)
        group = Group(key, legend, (*fields, *more), doubts=doubts)
        group.spots = self._evidence.spots(key, first, doubts)
        entries = self._evidence.entries(first)
        group.quote = next((entry["quote"] for entry in entries if entry["quote"]), "")
        if key in TICKED:
            group.quote = self._evidence.quoted(key)
        if doubts:
            group.reasons = tuple(dict.fromkeys(e["reason"] for e in entries if e["reason"]))
            group.settle = self._settle(key, legend, doubts)
        group.fields = tuple(self[name] for name in fields)
        group.more = tuple(self[name] for name in more)
        return group

    def _settle(self, key: str, legend: Any, doubts: tuple[str, ...]) -> Any:
        """The box that says a doubt was looked at."""
        name = f"settled:{key}"
        self.fields[name] = forms.BooleanField(
            label=_("Am Original geprüft"),
            required=False,
            initial=set(doubts) <= set(self.intake.settled),
        )
        in_group(self.fields[name], legend)
        return self[name]

    def _years(self) -> forms.Field:
        years = [year for code, year in packs.available() if code == self.terms.programme]
        return forms.TypedChoiceField(
            label=_("Programmjahr"),
            choices=[(year, str(year)) for year in years],
            coerce=int,
            initial=self.terms.year,
        )

    def _body_choice(self) -> forms.Field:
        return forms.ChoiceField(
            label=_("Gebietskörperschaft"),
            choices=[("", _("bitte wählen")), *bodies.choices(self.bodies)],
            initial=self.terms.ags,
        )

    def _measures(self) -> Iterator[Group]:
        kinds = [(kind.code, kind.label) for kind in self.year.measure_types]
        rows = [*self.terms.measures, *(Measure("", ""),) * BLANK_MEASURES]
        for index, measure in enumerate(rows):
            key = f"measures[{index}]"
            added = index >= len(self.terms.measures)
            self.conditions |= {
                f"{key}.title": _("freiwillig")
                if added
                else _("leer lassen, um die Maßnahme zu streichen"),
                f"{key}.type": _("nötig, wenn die Maßnahme einen Titel hat"),
            }
            legend = _("Weitere Maßnahme") if added else _("Maßnahme {number}")
            yield self._group(
                key,
                str(legend).format(number=index + 1),
                {
                    f"{key}.title": text(
                        measure.title,
                        required=False,
                        label=_("Titel"),
                    ),
                    f"{key}.type": forms.ChoiceField(
                        label=_("Maßnahmeart"),
                        choices=[("", _("bitte wählen")), *kinds],
                        required=False,
                        initial=measure.type,
                    ),
                    **self._amount_of(f"{key}.amount_cents", measure),
                },
                more=self._beside(key, measure),
            )

    def _beside(self, key: str, measure: Measure) -> dict[str, forms.Field]:
        """What may stand beside a title; folded away where the text says nothing of it."""
        fields = {
            f"{key}.seats": forms.IntegerField(
                label=_("Plätze"),
                required=False,
                min_value=1,
                max_value=MOST_SEATS,
                initial=measure.seats,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            ),
            f"{key}.place": text(measure.place, required=False, label=_("Ort")),
            f"{key}.target": text(measure.target, required=False, label=_("Ziel der Maßnahme")),
        }
        self.conditions |= {name: _("leer, wo nichts dazu steht") for name in fields}
        return fields

    def _amount_of(self, name: str, measure: Measure) -> dict[str, forms.Field]:
        """The amount where each measure receives its own, or where the text may name one."""
        cents = measure.amount_cents
        if self.document.recipient == "measure":
            self.conditions[name] = _("nötig, wenn die Maßnahme einen Titel hat")
        elif cents is None and name not in self.intake.doubts:
            return {}
        else:
            self.conditions[name] = NOT_ONE
        return {name: MoneyField(label=_("Betrag in Euro"), initial=cents, required=False)}

    def _amount(self) -> dict[str, forms.Field]:
        """The amount; where the text can be read in several ways, each of them to choose."""
        cents, readings = self.terms.amount_cents, self.intake.reading.get("budget_readings", [])
        if len(readings) < 2:
            return {"budget_cents": MoneyField(label=_("Betrag in Euro"), initial=cents or None)}
        self.conditions["budget_cents"] = _("nötig, wenn es keiner davon ist")
        is_read = cents in readings
        other = None if is_read or not cents else cents
        choice = forms.TypedChoiceField(
            label=_("Im Text stehen kann"),
            choices=[*((each, value_text(Cents(each))) for each in readings), ("", OTHER_AMOUNT)],
            coerce=int,
            empty_value=None,
            required=False,
            initial=cents if is_read else "" if cents else None,
            widget=forms.RadioSelect,
        )
        typed = MoneyField(label=_("Betrag in Euro"), initial=other, required=False)
        return {"budget_reading": choice, "budget_cents": typed}

    def clean(self) -> dict[str, Any]:
        """One amount: one of those that the text may say, or one that was typed."""
        data = super().clean() or {}
        if "budget_reading" in self.fields and "budget_cents" not in self.errors:
            chosen, typed = data.get("budget_reading"), data.get("budget_cents")
            if chosen is not None and typed not in (None, chosen):
                self.add_error("budget_cents", TWO_AMOUNTS)
            elif chosen is None and typed is None and self.is_complete:
                self.add_error("budget_cents", NO_AMOUNT)
            data["budget_cents"] = typed if chosen is None else chosen
        return data

    def _own_share(self) -> Iterator[Group]:
        """What the body adds, where the programme's documents say so or this one does."""
        cents = self.terms.own_share_cents
        if cents is None and not self.year.programme.reading.own_share:
            return
        field = MoneyField(
            label=_("Eigenanteil in Euro"),
            initial=cents,
            required=False,
            help_text=_("Was die Gebietskörperschaft selbst beiträgt"),
        )
        yield self._group("own_share_cents", _("Eigenanteil"), {"own_share_cents": field})

    def _legal_areas(self) -> forms.Field:
        return forms.MultipleChoiceField(
            label=_("Rechtskreise"),
            choices=[
                (area.code, f"{area.code} – {words(area.label)}") for area in self.year.legal_areas
            ],
            initial=list(self.terms.legal_areas),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def _earmarks(self) -> forms.Field:
        """The purposes named, each with the amount that was read of it."""
        earmarks, named = self.year.earmarks, self.terms.earmarks
        known = [(one.code, one.amount_cents) for one in named if one.amount_cents is not None]
        read = {code: f" – {value_text(Cents(cents))}" for code, cents in known}
        return forms.MultipleChoiceField(
            label=_("Zweckbindungen, die der Text nennt"),
            choices=[(one.code, f"{words(one.label)}{read.get(one.code, '')}") for one in earmarks],
            initial=[earmark.code for earmark in self.terms.earmarks],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def _signatures(self) -> Iterator[Group]:
        sides = {
            "ministry": _("Unterschrift für das Ministerium"),
            "authority": _("Unterschrift für die Bewilligungsbehörde"),
        }
        for index, signature in enumerate(self.terms.signatures):
            key = f"signatures[{index}]"
            for part in ("name", "office", "place", "date"):
                self.conditions[f"{key}.{part}"] = _("leer bleibt unbekannt")
            group = self._group(
                key,
                sides.get(signature.party, _("Unterschrift für die Gebietskörperschaft")),
                {
                    f"{key}.name": text(signature.name, required=False, label=_("Name")),
                    f"{key}.office": text(signature.office, required=False, label=_("Amt")),
                    f"{key}.acting": self._acting(f"{key}.acting", signature.acting),
                    f"{key}.place": text(signature.place, required=False, label=_("Ort")),
                    f"{key}.date": DayField(
                        label=_("Datum"),
                        required=False,
                        initial=date.fromisoformat(signature.date) if signature.date else None,
                        help_text=_("Zum Beispiel 24.12.2024"),
                    ),
                },
            )
            group.raw = signature.raw
            yield group

    def _acting(self, name: str, acting: str | None) -> forms.Field:
        """In whose stead somebody signed; the paper says nothing where it was nobody's."""
        self.conditions[name] = _("wo nichts davon steht: für sich selbst")
        return forms.ChoiceField(
            label=_("Für jemand anderen"),
            choices=[("", _("nein")), *STEADS],
            required=False,
            initial=acting or "",
        )

    def _clauses(self) -> Iterator[Group]:
        is_change = bool(self.intake.amends_id)
        for index, clause in enumerate(self.terms.clauses):
            key = f"clauses[{index}]"
            legend = German(f"{clause.number} {clause.title}".strip())
            widget = forms.Textarea(attrs={"rows": 8, "lang": "de"})
            if is_change:
                self.conditions[f"{key}.text"] = _("leer lassen, wenn der Abschnitt entfällt")
            elif not clause.text.strip():
                self.conditions[f"{key}.text"] = _("im Text steht nur die Überschrift")
            field = Prose(
                label=_("Lesefassung"),
                initial=clause.text.strip(),
                required=bool(clause.text.strip()) and not is_change,
                max_length=50_000,
                widget=widget,
            )
            yield self._group(key, legend, {f"{key}.text": field})


class Prose(TextField):
    """Text of several lines; browsers send their own line ends, which are no correction."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value).replace("\r\n", "\n")


def text(value: str | None, required: bool = True, **options: Any) -> forms.CharField:
    """A field for words of the paper, which are German on a page of any language."""
    options.setdefault("label", _("Wert"))
    options.setdefault("widget", forms.TextInput(attrs={"lang": "de"}))
    return TextField(initial=value or "", required=required, max_length=LONGEST, **options)
