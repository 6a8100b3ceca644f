"""What an amount of money is: the total, a part of it, or the body's own share.

By the words beside it, which the programme's pack names.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zielwerk.packs.model import Earmark, Programme
from zielwerk.recognition.amounts import Amount, amounts
from zielwerk.recognition.traced import Traced

_GOES_ON = "…"
_NEVER = "(?!)"
_REACH = 90  # letters before an amount in which a word tells what it is
_ENDS = re.compile(r"(?<=[a-zäöüß)])[.;,] |€|\b(?:Euro|EUR)\b")  # of what is said of an amount
_SENTENCE = re.compile(r"(?<=[a-zäöüß)])[.;] ")
# Between an own share and its amount: "von", "des Landkreises in Höhe von", "beträgt rund".
_LINKS = re.compile(
    r"[\s(:–-]*$|.*\b(?:von|vom|beträgt|betragen|beläuft|belaufen|auf|bei|i\. ?H\. ?v\.)\b"
    r"(?:\s+(?:sich|auf|insgesamt|mindestens|höchstens|rund|etwa|je|jeweils|ca\.))*[\s(:]*$",
    re.IGNORECASE | re.DOTALL,
)
_GIVES = re.compile(
    r"\b(?:gewähr|bewillig|stell|stehen|steht|erhält|erhalten|förder|zahl|bekommt|verfügung)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:neben|ohne|abzüglich|zuzüglich|nach Abzug|zusätzlich zu\w?|außer|unbeschadet)"
    r"\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:kein\w*|ohne|entfällt|nicht)\b", re.IGNORECASE)


def _last_of(text: str, end: int) -> str:
    """The last letters of the sentence before a place."""
    near = text[max(0, end - _REACH - 3) : end]
    return _SENTENCE.split(near)[-1][-_REACH:]


@dataclass(frozen=True)
class Roles:
    """By what words an amount is told to be one thing or another."""

    total: re.Pattern[str]
    earmarked: re.Pattern[str]  # the names of earmarks
    part: re.Pattern[str]
    own_share: re.Pattern[str]

    def is_part(self, amount: Amount, text: str) -> bool:
        """Whether an amount is named as a part or an addition, not as the total."""
        tail = _last_of(text, amount.start)
        part = list(self.part.finditer(tail))
        total = list(self.total.finditer(tail))
        if part or total:
            return bool(part) and (not total or part[-1].start() > total[-1].start())
        behind = _ENDS.split(text[amount.end : amount.end + _REACH], maxsplit=1)[0]
        return self.earmarked.search(behind) is not None

    def is_total(self, amount: Amount, text: str) -> bool:
        """Whether an amount is named as the total, not as a part of it."""
        tail = _last_of(text, amount.start)
        return self.total.search(tail) is not None and not self.is_part(amount, text)

    def is_earmarked(self, amount: Amount, text: str) -> bool:
        """Whether an earmark is named beside an amount."""
        behind = _ENDS.split(text[amount.end : amount.end + _REACH], maxsplit=1)[0]
        before = _last_of(text, amount.start)
        return any(self.earmarked.search(piece) for piece in (before, behind))

    def own_shares(self, text: Traced) -> list[tuple[Amount, bool]]:
        """The amounts that are an own share, and whether that is sure."""
        written = amounts(text) if self.own_share.search(text.text) else []
        if not written:
            return []
        found, end = [], 0
        for amount, after in zip(written, [*written[1:], None], strict=True):
            before = _SENTENCE.split(text.text[end : amount.start])[-1][-_REACH:]
            behind = text.text[amount.end : after.start if after else amount.end + _REACH]
            sure = self._before(before)
            if sure is None and self._behind(behind, is_last=after is None):
                sure = True
            if sure is not None:
                found.append((amount, sure))
            end = amount.end
        return found

    def _before(self, text: str) -> bool | None:
        """Whether an own share before an amount is what it amounts to, None if it is not."""
        named = list(self.own_share.finditer(text))
        if not named:
            return None
        between = text[named[-1].end() :]
        if _GIVES.search(between):
            return None
        if _LINKS.fullmatch(between):
            return True
        return None if _BESIDE.search(text[: named[-1].start()]) else False

    def _behind(self, text: str, *, is_last: bool) -> bool:
        """Whether an own share behind an amount says what the amount is."""
        match = self.own_share.search(_SENTENCE.split(text)[0])
        if match is None or (not is_last and _LINKS.fullmatch(text[match.end() :])):
            return False
        return (
            re.fullmatch(r"\W{0,3}(?:[^.;,]{0,50}\bals\s+|an\s+)?", text[: match.start()])
            is not None
        )

    def named_without_amount(self, text: Traced) -> tuple[int, int] | None:
        """Where an own share is asked for and no amount of it stands beside."""
        for match in self.own_share.finditer(text.text):
            around = _last_of(text.text, match.start())
            behind = _SENTENCE.split(text.text[match.end() : match.end() + _REACH])[0]
            if not _NONE.search(around + behind):
                return text.span(*match.span())
        return None


@lru_cache(maxsize=8)
def roles(programme: Programme, earmarks: tuple[Earmark, ...]) -> Roles:
    """The words of a programme; the name of an earmark says that an amount is a part."""
    named = "|".join(re.escape(text) for each in earmarks for text in (each.label, *each.cues))
    part = f"(?:{_any(programme.reading.part)})\\b|(?:{named or _NEVER})"
    return Roles(
        re.compile(rf"\b(?:{_any(programme.reading.total)})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{named or _NEVER})", re.IGNORECASE),
        re.compile(rf"\b(?:{part})", re.IGNORECASE),
        re.compile(rf"\b(?:{_any(programme.reading.own_share)})\b", re.IGNORECASE),
    )


def _any(wordings: Iterable[str]) -> str:
    return "|".join(map(_word, wordings)) or _NEVER


def _word(wording: str) -> str:
    """Match a wording whose blanks may be lost, a noun in any case, "Gesamt…" with more."""
    stem = wording.removesuffix(_GOES_ON)
    pattern = " ?".join(map(re.escape, stem.split()))
    if stem != wording:
        return rf"{pattern}\w*"
    is_noun = stem[:1].isupper() and len(stem.split()) == 1
    return rf"{pattern}(?:e?s|en?|n)?" if is_noun else pattern


def of_texts(texts: Sequence[Traced]) -> list[tuple[Amount, Traced]]:
    """Every amount of several texts, with the text it stands in."""
    return [(amount, text) for text in texts for amount in amounts(text)]
