"""One correction everywhere: a word that became another one, and where it still stands.

The reader proposes words beside those that were recognised; people correct others. Either way
the same word may stand in several places, and nobody corrects one of them alone by mistake.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from zielwerk.recognition.dictionary import is_german
from zielwerk.recognition.likeness import shape
from zielwerk.recognition.words import TOKEN
from zielwerk.rulebook.agreement import Terms

_ALIKE = 0.6  # how far a corrected word looks as it did, from 0 to 1
_LEAST = 4  # letters of a whole value that is looked for in other values


@dataclass(frozen=True)
class Standing:
    """A word that may be, or was, another one, and the values in which it still stands.

    ``paths`` are those values, in their order. ``is_proposal`` says that only the reader thinks
    so; nobody has corrected it anywhere yet.
    """

    before: str
    after: str
    paths: tuple[str, ...]
    is_proposal: bool = False

    @property
    def key(self) -> str:
        """How a decision about it is kept."""
        return f"{self.before} → {self.after}"


def values(terms: Terms) -> dict[str, str]:
    """Every text of an agreement's terms by its path, in their order."""
    texts = {
        "parties[0].name": terms.ministry,
        "granting_authority": terms.granting_authority,
        **{f"frameworks[{i}]": one for i, one in enumerate(terms.frameworks)},
        "meeting": terms.meeting,
        "resolution": terms.resolution,
    }
    for i, one in enumerate(terms.measures):
        beside = {"title": one.title, "place": one.place, "target": one.target}
        texts |= {f"measures[{i}].{name}": text or "" for name, text in beside.items()}
    for i, signed in enumerate(terms.signatures):
        named = {"name": signed.name, "office": signed.office, "place": signed.place}
        texts |= {f"signatures[{i}].{name}": text or "" for name, text in named.items()}
    for i, clause in enumerate(terms.clauses):
        texts |= {f"clauses[{i}].title": clause.title, f"clauses[{i}].text": clause.text}
    return texts


def standing(read: Terms, now: Terms, proposals: Iterable[Mapping[str, Any]]) -> list[Standing]:
    """The words that were corrected or are proposed to be, as far as they still stand somewhere."""
    was, texts = values(read), values(now)
    words: dict[str, dict[str, None]] = defaultdict(dict)
    for path, text in texts.items():
        for word in TOKEN.findall(text):
            words[word][path] = None
    pairs: dict[tuple[str, str], bool] = {}
    for one in proposals:
        if one["path"] in words.get(one["before"], {}):
            pairs[one["before"], one["after"]] = True
    for path, text in texts.items():
        for pair in _corrected(was.get(path, ""), text):
            pairs[pair] = False
    found = [
        Standing(before, after, tuple(words[before]), is_proposal)
        for (before, after), is_proposal in pairs.items()
        if before in words
    ]
    return [*found, *_whole(was, texts, pairs)]


def corrected(read: Terms, now: Terms) -> Iterator[tuple[str, str]]:
    """Each value in which a misread word became another one, and the word as it was."""
    was = values(read)
    for path, text in values(now).items():
        for before, _after in _corrected(was.get(path, ""), text):
            yield path, before


def _corrected(was: str, text: str) -> Iterator[tuple[str, str]]:
    """The words that no dictionary has and that became others like them, one by one."""
    if was == text:
        return
    old, new = TOKEN.findall(was), TOKEN.findall(text)
    for kind, start, end, other, other_end in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "replace" and end - start == other_end - other:
            for before, after in zip(old[start:end], new[other:other_end], strict=True):
                if is_misread(before, after):
                    yield before, after


def is_misread(before: str, after: str) -> bool:
    """Whether a word was corrected, and not another one put in its place."""
    if is_german(before) or not any(letter.isalpha() for letter in before):
        return False
    return SequenceMatcher(None, shape(before), shape(after), False).ratio() >= _ALIKE


def _whole(
    was: Mapping[str, str], texts: Mapping[str, str], pairs: Iterable[tuple[str, str]]
) -> Iterator[Standing]:
    """Titles and names that became others, where a clause still has the old one as a whole."""
    known = list(pairs)
    for path, old in was.items():
        new = texts.get(path, "")
        if path.startswith("clauses") or not new or old == new or len(old) < _LEAST:
            continue
        mended = old
        for before, after in known:
            mended = replaced(mended, before, after)
        paths = tuple(p for p, text in texts.items() if p != path and _pattern(old).search(text))
        if mended != new and old not in new and paths:
            yield Standing(old, new, paths)


def replaced(text: str, before: str, after: str) -> str:
    """The text with a word, or several as they stand together, replaced wherever it stands.

    >>> replaced("Logisfik, Logisfiker", "Logisfik", "Logistik")
    'Logistik, Logisfiker'
    """
    if TOKEN.fullmatch(before):
        return TOKEN.sub(lambda word: after if word[0] == before else word[0], text)
    return _pattern(before).sub(lambda _: after, text)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def everywhere(terms: Terms, chosen: Iterable[Standing]) -> Terms:
    """The terms with these words replaced wherever they stand; the signed wording stays."""
    texts = values(terms)
    for word in chosen:
        for path in word.paths:
            texts[path] = replaced(texts[path], word.before, word.after)

    def text(path: str) -> str:
        return texts[path]

    return replace(
        terms,
        ministry=text("parties[0].name"),
        granting_authority=text("granting_authority"),
        frameworks=tuple(text(f"frameworks[{i}]") for i, _ in enumerate(terms.frameworks)),
        measures=tuple(
            replace(
                one,
                title=text(f"measures[{i}].title"),
                place=text(f"measures[{i}].place") or None,
                target=text(f"measures[{i}].target") or None,
            )
            for i, one in enumerate(terms.measures)
        ),
        meeting=text("meeting"),
        resolution=text("resolution"),
        signatures=tuple(
            replace(
                one,
                name=text(f"signatures[{i}].name") or None,
                office=text(f"signatures[{i}].office") or None,
                place=text(f"signatures[{i}].place") or None,
            )
            for i, one in enumerate(terms.signatures)
        ),
        clauses=tuple(
            replace(one, title=text(f"clauses[{i}].title"), text=text(f"clauses[{i}].text"))
            for i, one in enumerate(terms.clauses)
        ),
    )
