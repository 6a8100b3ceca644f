"""What a review decides beside its values: words that stand in several places, questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zielwerk.agreements import queries
from zielwerk.agreements.actions import Answer
from zielwerk.agreements.forms.groups import Group, Part, value_of
from zielwerk.agreements.models import Intake
from zielwerk.reading.everywhere import Standing
from zielwerk.rulebook.recording import LONGEST
from zielwerk.ui.forms import TextField, in_group

EVERYWHERE, LEAVE = "everywhere", "leave"


@dataclass
class Choice:
    """The choice about a word: put the other one in its place everywhere, or leave it."""

    word: Standing
    number: int
    name: str
    bound: Any = None
    groups: list[Group] = field(default_factory=list)

    @property
    def is_first_in(self) -> Group | None:
        """The group that asks; the others lead there."""
        return self.groups[0] if self.groups else None


@dataclass
class Question:
    """A question to the text, the ``index``-th of the reading, with what was answered.

    ``number`` counts them on the page; ``sentence`` is put in by the page. One that is needed
    holds the acceptance up until it is answered in words, so there is nothing to tick.
    """

    index: int
    answer: Any
    done: Any = None
    number: int = 0
    sentence: str = ""

    @property
    def is_needed(self) -> bool:
        return self.done is None


def choices(
    form: forms.Form, words: Sequence[Standing], groups: Iterable[Group], left: Iterable[str]
) -> list[Choice]:
    """Ask about each word where it first stands, and lead there from where it stands again."""
    of_value = {value: group for group in groups for value in (group.key, *group.names)}
    kept, asked = set(left), []
    for number, word in enumerate(words, 1):
        choice = Choice(word, number, f"word:{word.key}")
        for path in word.paths:
            group = of_value.get(path) or of_value.get(value_of(path))
            if group and group not in choice.groups:
                choice.groups.append(group)
                group.choices.append(choice)
        form.fields[choice.name] = forms.ChoiceField(
            label=format_html("„{}“", written(word.before)),
            choices=[
                (EVERYWHERE, format_html(str(_("„{word}“ einsetzen")), word=written(word.after))),
                (LEAVE, _("so lassen")),
            ],
            required=False,
            initial=LEAVE if word.key in kept else None,
            widget=forms.RadioSelect,
        )
        form.conditions[choice.name] = ""  # type: ignore[attr-defined]
        choice.bound = form[choice.name]
        asked.append(choice)
    return asked


def written(word: str) -> SafeString:
    """A word in letters that can be told apart: "Ill" and "III" look the same in most fonts."""
    return format_html('<span class="zw-letters" lang="de">{}</span>', word)


def questions(form: forms.Form, intake: Intake, parts: Sequence[Part]) -> list[Question]:
    """A field for the answer to each question, in the part of the text that it is about."""
    known: Mapping[str, Any] = intake.answers.get("questions", {})
    places = {group.key: part for part in parts for group in part.groups}
    places |= {part.number: part for part in parts if part.number}
    needed = set(queries.about_signing(intake))
    for number, finding in enumerate(intake.reading.get("findings", [])):
        question = _question(form, number, known.get(str(number), {}), number in needed)
        part = places.get(finding["place"]) or places.get(value_of(finding["place"])) or parts[0]
        part.questions.append(question)
    asked = [question for part in parts for question in part.questions]
    for place, question in enumerate(asked, 1):
        question.number = place
        legend = _("Frage {number} von {all}").format(number=place, all=len(asked))
        for bound in filter(None, (question.answer, question.done)):
            in_group(bound.field, legend)
    return asked


def _question(
    form: forms.Form, number: int, answer: Mapping[str, Any], is_needed: bool
) -> Question:
    text, done = f"answer:{number}", f"done:{number}"
    form.fields[text] = TextField(
        label=_("Antwort"), required=False, max_length=LONGEST, initial=answer.get("text", "")
    )
    if is_needed:
        form.conditions[text] = _("nötig, um anzunehmen")  # type: ignore[attr-defined]
        return Question(number, form[text])
    form.conditions[text] = _("oder „erledigt“ ankreuzen")  # type: ignore[attr-defined]
    form.fields[done] = forms.BooleanField(
        label=_("Erledigt"), required=False, initial=answer.get("done", False)
    )
    return Question(number, form[text], form[done])


def answered(data: Mapping[str, Any], asked: Iterable[Question]) -> dict[str, Answer]:
    """What was answered, by the place of the question in the reading."""
    answers = {
        str(question.index): Answer(
            data[question.answer.name], bool(question.done and data[question.done.name])
        )
        for question in asked
    }
    return {number: answer for number, answer in answers.items() if answer.text or answer.done}
