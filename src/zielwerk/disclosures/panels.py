"""What the pages show: the statement in the person's language, the video."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zielwerk.disclosures import queries
from zielwerk.packs.land import Authority, Norm
from zielwerk.packs.operator import Barrier
from zielwerk.rulebook.refusal import msg

STATUS = {
    "fully": msg("vollständig vereinbar"),
    "partly": msg("teilweise vereinbar"),
    "not": msg("nicht vereinbar"),
}
KINDS = {
    "content": msg("Was nicht barrierefrei ist"),
    "missing": msg("Was fehlt"),
    "untested": msg("Was noch nicht mit Menschen erprobt ist"),
}
ORIGINAL = "de"  # what an operator adds in German alone stays German, and is marked so


@dataclass(frozen=True)
class Obstacle:
    """A barrier in one language; ``language`` is empty where it is that of the page."""

    text: str
    language: str
    alternative: str
    alternative_language: str
    planned: date | None
    has_protocol: bool


@dataclass(frozen=True)
class Statement:
    """What the statement says beside the operator's own words; ``status`` is a German msgid."""

    status: str
    groups: tuple[tuple[str, tuple[Obstacle, ...]], ...]
    norms: tuple[Norm, ...]
    authority: Authority | None

    @property
    def number(self) -> int:
        return sum(len(obstacles) for _heading, obstacles in self.groups)


@dataclass(frozen=True)
class Video:
    """The operator's video in German Sign Language; ``path`` is below the static files."""

    path: str
    kind: str
    size: int
    minutes: int
    seconds: int
    recorded: date
    transcript: tuple[str, ...]

    @property
    def format(self) -> str:
        return self.kind.partition("/")[2].upper()


def statement(language: str) -> Statement:
    operator = queries.operator()
    groups = (
        (heading, _obstacles([b for b in operator.barriers if b.kind == kind], language))
        for kind, heading in KINDS.items()
    )
    return Statement(
        status=STATUS[operator.sections.statement.status],
        groups=tuple((heading, obstacles) for heading, obstacles in groups if obstacles),
        norms=queries.norms("accessibility"),
        authority=queries.authority("accessibility"),
    )


def _obstacles(barriers: Sequence[Barrier], language: str) -> tuple[Obstacle, ...]:
    return tuple(
        Obstacle(
            *_said(barrier.text, barrier.text_en, language),
            *_said(barrier.alternative, barrier.alternative_en, language),
            planned=barrier.planned,
            has_protocol=barrier.code == "screen_reader_walk",
        )
        for barrier in barriers
    )


def _said(german: str, english: str, language: str) -> tuple[str, str]:
    """A text in the language of the page where there is one, and the language it is in."""
    if language == "en":
        return (english, "") if english else (german, ORIGINAL)
    return german, ""


def video() -> Video | None:
    """The video, or None where the operator has none."""
    operator = queries.operator()
    about, file = operator.sections.sign_language, operator.video
    if about is None or file is None:
        return None
    minutes, seconds = divmod(about.seconds, 60)
    return Video(
        path=f"gebaerdensprache/{file.name}",
        kind=f"video/{file.suffix.removeprefix('.')}",
        size=file.stat().st_size,
        minutes=minutes,
        seconds=seconds,
        recorded=about.recorded,
        transcript=operator.transcript,
    )
