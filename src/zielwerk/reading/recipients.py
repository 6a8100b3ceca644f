"""Who gets the money: the body of the paper, or somebody whom no list of bodies has."""

import re
from collections.abc import Iterator, Sequence

from zielwerk.packs.model import Body
from zielwerk.reading.hedges import sentence_around
from zielwerk.reading.kinds import Kinds, spellings
from zielwerk.reading.mentions import Mention
from zielwerk.reading.model import Doubt
from zielwerk.reading.places import Place
from zielwerk.reading.within import Said, body_differs
from zielwerk.recognition.likeness import alike, fold

_GIVEN_TO = re.compile(
    r"\b(?:stellt|stellen|gewährt|erhält|erhalten|bewilligt|werden|zahlt)\s+"
    r"(?P<whom>(?:dem|der|die|den)\s+(?:[a-zäöüß]+ )?"
    r"[A-ZÄÖÜ]?[a-zäöüß]*(?:[Kk]reis|[Ss]tadt|[Gg]emeinde|[Vv]erband)\s+(?P<name>[A-ZÄÖÜ][\w-]+))"
)
_MONEY = re.compile(r"\d ?(?:Euro|EUR|€)")
_LIKE = 0.8  # of 1; a name in damaged letters


def another_recipient(
    said: Said, found: Sequence[Place], bodies: Sequence[Body], words: Kinds
) -> Iterator[Doubt]:
    """Money for a town or a district that is no body of the programme leaves the body in doubt.

    In a paper of the Wetteraukreis "stellt der Stadt Wetzlar 1.140.300 Euro" does. Those of
    ``bodies``, which are all there are, are told wherever they are named.
    """
    for place in found:
        for match in _GIVEN_TO.finditer(place.text.text):
            name = fold(match["name"])
            known = (words.core(spelled) for body in bodies for spelled in spellings(body))
            if any(name in core or core in name or alike(core, name) >= _LIKE for core in known):
                continue
            _, behind = sentence_around(place.text.text, *match.span())
            if _MONEY.search(behind):
                start, end = match.span("whom")
                whom = Mention("", place, match["whom"], place.text.span(start, end))
                yield body_differs(said, whom)
                return
