"""The draft of an act on a notice as a form: amounts as they are to be, and what it rests on."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.granting.forms.amounts import add_amounts, amounts_in, initial_amounts
from zielwerk.granting.queries import ActDraft
from zielwerk.rulebook.grant.amounts import Amounts, Place, added
from zielwerk.rulebook.grant.grounds import GROUNDS
from zielwerk.rulebook.grant.paths import REACHES, Kind, Path
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.forms import DayField, TextField

TO_BE = msg("Künftig")


class BeginActForm(forms.Form):
    """Of which kind an act on a notice is to be."""

    art = forms.ChoiceField(label=_("Art der Änderung"), widget=forms.RadioSelect)

    zu = forms.ChoiceField(
        label=_("Gibt weiter, was frei wurde mit"),
        required=False,
        help_text=_("Nur bei einem Ergänzungsbescheid."),
    )

    def __init__(
        self,
        kinds: Sequence[tuple[str, Any]],
        released: Sequence[tuple[str, str]],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.fields["art"].choices = kinds  # type: ignore[attr-defined]
        self.fields["zu"].choices = [("", _("nichts davon")), *released]  # type: ignore[attr-defined]
        if not released:
            del self.fields["zu"]


class ActForm(forms.Form):
    """What each measure is to have in each budget year, the reason, and what the law asks for."""

    conditions: ClassVar = {
        "wirksam": _("leer: mit dem Tag des Erlasses"),
        "gebeten": _("nötig, wo mehr bewilligt wird oder mit Zustimmung weniger"),
        "angehoert": _("nötig, oder warum davon abgesehen wird"),
        "nicht_angehoert": _("nötig ohne Anhörung"),
        **dict.fromkeys(
            ("grund", "wirkung", "kenntnis", "ereignis", "beleg", "begruendung", "ermessen"),
            _("nötig für den Erlass"),
        ),
    }
    wirksam = DayField(label=_("Wirksam ab"), required=False)
    gebeten = DayField(label=_("Bitte oder Zustimmung der Empfängerin vom"), required=False)
    grund = forms.ChoiceField(
        label=_("Grund nach dem Gesetz"), widget=forms.RadioSelect, required=False
    )
    wirkung = forms.ChoiceField(
        label=_("Wirkung"),
        choices=[(code, _(label)) for code, label in REACHES.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    angehoert = DayField(label=_("Anhörung beendet am"), required=False)
    nicht_angehoert = TextField(
        label=_("Warum von der Anhörung abgesehen wird"), required=False, max_length=2000
    )
    kenntnis = DayField(
        label=_("Alle Tatsachen bekannt seit"),
        required=False,
        help_text=_("Mit diesem Tag beginnt die Jahresfrist."),
    )
    taeuschung = forms.BooleanField(
        label=_("Die Empfängerin hat getäuscht, gedroht oder bestochen"), required=False
    )
    ereignis = DayField(label=_("Tag des Ereignisses"), required=False)
    beleg = TextField(label=_("Beleg des Ereignisses"), required=False, max_length=2000)
    begruendung = TextField(
        label=_("Begründung"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    ermessen = TextField(
        label=_("Wie das Ermessen ausgeübt wurde"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        path: Path,
        places: Sequence[Place],
        titles: Mapping[str, str],
        data: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        asked = {
            "gebeten": path.wish != "never" and path.kind is not Kind.RELEASE,
            "grund": path.kind in GROUNDS,
            "wirkung": path.reach,
            "angehoert": path.hearing != "never",
            "nicht_angehoert": path.hearing != "never",
            "kenntnis": path.year,
            "taeuschung": path.year,
            "ereignis": path.event,
            "beleg": path.event,
            "ermessen": path.discretion,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]
        if grounds := GROUNDS.get(path.kind):
            said = [(code, f"{_(each.label)} ({each.place})") for code, each in grounds.items()]
            self.fields["grund"].choices = said  # type: ignore[attr-defined]
        if path.sign != "none":
            add_amounts(self, places, titles, TO_BE)

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields beside the amounts, in their order."""
        return [self[name] for name in self.fields if not name.startswith("betrag_")]


def act_draft(
    form: ActForm, places: Sequence[Place], before: Amounts, old: ActDraft, baseline: str = ""
) -> ActDraft:
    """What was typed as a draft: the amounts as changes of what stands before."""
    values = form.cleaned_data
    typed = amounts_in(values, places)
    changes = {place: cents - before.get(place, 0) for place, cents in typed.items()}
    return ActDraft(
        amounts={place: cents for place, cents in changes.items() if cents},
        reason=values["begruendung"],
        effective=values["wirksam"],
        ground=values.get("grund", ""),
        reach=values.get("wirkung", ""),
        heard=values.get("angehoert"),
        unheard=values.get("nicht_angehoert", ""),
        discretion=values.get("ermessen", ""),
        known=values.get("kenntnis"),
        deceit=values.get("taeuschung", False),
        event=values.get("ereignis"),
        evidence=values.get("beleg", ""),
        asked=values.get("gebeten", old.asked),
        baseline=baseline,
    )


def initial(draft: ActDraft, before: Amounts) -> dict[str, Any]:
    return {
        **initial_amounts(added(before, draft.amounts)),
        "wirksam": draft.effective,
        "gebeten": draft.asked,
        "grund": draft.ground,
        "wirkung": draft.reach,
        "angehoert": draft.heard,
        "nicht_angehoert": draft.unheard,
        "kenntnis": draft.known,
        "taeuschung": draft.deceit,
        "ereignis": draft.event,
        "beleg": draft.evidence,
        "begruendung": draft.reason,
        "ermessen": draft.discretion,
    }
