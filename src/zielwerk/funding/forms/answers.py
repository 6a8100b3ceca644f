"""The fields of an application, drawn from what was typed: whatever it is, it is shown as it is.

A field's name is its place with dots for slashes, ``m.2.cost.staff.2026``. Nothing is refused
because it is missing or cannot be read: that is said beside the field, and the text stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.funding.queries import REASON
from zielwerk.funding.queries.words import BODY_ITSELF, LABELS, YES_OR_NO, Words
from zielwerk.language import German, translate
from zielwerk.packs.model import Year
from zielwerk.rulebook.application import FORMS, Answers, Clash, Finding, Form, Weight
from zielwerk.rulebook.application.answers import ITSELF, LONGEST, THERE
from zielwerk.rulebook.lifecycle import OWN_RULE
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.ui.forms import TextField, in_group
from zielwerk.ui.tags.values import language, said

SEEN = "gesehen"
CONTESTED = "strittig"
"""Names the fields of which a page shows two texts: only its button decides between them."""
OPEN = ("", _("noch nicht gesagt"))
WITHOUT = ("", _("ohne Zweckbindung"))
THEIRS = msg(
    "Inzwischen steht hier von jemand anderem: „{theirs}“. Ihr Text gilt, wenn Sie noch einmal "
    "sichern."
)
EMPTIED = msg(
    "Inzwischen hat jemand anderes diese Angabe geleert. Ihr Text gilt, wenn Sie noch einmal "
    "sichern."
)


CONDITIONS = {
    **dict.fromkeys(("title", "first_day", "last_day"), _("nötig zum Einreichen")),
    "share": _("nötig bei Anteilfinanzierung"),
    "early_start": _("nötig, wenn vor der Entscheidung begonnen wird"),
    "early_reason": _("nötig zum vorzeitigen Beginn"),
    "late_reason": _("nötig zum Einreichen"),
    "seats": _("nötig, wo Menschen teilnehmen"),
    "reason": _("nötig zum Einreichen"),
    "amount": _("leer, wo nichts vorgesehen ist"),
}
"""When a field may stay empty, by its sort; all others may at any time."""


def _sort_of(place: str) -> str:
    """The sort of a field: an amount, a reason, or the last part of its place."""
    if place.startswith(REASON):
        return "reason"
    parts = place.split("/")
    return "amount" if len(parts) == _OF_AMOUNT else parts[-1]


_OF_AMOUNT = 5  # parts of m/2/cost/staff/2026


def name_of(place: str) -> str:
    return place.replace("/", ".")


def answers_in(data: Mapping[str, Any], places: Sequence[str]) -> dict[str, str]:
    """What was sent for these places; a box that is not ticked sends nothing and is empty."""
    sent = {}
    for place in places:
        name = name_of(place)
        if name in data:
            sent[place] = str(data[name])
        elif place.startswith("declaration/") and f"{name}.da" in data:
            sent[place] = ""
    return sent


@dataclass(frozen=True)
class Note:
    """What is said beside a field: a sentence, what it rests on, and how much it weighs."""

    sentence: str
    basis: str
    weight: str


@dataclass(frozen=True)
class Noted:
    """A field with what is said beside it."""

    field: BoundField
    notes: tuple[Note, ...]

    @property
    def notes_id(self) -> str:
        return notes_id(self.field.name)


@dataclass(frozen=True)
class Section:
    """A part of the form: what it is called, and its fields."""

    title: Any
    fields: tuple[Noted, ...]


@dataclass(frozen=True)
class Grid:
    """A table of amounts to type into: lines by code, columns by budget year."""

    caption: str
    head: str
    years: tuple[int, ...]
    lines: tuple[tuple[German, tuple[Noted, ...]], ...]
    notes: tuple[Note, ...] = ()
    id: str = ""


class AnswersForm(forms.Form):
    """Some places of an application, with what stands there; nothing typed is ever refused.

    Beside each field stands what was found of it, and what somebody else wrote meanwhile. The
    first field with two texts takes the focus; ``fields`` come in the order of the page.
    """

    def __init__(
        self,
        answers: Answers,
        fields: Mapping[str, forms.Field],
        findings: Sequence[Finding] = (),
        clashes: Sequence[Clash] = (),
    ) -> None:
        shown = {**answers, **{clash.place: clash.mine for clash in clashes}}
        super().__init__(initial={name_of(place): shown.get(place, "") for place in fields})
        self.places = tuple(fields)
        self.notes: dict[str, list[Note]] = {place: [] for place in fields}
        for clash in clashes:
            self._tell(clash.place, Note(said(theirs(clash)), "", Weight.STOPS))
        for finding in findings:
            self._tell(finding.place, note_of(finding))
        contested = {clash.place for clash in clashes}
        first = next((place for place in fields if place in contested), "")
        self.conditions = {}
        for place, field in fields.items():
            name = name_of(place)
            field.required = False
            if condition := CONDITIONS.get(_sort_of(place)):
                self.conditions[name] = condition
            described = [f"id_{name}_helptext"] if field.help_text else []
            field.widget.attrs["aria-describedby"] = " ".join([*described, notes_id(name)])
            if place in contested:
                field.widget.attrs["aria-invalid"] = "true"
                field.widget.attrs["autofocus"] = place == first
            self.fields[name] = field

    def _tell(self, place: str, note: "Note") -> None:
        """Say it at the field of a place; what is about no field stands elsewhere."""
        if place in self.notes:
            self.notes[place].append(note)

    def at(self, place: str) -> Noted:
        return Noted(self[name_of(place)], tuple(self.notes[place]))

    def section(self, title: Any, *places: str) -> Section:
        return Section(title, tuple(self.at(place) for place in places if place in self.notes))

    @property
    def noted(self) -> list[Noted]:
        """Every field that has a place for notes, with what is said beside it."""
        return [self.at(place) for place in self.places if not place.startswith(REASON)]


def note_of(finding: Finding) -> Note:
    """A finding as it is said beside a field; the software's own rules name no basis there."""
    basis = "" if finding.basis == OWN_RULE else finding.basis
    return Note(said(finding.said), basis, finding.weight)


