"""What the reader is to know: a misread word and what it is, or a name."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zielwerk.agreements.actions import NewLesson
from zielwerk.ui.forms import TextField

LONGEST = 80  # letters of a word


class WordField(TextField):
    """A word. The browser would cut a longer one without a word; it is refused with a sentence."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class LessonForm(forms.Form):
    """A word as recognition returns it, and what it is; a name stands for itself."""

    conditions = {"gemeint": _("leer bei einem Namen, der so richtig ist")}

    gelesen = WordField(label=_("So wird es erkannt"), max_length=LONGEST)
    gemeint = WordField(label=_("Das ist gemeint"), max_length=LONGEST, required=False)

    def new(self) -> NewLesson:
        read = self.cleaned_data["gelesen"]
        return NewLesson(settings.PROGRAMME, read, self.cleaned_data["gemeint"] or read)
