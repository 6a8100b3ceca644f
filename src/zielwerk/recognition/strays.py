"""Lines that are no part of the printed text: stamps, notes and handwriting between the lines."""

import re

from zielwerk.recognition.words import TOKEN, doubtful, known

_STAMP = re.compile(
    r"\W*(?:(?:EINGEGANGEN|EINGANG|KOPIE|ABSCHRIFT|ENTWURF|BEGLAUBIGT|ERLEDIGT|GEBUCHT|GEPRÜFT)\b"
    r"|(?:Eingegangen|Eingang(?:sstempel)?|Eing\.|Posteingang|Empfangen|Kopie|Abschrift|Entwurf"
    r"|Beglaubigt\w*|Erledigt|Gebucht|[Gg]eprüft|erl\.|gez\.|Az\.|Aktenzeichen|Wv\.|z\. ?d\. ?A\."
    r"|[Ss]achlich (?:und rechnerisch )?richtig)(?![a-zäöüß])).{0,60}"
)
_DAY = re.compile(r"\W*\d{1,2}\. ?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zäöü]{2,8}\.?) ?(?:\d{4}|\d{2})\W*")
_LOUD = re.compile(
    r"[^a-zäöüß]*(?:EINGEGANGEN|EINGANG|KOPIE|ABSCHRIFT|ERLEDIGT|GEBUCHT|GEPRÜFT)\b.{0,40}"
)
_ADDRESS = re.compile(r"www\.|https?:|@")
_SCRATCH = re.compile(r"[/\\|~^<>*#_={}°¬]\S|\S[/\\|~^<>#_={}°¬](?!\w{3})")


def is_stray(text: str) -> bool:
    """Whether a line is a stamp, a note or handwriting.

    >>> is_stray("EINGEGANGEN 12. Juli 2024"), is_stray("/j 6ke //o~rf"), is_stray("Sprache/Beruf")
    (True, True, False)
    """
    return _STAMP.fullmatch(text) is not None or is_day(text) or _is_hand(text)


def is_day(text: str) -> bool:
    """Whether a line is nothing but a day, as a stamp sets it and nobody names a measure."""
    return _DAY.fullmatch(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a line inside of sentences is no part of them: only what no sentence looks like.

    >>> is_stamp("EINGEGANGEN 12. Juli 2024"), is_stamp("Geprüft werden die Unterlagen")
    (True, False)
    """
    return _LOUD.fullmatch(text) is not None or _is_hand(text)


def _is_hand(text: str) -> bool:
    """Whether hardly a word of a short line is one, and signs stand in it as strokes leave them."""
    words = TOKEN.findall(text)
    if len(text) > 40 or not words or _ADDRESS.search(text):
        return False
    strange = sum(not known(word) and not word.isdigit() for word in words)
    odd = _SCRATCH.search(text) is not None or any(doubtful(word) for word in words)
    return odd and 2 * strange > len(words) and not any(known(w) for w in words if len(w) > 4)
