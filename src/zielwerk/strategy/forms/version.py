"""What a version of a strategy says: title, days, document, and a row for each priority."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core import uploads
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.strategy.actions import Attached, NewVersion, Point
from zielwerk.strategy.models import Strategy
from zielwerk.ui import bodies
from zielwerk.ui.forms import DayField, QuickSelect, TextField, in_group
from zielwerk.ui.tags.values import said

MORE, MOST = 3, 30  # empty rows that are offered; rows in all
PDF = b"%PDF-"
AFTER = msg("Der Tag nach dem letzten von {number}; zum Beispiel 24.12.2025")
CODE = {"class": "zw-short", "readonly": True}


@dataclass(frozen=True)
class PointRow:
    """A row of the form: the fields of one priority, and its code where it has one."""

    title: BoundField
    text: BoundField
    code: BoundField | None
    name: str


class BodyForm(forms.Form):
    """For which body a version is made."""

    ags = forms.ChoiceField(label=_("Gebietskörperschaft"), widget=QuickSelect)

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__()
        self.fields["ags"].choices = bodies.choices(keys)  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    """What a version says. A row without a title is none: so a priority is taken out."""

    titel = TextField(label=_("Titel"), max_length=200)
    ab = DayField(label=_("Gilt ab"))
    bis = DayField(label=_("Gilt bis"))
    schriftstueck = forms.FileField(
        label=_("Schriftstück"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    quelle = TextField(
        label=_("Quelle"),
        required=False,
        max_length=500,
        help_text=_("Woher die Fassung stammt, etwa Beschluss und Tag."),
    )

    def __init__(
        self,
        said_before: Strategy | None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        more: int = 0,
        *,
        is_draft: bool,
    ) -> None:
        """``said_before`` is the draft, or the version before, of which a new one takes over all
        but its days, its document and where it comes from; it begins when the other ends."""
        points = said_before.priorities if said_before else []
        super().__init__(data, files, initial=_initial(said_before, points, is_draft))
        self.conditions = {f"titel{n}": _("nötig zu einem Text") for n in range(MOST)}
        self.rows = min(_rows_in(data) + more if data else len(points) + MORE, MOST)
        charter = packs.programme(settings.PROGRAMME).strategy
        assert charter
        if charter.open_ended:
            self.fields["bis"].required = False
            self.fields["bis"].help_text = _("Leer: Das Ende ist nicht bekannt.")
        if said_before and not is_draft and said_before.last_day:
            self.fields["ab"].help_text = gettext(AFTER).format(number=said_before.file_number)
        is_there = is_draft and said_before is not None and said_before.document_id is not None
        self.fields["schriftstueck"].help_text = (
            _("Eine PDF-Datei bis zehn Megabyte. Leer: Die vorhandene bleibt.")
            if is_there
            else _("Eine PDF-Datei bis zehn Megabyte; sie kann auch später dazukommen.")
        )
        for number in range(self.rows):
            is_known, name = number < len(points), f"kuerzel{number}"
            is_sent = data is not None and (bool(data.get(name)) or (is_known and name in data))
            self._add_row(number, has_code=is_known if data is None else is_sent)

    def _add_row(self, number: int, *, has_code: bool) -> None:
        """The fields of one priority, together in a group of their own."""
        group = gettext("Schwerpunkt {number}").format(number=number + 1)
        title = TextField(label=_("Titel des Schwerpunkts"), max_length=200, required=False)
        text = TextField(
            label=_("Was damit gemeint ist"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        for field in (title, text):
            in_group(field, group)
        self.fields[f"titel{number}"], self.fields[f"text{number}"] = title, text
        if has_code:  # sent along, so that whoever edits an older page changes no other priority
            kept = TextField(label=_("Kürzel"), max_length=12, widget=forms.TextInput(CODE))
            in_group(kept, group)
            self.fields[f"kuerzel{number}"] = kept

    @property
    def head(self) -> list[BoundField]:
        names = ("titel", "ab", "bis", "schriftstueck", "quelle")
        return [self[name] for name in names]

    @property
    def points(self) -> Iterator[PointRow]:
        for number in range(self.rows):
            name = f"kuerzel{number}"
            code = self[name] if name in self.fields else None
            name = gettext("Schwerpunkt {number}").format(number=number + 1)
            yield PointRow(self[f"titel{number}"], self[f"text{number}"], code, name)

    @property
    def may_have_more(self) -> bool:
        return self.rows < MOST

    def clean_schriftstueck(self) -> Attached | None:
        file: UploadedFile[Any] | None = self.cleaned_data["schriftstueck"]
        if not file:
            return None
        try:
            content = uploads.content(file, settings.UPLOAD_LIMIT)
        except Refused as refused:
            raise forms.ValidationError([said(one) for one in refused.refusals]) from refused
        if not content.startswith(PDF):
            raise forms.ValidationError(_("Das ist keine PDF-Datei."))
        return Attached(file.name or str(_("Schriftstück")), content, "application/pdf")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in range(self.rows):
            if values.get(f"text{number}") and not values.get(f"titel{number}"):
                self.add_error(f"titel{number}", _("Zu diesem Text fehlt der Titel."))
        return values

    def version(self, ags: str) -> NewVersion:
        """The command; call only when the form is valid."""
        values = self.cleaned_data
        points = tuple(
            Point(values[f"titel{n}"], values[f"text{n}"], values.get(f"kuerzel{n}", ""))
            for n in range(self.rows)
            if values[f"titel{n}"]
        )
        return NewVersion(
            settings.PROGRAMME,
            ags,
            values["titel"],
            values["ab"],
            values["bis"],
            points,
            values["schriftstueck"],
            values["quelle"],
        )


def _initial(
    strategy: Strategy | None, points: list[dict[str, str]], is_draft: bool
) -> dict[str, Any]:
    if strategy is None:
        return {}
    initial: dict[str, Any] = {"titel": strategy.title}
    if is_draft:
        initial |= {"ab": strategy.valid_from, "bis": strategy.valid_until}
        initial |= {"quelle": strategy.source_note}
    elif strategy.last_day:  # the next one holds where this one ends
        initial["ab"] = strategy.last_day + timedelta(days=1)
    for number, point in enumerate(points):
        initial[f"titel{number}"], initial[f"text{number}"] = point["title"], point["text"]
        initial[f"kuerzel{number}"] = point["code"]
    return initial


def _rows_in(data: Mapping[str, Any]) -> int:
    """How many rows a form that was sent has."""
    return next((number for number in range(MOST) if f"titel{number}" not in data), MOST)
