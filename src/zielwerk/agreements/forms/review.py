"""The review of a reading: every value correctable, every doubt to be settled."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.agreements import queries
from zielwerk.agreements.actions import Review
from zielwerk.agreements.models import Intake
from zielwerk.core.permissions import Actor, may_see
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Year
from zielwerk.rulebook.agreement import Earmark, Measure
from zielwerk.rulebook.recording import LONGEST
from zielwerk.ui import bodies
from zielwerk.ui.forms import DayField, MoneyField, TextField, in_group
from zielwerk.ui.tags.values import words

BLANK_MEASURES = 2  # rows offered beyond those that were read


@dataclass
class Group:
    """One value of the review: its fields, its place in the text, its doubts."""

    key: str
    legend: str
    names: tuple[str, ...]
    quote: str = ""
    span: tuple[int, int] | None = None
    doubts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    number: int = 0  # of the doubts on the page, 1 first; 0 where there is none
    fields: tuple[Any, ...] = ()
    settle: Any = None
    raw: str = ""
    place: str = ""  # the anchor of the mark in the text that leads to it

    @property
    def is_single(self) -> bool:
        """Whether the legend names the one plain field well enough."""
        return len(self.fields) == 1 and self.settle is None

    @property
    def anchor(self) -> str:
        """The key as a name for links within the page."""
        return self.key.replace("[", "-").replace("].", "-").replace("]", "").replace(".", "-")


class ReviewForm(forms.Form):
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
        self.conditions: dict[str, Any] = {}
        self._legends: Counter[str] = Counter()
        self._left = list(intake.doubts)
        self._build()
        if intake.amends_id:  # a change is of the same body and year
            for name in ("year", "parties[1].ags"):
                self.fields[name].disabled = True
        for number, group in enumerate(filter(lambda group: group.doubts, self.groups()), 1):
            group.number = number

    def groups(self) -> Iterator[Group]:
        for _title, groups in self.sections:
            yield from groups

    def open_groups(self) -> list[Group]:
        """Groups with doubts nobody has settled, in the order of the page."""
        settled = set(self.intake.settled)
        return [group for group in self.groups() if not set(group.doubts) <= settled]

    def _build(self) -> None:
        terms = self.terms
        self._section(
            _("Angaben"),
            self._group("year", _("Programmjahr"), {"year": self._years()}),
            *self._ministry(),
            self._group(
                "parties[1]", _("Gebietskörperschaft"), {"parties[1].ags": self._body_choice()}
            ),
            self._group(
                "budget_cents",
                _("Betrag"),
                {"budget_cents": MoneyField(label=_("Betrag in Euro"), initial=terms.amount_cents)},
            ),
            *self._own_share(),
            self._authority(),
        )
        self._section(_("Maßnahmen"), *self._measures())
        self._section(
            _("Einordnung"),
            self._group("legal_areas", _("Rechtskreise"), {"legal_areas": self._legal_areas()}),
            self._group("earmarks", _("Zweckbindungen"), {"earmarks": self._earmarks()}),
            *(
                self._group(
                    f"frameworks[{index}]",
                    _("Bezugsrahmen"),
                    {f"frameworks[{index}]": text(title, required=False)},
                )
                for index, title in enumerate(terms.frameworks)
            ),
            self._group(
                "meeting", _("Umsetzungsbesprechung"), {"meeting": text(terms.meeting, False)}
            ),
        )
        self._section(_("Unterschriften"), *self._signatures())
        self._section(_("Wortlaut"), *self._clauses())
        if self._left:
            self._section(
                _("Weitere Stellen"),
                *(self._group(path, path, {}) for path in list(self._left)),
            )

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
        self, key: str, legend: Any, fields: Mapping[str, forms.Field], *others: str
    ) -> Group:
        """Add the fields of one value; gather the doubts about it and what it was read with."""
        self._legends[str(legend)] += 1
        if (number := self._legends[str(legend)]) > 1:  # two groups never read the same
            legend = f"{legend} {number}"
        below = tuple(each + mark for each in (key, *others) for mark in (".", "["))
        doubts = [path for path in self._left if path in (key, *others) or path.startswith(below)]
        self._left = [path for path in self._left if path not in doubts]
        for name, field in fields.items():
            self.fields[name] = field
            in_group(field, legend)
        evidence = [
            self.intake.reading.get("evidence", {}).get(path)
            for path in dict.fromkeys([*doubts, *fields, key])
        ]
        places = [entry for entry in evidence if entry and entry["end"] > entry["start"]]
        group = Group(key, legend, tuple(fields), doubts=tuple(doubts))
        if places:
            group.quote, group.span = places[0]["quote"], (places[0]["start"], places[0]["end"])
        if doubts:
            name = f"settled:{key}"
            self.fields[name] = forms.BooleanField(
                label=_("Am Original geprüft"),
                required=False,
                initial=set(doubts) <= set(self.intake.settled),
            )
            in_group(self.fields[name], legend)
            group.settle = self[name]
            group.reasons = tuple(
                dict.fromkeys(entry["reason"] for entry in evidence if entry and entry["reason"])
            )
        group.fields = tuple(self[name] for name in fields)
        return group

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
            )

    def _amount_of(self, name: str, measure: Measure) -> dict[str, forms.Field]:
        if self.document.recipient != "measure":
            return {}
        self.conditions[name] = _("nötig, wenn die Maßnahme einen Titel hat")
        cents = measure.amount_cents
        return {name: MoneyField(label=_("Betrag in Euro"), initial=cents, required=False)}

    def _own_share(self) -> Iterator[Group]:
        """What the body adds, where the programme's documents say so or this one does."""
        cents = self.terms.own_share_cents
        if cents is None and not self.year.programme.reading.own_share:
            return
        field = MoneyField(
            label=_("Eigenanteil in Euro"),
            initial=cents,
            required=False,
            help_text=_("Was die Gebietskörperschaft selbst beiträgt; leer, wo keiner steht"),
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
        return forms.MultipleChoiceField(
            label=_("Zweckbindungen (im Text ohne Betrag genannt)"),
            choices=[(earmark.code, earmark.label) for earmark in self.year.earmarks],
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
            group = self._group(
                key,
                sides.get(signature.party, _("Unterschrift für die Gebietskörperschaft")),
                {
                    f"{key}.name": text(signature.name, required=False, label=_("Name")),
                    f"{key}.office": text(signature.office, required=False, label=_("Amt")),
                    f"{key}.place": text(signature.place, required=False, label=_("Ort")),
                    f"{key}.date": DayField(
                        label=_("Datum"),
                        required=False,
                        initial=date.fromisoformat(signature.date) if signature.date else None,
                        help_text=_("Zum Beispiel 24.12.2024; leer bleibt unbekannt"),
                    ),
                },
            )
            group.raw = signature.raw
            yield group

    def _clauses(self) -> Iterator[Group]:
        for index, clause in enumerate(self.terms.clauses):
            key = f"clauses[{index}]"
            legend = German(f"{clause.number} {clause.title}".strip())
            widget = forms.Textarea(attrs={"rows": 8})
            field = Prose(
                label=_("Lesefassung"),
                initial=clause.text.strip(),
                required=False,
                max_length=50_000,
                widget=widget,
            )
            yield self._group(key, legend, {f"{key}.text": field})

    def review(self) -> Review:
        """The command; call only when the form is valid."""
        values = self.cleaned_data
        body = self.bodies[values["parties[1].ags"]]
        terms = replace(
            self.terms,
            year=values["year"],
            ags=body.ags,
            body_name=body.name,
            body_kind=str(body.kind.label),
            ministry=values.get("parties[0].name", ""),
            amount_cents=values["budget_cents"],
            own_share_cents=values.get("own_share_cents", self.terms.own_share_cents),
            granting_authority=values["granting_authority"],
            frameworks=self._rows("frameworks", "", len(self.terms.frameworks)),
            legal_areas=tuple(values["legal_areas"]),
            measures=tuple(self._given_measures()),
            earmarks=self._given_earmarks(),
            meeting=values["meeting"],
            signatures=tuple(
                replace(
                    signature,
                    name=values[f"signatures[{index}].name"] or None,
                    office=values[f"signatures[{index}].office"] or None,
                    place=values[f"signatures[{index}].place"] or None,
                    date=_iso(values[f"signatures[{index}].date"]),
                )
                for index, signature in enumerate(self.terms.signatures)
            ),
            clauses=tuple(
                replace(clause, text=values[f"clauses[{index}].text"])
                for index, clause in enumerate(self.terms.clauses)
            ),
        )
        terms = queries.with_ministry(terms)
        return Review(terms, tuple(self._settled()), values["revision"])

    def _rows(self, name: str, part: str, count: int) -> tuple[str, ...]:
        return tuple(self.cleaned_data[f"{name}[{index}]{part}"] for index in range(count))

    def _given_measures(self) -> Iterator[Measure]:
        read = self.terms.measures
        for index in range(len(read) + BLANK_MEASURES):
            key = f"measures[{index}]"
            title, kind = (self.cleaned_data[f"{key}.{part}"] for part in ("title", "type"))
            known_cents = read[index].amount_cents if index < len(read) else None
            cents = self.cleaned_data.get(f"{key}.amount_cents", known_cents)
            if index < len(read) or title:
                yield Measure(kind, title, cents)

    def _given_earmarks(self) -> tuple[Earmark, ...]:
        earmarks = {earmark.code: earmark for earmark in self.terms.earmarks}
        return tuple(earmarks.get(code, Earmark(code)) for code in self.cleaned_data["earmarks"])

    def _settled(self) -> Iterator[str]:
        """Doubts ticked as looked at; a corrected value has been looked at, too."""
        changed = set(self.changed_data)
        for group in self.groups():
            is_ticked = group.doubts and self.cleaned_data.get(f"settled:{group.key}")
            if is_ticked or changed & set(group.names):
                yield from group.doubts


class Prose(TextField):
    """Text of several lines; browsers send their own line ends, which are no correction."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value).replace("\r\n", "\n")


def text(value: str | None, required: bool = True, **options: Any) -> forms.CharField:
    options.setdefault("label", _("Wert"))
    return TextField(initial=value or "", required=required, max_length=LONGEST, **options)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
