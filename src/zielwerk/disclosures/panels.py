"""What the pages show: the statement with its barriers by kind, the video."""

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


@dataclass(frozen=True)
class Statement:
    """What the statement says beside the operator's own words; ``status`` is a German msgid."""

    status: str
    groups: tuple[tuple[str, tuple[Barrier, ...]], ...]
    norms: tuple[Norm, ...]
    authority: Authority | None

    @property
    def number(self) -> int:
        return sum(len(barriers) for _heading, barriers in self.groups)


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


def statement() -> Statement:
    operator = queries.operator()
    groups = (
        (heading, tuple(barrier for barrier in operator.barriers if barrier.kind == kind))
        for kind, heading in KINDS.items()
    )
    return Statement(
        status=STATUS[operator.sections.statement.status],
        groups=tuple((heading, barriers) for heading, barriers in groups if barriers),
        norms=queries.norms("accessibility"),
        authority=queries.authority("accessibility"),
    )


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
