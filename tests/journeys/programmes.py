"""The programmes on which the journeys run, each with a text of its own and what it says."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True)
class Example:
    """A programme, the text of one of its agreements, and what a reader must find in it."""

    programme: str
    file: Path
    year: int
    ags: str
    body: str
    place: str  # the part of its name without which nobody knows which body is meant
    amount_cents: int
    amount: str  # as a page prints it
    ministry: str
    authority: str
    document: str  # what the programme calls an agreement
    documents: str  # several
    documents_en: str
    stem: str  # how its files' names begin
    address: str  # where it publishes them
    notice: str  # what it says of the signed original

    def __str__(self) -> str:
        return self.programme

    @property
    def page(self) -> str:
        """The address of the published agreement."""
        return f"/{self.address}/{self.year}/{self.ags}"


HESSE = Example(
    "aqb_hessen",
    EXAMPLES / "zielvereinbarung-2024-wetteraukreis.txt",
    2024,
    "06440",
    "Wetteraukreis",
    "Wetterau",
    114_030_000,
    "1.140.300,00",
    "Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales",
    "Regierungspräsidium Kassel",
    "Zielvereinbarung",
    "Zielvereinbarungen",
    "Target agreements",
    "zielvereinbarung",
    "zielvereinbarungen",
    "maßgeblich ist das unterzeichnete Original",
)
NORDMARK = Example(
    "lotsenfonds_nordmark",
    EXAMPLES / "foerdervereinbarung-2026-landkreis-sandhafen.txt",
    2026,
    "91003",
    "Landkreis Sandhafen",
    "Sandhafen",
    57_400_000,
    "574.000,00",
    "Nordmärkisches Ministerium für Arbeit und Teilhabe",
    "Landesamt für Förderung Sandhafen",
    "Fördervereinbarung",
    "Fördervereinbarungen",
    "Funding agreements",
    "foerdervereinbarung",
    "foerdervereinbarungen",
    "es gilt das unterschriebene Papier",
)
SUEDLAND = Example(
    "kreisbudget_suedland",
    EXAMPLES / "zuwendungsbescheid-2026-landkreis-neckelheim.txt",
    2026,
    "SL211",
    "Landkreis Neckelheim",
    "Neckelheim",
    81_250_000,
    "812.500,00",
    "Südländisches Staatsministerium für Arbeit und Ausbildung",
    "Bezirksregierung Unterland",
    "Zuwendungsbescheid",
    "Zuwendungsbescheide",
    "Grant notices",
    "zuwendungsbescheid",
    "zuwendungsbescheide",
    "es gilt der zugestellte Bescheid",
)
PROGRAMMES = (HESSE, NORDMARK, SUEDLAND)
WALKED = (HESSE, NORDMARK)
"""Those of which every page is walked and every button pressed, which takes minutes for each."""


def rotated(
    programmes: Sequence[Example], cases: Collection[str], every: Collection[str] = ()
) -> Iterator[tuple[Example, str]]:
    """Each case on one of the programmes in turn, those of ``every`` on all of them."""
    turn = cycle(programmes)
    for case in cases:
        for programme in programmes if case in every else (next(turn),):
            yield programme, case