def notes_id(name: str) -> str:
    return f"id_{name}_hinweise"


def theirs(clash: Clash) -> Refusal:
    """What another person wrote at the same place."""
    msgid = THEIRS if clash.theirs else EMPTIED
    return Refusal("funding.clash", msgid, {"theirs": clash.theirs})


# --- the fields -----------------------------------------------------------------------------


def _text(name: str, **options: Any) -> forms.Field:
    return TextField(label=_(LABELS[name]), max_length=LONGEST, **options)


def _long(name: str, **options: Any) -> forms.Field:
    return _text(name, widget=forms.Textarea(attrs={"rows": 4}), **options)


def _short(name: str, **options: Any) -> forms.Field:
    return _text(name, widget=forms.TextInput(attrs={"class": "zw-short"}), **options)


def _choice(name: str, choices: Sequence[tuple[str, Any]], kept: str) -> forms.Field:
    """A choice of what the rules know, and of what stands there although they know it no more."""
    known = [WITHOUT if name == "earmark" else OPEN, *choices]
    if kept and kept not in dict(choices):
        known.append((kept, German(kept)))
    return forms.ChoiceField(label=_(LABELS[name]), choices=known)


def _is_ticked(value: Any) -> bool:
    """Of what stands there, and of what was sent and comes back."""
    return value is True or value == THERE


def head_fields(rules: Year, answers: Answers, *, is_late: bool) -> dict[str, forms.Field]:
    """The fields of the application itself."""
    terms = rules.application
    allowed = terms.forms if terms else tuple(FORMS)
    choices = [(code, _(FORMS[code])) for code in allowed]
    fields: dict[str, forms.Field] = {"form": _choice("form", choices, answers.get("form", ""))}
    if Form.SHARE in allowed:
        hint = _("Nur bei Anteilfinanzierung. Zum Beispiel 80")
        fields["share"] = _short("share", help_text=hint)
    if terms is None or terms.early_start:
        fields["early_start"] = _short(
            "early_start",
            help_text=_("Nur wenn vor dem Bescheid begonnen werden soll. Zum Beispiel 01.01.2026"),
        )
        fields["early_reason"] = _long("early_reason")
    if is_late or answers.get("late_reason"):
        fields["late_reason"] = _long("late_reason", help_text=_("Die Antragsfrist ist vorbei."))
    for each in rules.declarations:
        label = German(str(each.text), each.text_en)
        widget = forms.CheckboxInput(attrs={"value": THERE}, check_test=_is_ticked)
        fields[f"declaration/{each.code}"] = TextField(
            label=translate(label, language()), widget=widget
        )
    return fields


