"""In which language a page says what it shows, and where it says something in another one."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from sys import intern

from django.apps import apps
from pydantic import BaseModel

from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.language import German, catalogue
from zielwerk.packs import loading as packs

TOLD = ("aria-label", "title", "placeholder", "alt", "data-column")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr", "use"}
SILENT = ("script", "style", "template", "textarea")  # what is typed is its writer's
SHORTEST = 6  # a shorter word may be a word of the other language, too


class Said(HTMLParser):
    """All that a page says, in text and in attributes, by language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.by_language: dict[str, list[str]] = {}
        self.markup_in_attributes: list[str] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self._open[-1][1]
        for name in TOLD:
            if given.get(name):
                self._say(language, given[name] or "")
        for name, value in given.items():
            if "<span" in (value or ""):
                self.markup_in_attributes.append(f"{tag} {name}")
        if tag == "title" and self._open[-1][0] == "head":
            language = ""  # names, in a text that cannot say what they are
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(tag == open_tag for open_tag, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] not in SILENT:
            self._say(self._open[-1][1], data)

    def _say(self, language: str, text: str) -> None:
        if words := " ".join(text.split()):
            self.by_language.setdefault(language, []).append(intern(words))


@cache
def said(html: str) -> Said:
    """What a page says, read once for all that is asked about it."""
    return Said(html)


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
        for field in model._meta.concrete_fields:
            if isinstance(field, GermanField | GermanTextField):
                said |= set(model._default_manager.values_list(field.attname, flat=True))
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


def unsaid_german(html: str, data: Iterable[str], english: Iterable[str] = ()) -> set[str]:
    """German that an English page does not call German: of the data anywhere, else whole."""
    texts = said(html).by_language.get("en", [])
    shown = "\n".join(texts)
    for wording in english:
        shown = shown.replace(wording, "")
    wrong = {text for text in data if text in shown and _stands_alone(text, shown)}
    return wrong | (translations()[0] & set(texts))


def unsaid_english(html: str) -> set[str]:
    """English that a German page does not call English."""
    return set(translations()[1] & set(said(html).by_language.get("de", [])))


def _stands_alone(text: str, shown: str) -> bool:
    """Not as a part of a longer word."""
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", shown) is not None
