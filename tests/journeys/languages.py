"""In which language a page says what it shows, and where it says something in another one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from sys import intern

from django.apps import apps
from lxml.html import HtmlElement, document_fromstring
from pydantic import BaseModel

from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.language import German, catalogue
from zielwerk.packs import loading as packs

TOLD = ("aria-label", "title", "placeholder", "alt", "data-column")
SILENT = ("script", "style", "template", "textarea")  # what is typed is its writer's
SHORTEST = 6  # a shorter word may be a word of the other language, too


Texts = dict[str, set[str]]  # by their language, as the page says it


@dataclass
class Said:
    """All that pages say, in text and in attributes: each text once for each language."""

    texts: Texts = field(default_factory=lambda: defaultdict(set))
    markup_in_attributes: set[str] = field(default_factory=set)

    def read(self, html: str) -> None:
        self._element(document_fromstring(html), "")

    def _element(self, element: HtmlElement, language: str) -> None:
        if not isinstance(element.tag, str):  # a comment
            return
        language = element.get("lang") or language
        for name, value in element.items():
            if name in TOLD:
                self._say(language, value)
            if "<span" in value:
                self.markup_in_attributes.add(f"{element.tag} {name}")
        if element.tag not in SILENT and not _is_title(element):
            self._say(language, element.text)
        for child in element:
            self._element(child, language)
            if element.tag not in SILENT:
                self._say(language, child.tail)

    def _say(self, language: str, text: str | None) -> None:
        if words := " ".join((text or "").split()):
            self.texts[language].add(intern(words))


def _is_title(element: HtmlElement) -> bool:
    """Of the page: names, in a text that cannot say what they are."""
    above = element.getparent()
    return element.tag == "title" and above is not None and above.tag == "head"


def said(html: str) -> Said:
    """What one page says."""
    found = Said()
    found.read(html)
    return found


def _of_pack(value: object) -> Iterator[German]:
    if isinstance(value, German):
        yield value
    elif isinstance(value, BaseModel):
        for _, part in value:
            yield from _of_pack(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _of_pack(part)
    elif isinstance(value, dict):
        yield from _of_pack(tuple(value.values()))


def _of_packs(programme: str) -> Iterator[German]:
    yield from _of_pack(packs.bodies(programme))
    yield from _of_pack(packs.successions(programme))
    for year in packs.years(programme):
        yield from _of_pack(packs.load(programme, year))


def english_data(programme: str) -> set[str]:
    """The English wordings of the packs that name a body: such a name is no German sentence."""
    names = {name for body in packs.bodies(programme) for name in (body.name, body.short_name)}
    wordings = {" ".join(text.english.split()) for text in _of_packs(programme) if text.english}
    return {text for text in wordings if any(name in text and name != text for name in names)}


def german_data(programme: str) -> set[str]:
    """Every German text without an English wording: of the packs, and of what people typed."""
    said = {str(text) for text in _of_packs(programme) if not text.english}
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, GermanField | GermanTextField):
                said |= set(model._default_manager.values_list(column.attname, flat=True))
    lines = {" ".join(line.split()) for text in said if text for line in str(text).splitlines()}
    return {line for line in lines if len(line) >= SHORTEST and any(map(str.islower, line))}


@cache
def translations() -> tuple[frozenset[str], frozenset[str]]:
    """Whole sentences and words of the German pages, and of the English ones, that differ."""
    pairs = [
        (german, english)
        for german, english in catalogue("en")._catalog.items()  # type: ignore[attr-defined]
        if isinstance(german, str) and isinstance(english, str) and german
    ]
    both = {german for german, _ in pairs} & {english for _, english in pairs}
    long = [(g, e) for g, e in pairs if min(len(g), len(e)) >= SHORTEST and "%(" not in g + e]
    return (
        frozenset(g for g, e in long if g != e and g not in both),
        frozenset(e for g, e in long if g != e and e not in both),
    )


def unsaid_german(said: Said, data: Iterable[str], english: Iterable[str] = ()) -> set[str]:
    """German that English pages do not call German: of the data anywhere, else whole."""
    texts = said.texts["en"]
    shown = "\n".join(sorted(texts))
    for wording in english:
        shown = shown.replace(wording, "")
    wrong = {text for text in data if text in shown and _stands_alone(text, shown)}
    return wrong | (translations()[0] & texts)


def unsaid_english(said: Said) -> set[str]:
    """English that German pages do not call English."""
    return set(translations()[1] & said.texts["de"])


def _stands_alone(text: str, shown: str) -> bool:
    """Not as a part of a longer word."""
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", shown) is not None