def measure_fields(
    rules: Year,
    key: str,
    answers: Answers,
    carriers: Sequence[str],
    years: Sequence[int],
) -> dict[str, forms.Field]:
    """The fields of one measure in the order of its page, its costs and incomes included."""
    words, where = Words(rules), f"m/{key}"

    def kept(name: str) -> str:
        return answers.get(f"{where}/{name}", "")

    coded = {
        name: _choice(name, words.choices(name), kept(name))
        for name in ("type", "earmark", "passing_on")
    }
    people = [(ITSELF, _(BODY_ITSELF)), *((name, German(name)) for name in carriers)]
    asked = [(code, _(label)) for code, label in YES_OR_NO.items() if code]
    day = _("Zum Beispiel 31.12.2026")
    fields: dict[str, forms.Field] = {
        "title": _text("title"),
        "type": coded["type"],
        "first_day": _short("first_day", help_text=day),
        "last_day": _short("last_day", help_text=day),
        "places": _text("places"),
        "seats": _short("seats"),
        "staff": _short("staff", help_text=_("Vollzeitstellen, zum Beispiel 1,5")),
        "language": _choice("language", asked, kept("language")),
        "concept": _long("concept"),
        "goals": _long("goals"),
        "carrier": _choice("carrier", people, kept("carrier")),
        "passing_on": coded["passing_on"],
        "earmark": coded["earmark"],
    }
    fields = {f"{where}/{name}": field for name, field in fields.items()}
    for table in ("cost", "income"):
        for code, label in words.choices(table):
            for year in years:
                fields[f"{where}/{table}/{code}/{year}"] = _amount(table, label, year)
    return fields


def _amount(table: str, label: German, year: int) -> forms.Field:
    group = f"{translate(LABELS[table], language())}, {translate(label, language())}"
    attrs = {"class": "zw-money", "inputmode": "decimal"}
    field = TextField(label=str(year), max_length=60, widget=forms.TextInput(attrs=attrs))
    in_group(field, group)
    return field


def head_sections(form: AnswersForm) -> Iterator[Section]:
    """The parts of the form of the application itself."""
    yield form.section(_("Form der Finanzierung"), "form", "share")
    yield form.section(_("Vorzeitiger Beginn"), "early_start", "early_reason")
    yield form.section(_("Verspätete Einreichung"), "late_reason")
    declared = (place for place in form.places if place.startswith("declaration/"))
    yield form.section(_("Erklärungen"), *declared)


def reason_fields(findings: Sequence[Finding]) -> dict[str, forms.Field]:
    """A field for the reason of each finding that asks for one; its label is the question."""
    fields: dict[str, forms.Field] = {}
    for each in findings:
        if each.weight is Weight.ASKS:
            area = forms.Textarea(attrs={"rows": 2})
            fields[f"{REASON}{each.key}"] = TextField(
                label=said(each.said), max_length=LONGEST, widget=area
            )
    return fields


def measure_sections(form: AnswersForm, key: str) -> Iterator[Section]:
    """The parts of a measure's form, in the order of its page."""
    where = f"m/{key}"
    yield form.section(
        _("Was beantragt wird"),
        *(f"{where}/{name}" for name in ("title", "type", "first_day", "last_day", "places")),
    )
    yield form.section(
        _("Für wen und womit"),
        *(f"{where}/{name}" for name in ("seats", "staff", "language", "concept", "goals")),
    )
    yield form.section(
        _("Wer durchführt"), *(f"{where}/{name}" for name in ("carrier", "passing_on"))
    )
    yield form.section(_("Wofür das Geld bestimmt ist"), f"{where}/earmark")


def grids(
    form: AnswersForm,
    rules: Year,
    key: str,
    years: Sequence[int],
    findings: Sequence[Finding],
) -> Iterator[Grid]:
    """The tables of costs and incomes of a measure, to be typed into."""
    words = Words(rules)
    for table, caption, head in (
        ("cost", gettext("Was es kostet"), gettext("Kostenart")),
        ("income", gettext("Wer bezahlt"), gettext("Finanzierungsquelle")),
    ):
        place = f"m/{key}/{table}"
        lines = tuple(
            (label, tuple(form.at(f"{place}/{code}/{year}") for year in years))
            for code, label in words.choices(table)
        )
        notes = tuple(note_of(each) for each in findings if each.place == place)
        yield Grid(caption, head, tuple(years), lines, notes, notes_id(name_of(place)))
