"""What the software says by itself is true of every programme: the rest is said by its pack.

``Zielvereinbarung``, ``Landkreis``, ``AGS`` are words of a programme. They stand in packs, in
comments and in tests, and nowhere else.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib

import zielwerk
from tests.house.sources import faults

PACKAGE = Path(zielwerk.__file__).parent
GERMAN = re.compile(
    r"Zielvereinbarung|Landkreis|[Kk]reisfrei|\b(?:Stadt|Land)?[Kk]reise?[ns]?\b|\bStadt\b|Städte"
    r"|\b(?:das|dem|des|beim|im|vom|ein|einem) Land(?:es)?\b|\bLandesg|\bAGS\b|Gemeindeschlüssel"
    r"|Regierungspräsidi|Regierungsbezirk|Landr[aä]t|Magistrat|Kreisausschuss|\bHess|HMSI"
)
ENGLISH = re.compile(
    r"[Tt]arget agreement|\b[Cc]ount(?:y|ies)\b|[Rr]ural district|[Ii]ndependent cit|\bHess"
    r"|[Mm]unicipality key|\b(?:federal|of this) state\b|\bat the state\b|\bthe state (?:has|no)\b"
    r"|\bstate(?:'s)? (?:money|budget)|[Bb]udget of the state"
)
# What knows a programme's words on purpose, and why.
FILES_OF_WORDS = {
    "recognition/vocabulary.py": "knows the German words that papers hold",
    "reading/references.py": "knows what offices that grant money are called, in any state",
    "reading/foreign.py": "knows the states, whose papers look alike",
    "config/world.py": "the demo records the real agreement of one body of Hesse",
}
SENTENCES = {
    "{file}, Zeile {line}, {field}: Die Schritte laufen im Kreis: {circle}.": "a circle",
}


def files(kind: str) -> list[Path]:
    """Files of the package that belong to no programme."""
    return [
        file
        for file in sorted(PACKAGE.rglob(f"*.{kind}"))
        if file.relative_to(PACKAGE).as_posix() not in FILES_OF_WORDS
        and not is_of_a_programme(file)
    ]


def is_of_a_programme(file: Path) -> bool:
    parts = file.relative_to(PACKAGE).parts
    return parts[0] == "packs" and (PACKAGE / "packs" / parts[1] / "programme.toml").exists()


def texts_of_code(source: str) -> Iterator[str]:
    """The texts of a module that are no docstring."""
    tree = ast.parse(source)
    told = {
        id(statement.value)
        for node in ast.walk(tree)
        for statement in ast.iter_child_nodes(node)
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def texts_of_template(text: str) -> list[str]:
    """The lines of a template without its comments."""
    return [" ".join(line.split()) for line in re.sub(r"\{#.*?#\}", "", text).splitlines()]


def texts_of_data(value: object) -> Iterator[str]:
    """All texts of a TOML file, without its comments."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_of_data(item)


def foreign(texts: Iterator[str] | list[str]) -> list[str]:
    return [text for text in texts if GERMAN.search(text) and text not in SENTENCES]


def test_words_of_a_programme_are_noticed() -> None:
    code = '"""Eine Zielvereinbarung."""\nLABEL = "Zielvereinbarung"\n# AGS\n'
    assert foreign(texts_of_code(code)) == ["Zielvereinbarung"]
    assert foreign(["im Landkreis", "beim Land frei", "ein Kreis", "der AGS"])
    assert foreign(["Gebietskörperschaft", "Landung", "Schlüssel", "im Landesteil"]) == []
    assert ENGLISH.search("of the target agreement")
    assert ENGLISH.search("free again at the state")
    assert not ENGLISH.search("Check the state of the case")


def test_code_says_no_word_of_a_programme() -> None:
    code = [file for file in files("py") if "migrations" not in file.parts]
    assert faults(code, lambda text: foreign(texts_of_code(text))) == {}


def test_templates_say_no_word_of_a_programme() -> None:
    assert faults(files("html"), lambda text: foreign(texts_of_template(text))) == {}


def test_data_of_the_software_say_no_word_of_a_programme() -> None:
    data = [file for file in files("toml") if file.parent.name != "law"]
    assert faults(data, lambda text: foreign(texts_of_data(tomllib.loads(text)))) == {}


def test_no_translation_says_a_word_of_a_programme() -> None:
    catalogue = polib.pofile(str(PACKAGE / "locale/en/LC_MESSAGES/django.po"))
    own = [
        entry
        for entry in catalogue
        if not any(file in FILES_OF_WORDS for file, _ in entry.occurrences)
    ]
    assert len(own) > 1000
    assert foreign([entry.msgid for entry in own]) == []
    english = {text for entry in own for text in (entry.msgstr, *entry.msgstr_plural.values())}
    assert sorted(filter(ENGLISH.search, english)) == []


def test_what_is_excepted_is_there() -> None:
    assert all((PACKAGE / name).exists() for name in FILES_OF_WORDS)
