"""The operator's file: which public body runs this installation, and what it tells the public.

One TOML file, named by ``ZIELWERK_OPERATOR``, fills the accessibility statement, the imprint and
the privacy page. Every fault is a sentence with its line; an empty value is a fault.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from zielwerk.packs import walk
from zielwerk.packs.faults import MISSING, DataFile, Place, Report
from zielwerk.packs.files import entries, entry, read_file, read_toml
from zielwerk.packs.folders import holding, kept
from zielwerk.packs.land import Authority
from zielwerk.packs.model import Email, Entry, Lines, Telephone, Text, Url, Words
from zielwerk.rulebook.refusal import msg

EXAMPLE = "site/example.toml"
"""The demo's values, plainly marked; never used behind HTTPS."""
BARRIERS = "site/barriers.toml"

VIDEOS = (".mp4", ".webm")
EASY_PAGES = ("start", "agreement", "statement")


class PublicBody(Entry):
    """The public body (öffentliche Stelle) that answers for the site, and its imprint."""

    name_en: str = ""
    name: Words
    address: Lines
    represented_by_en: str = ""
    represented_by: Words
    email: Email
    telephone: Telephone
    vat_id: str = ""


class Scope(Entry):
    """What the statement holds for: a name and the addresses."""

    name_en: str = ""
    name: Words
    sites: Annotated[tuple[Url, ...], Field(min_length=1)]


class Assessment(Entry):
    """How far the site is accessible, and on what that rests."""

    status: Literal["fully", "partly", "not"]
    basis: Literal["self", "external"]
    examiner: Text = ""  # who tested, where the basis is external
    report: Url | None = None
    assessed: date
    created: date
    reviewed: date


class Feedback(Entry):
    """The office to which barriers are reported, and within how many weeks it answers."""

    office_en: str = ""
    office: Words
    email: Email
    telephone: Telephone
    form: Url | None = None
    answer_weeks: Annotated[int, Field(ge=1, le=52)]


class Imprint(Entry):
    """Who answers for the content."""

    responsible_en: str = ""
    responsible: Words


class Contact(Entry):
    """Whom people may ask about this site, where it is not the public body as a whole."""

    office_en: str = ""
    office: Words
    email: Email
    telephone: Telephone
    hours_en: str = ""
    hours: Text = ""


class Bases(Entry):
    """The legal basis of each processing: visits, accounts, people named in agreements."""

    visit: Words
    account: Words
    agreement: Words


class Privacy(Entry):
    """What the privacy page says beyond what the software itself does.

    ``web_server`` says what the server in front records, ``log_days`` how long log lines are
    kept, ``processors`` who works on the operator's behalf.
    """

    officer_en: str = ""
    officer: Words
    officer_email: Email
    web_server_en: str = ""
    web_server: Words
    log_days: Annotated[int, Field(ge=0, le=3650)]
    processors_en: str = ""
    processors: Text = ""
    bases: Bases


class Planned(Entry):
    """The day by which a barrier that ships with the software shall be gone."""

    code: Words
    day: date
    alternative: Text = ""


class Barrier(Entry):
    """A part that is not accessible, or not yet tested; with what to use in its place.

    ``ends_with`` names what ends it by itself: the sign-language video, reviews of all pages in
    Leichte Sprache, or a walk with each screen reader of the protocol.
    """

    code: str = ""
    kind: Literal["content", "missing", "untested"] = "content"
    ends_with: Literal["", "sign_language", "reviews", "walk"] = ""
    text_en: str = ""
    text: Words
    alternative_en: str = ""
    alternative: Words
    planned: date | None = None


class SignLanguage(Entry):
    """A video in German Sign Language beside the operator's file, with its text."""

    video: Words
    transcript: Words
    seconds: Annotated[int, Field(ge=1, le=7200)]
    recorded: date


class Review(Entry):
    """Who reviewed a page in Leichte Sprache, people with learning difficulties, and when."""

    page: Literal["start", "agreement", "statement"]
    by: Words
    day: date


LICENCE = "http://dcat-ap.de/def/licenses/dl-zero-de/2.0"
"""Datenlizenz Deutschland – Zero: free to use without a condition."""


Term = Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$")]


class OpenData(Entry):
    """What data portals are told: the licence, and who delivers (GovData's ``contributorID``)."""

    licence: Term = LICENCE
    contributor: Term | None = None


class Sections(Entry):
    """The file's tables that stand once."""

    body: PublicBody
    scope: Scope
    statement: Assessment
    feedback: Feedback
    imprint: Imprint
    privacy: Privacy
    contact: Contact | None = None
    sign_language: SignLanguage | None = None
    open_data: OpenData | None = None


TABLES: dict[str, type[Entry]] = {
    "body": PublicBody,
    "scope": Scope,
    "statement": Assessment,
    "feedback": Feedback,
    "imprint": Imprint,
    "privacy": Privacy,
    "contact": Contact,
    "sign_language": SignLanguage,
    "open_data": OpenData,
}


class Operator(NamedTuple):
    """All that the operator's file says; ``is_example`` for the demo's own values."""

    sections: Sections
    barriers: tuple[Barrier, ...]  # those that ship and those of the operator, not yet gone
    reviews: tuple[Review, ...]
    authorities: tuple[Authority, ...]  # in place of those that the land names
    video: Path | None
    transcript: tuple[str, ...]
    is_example: bool

    @property
    def licence(self) -> str:
        told = self.sections.open_data
        return str(told.licence) if told else LICENCE

    @property
    def contributor(self) -> str:
        told = self.sections.open_data
        return str(told.contributor) if told and told.contributor else ""


def example() -> Operator:
    """The demo's own values."""
    return read_operator(holding(EXAMPLE) / EXAMPLE)._replace(is_example=True)


def read_operator(path: Path) -> Operator:
    """The operator's file; raises PackFaults with a sentence for every fault."""
    report = Report()
    content = read_toml(path, path.parent, report)
    report.refuse_if_any()
    assert content is not None
    file, data = content
    planned = entries(Planned, file, data, "planned", report)
    own = [barrier for _, barrier in entries(Barrier, file, data, "barrier", report)]
    reviews = entries(Review, file, data, "review", report)
    authorities = [found for _, found in entries(Authority, file, data, "authority", report)]
    sections = _sections(file, data, report)
    ended = _ended(sections, {review.page for _, review in reviews})
    barriers = [b for b in _with_plans(planned, report) if b.ends_with not in ended] + own
    _check(file, sections, barriers, report)
    transcript = _transcript(file, path.parent, sections.sign_language, report)
    report.refuse_if_any()
    video = sections.sign_language and path.parent / sections.sign_language.video
    return Operator(
        sections=sections,
        barriers=tuple(barriers),
        reviews=tuple(review for _, review in reviews),
        authorities=tuple(authorities),
        video=video or None,
        transcript=transcript,
        is_example=False,
    )


@kept
def shipped_barriers() -> tuple[Barrier, ...]:
    """The barriers of this edition of the software."""
    report = Report()
    folder = holding(BARRIERS)
    content = read_toml(folder / BARRIERS, folder, report)
    report.refuse_if_any()
    assert content is not None
    barriers = entries(Barrier, *content, "barrier", report)
    report.refuse_if_any()
    return tuple(barrier for _, barrier in barriers)


def _sections(file: DataFile, data: dict[str, Any], report: Report) -> Sections:
    """The tables that stand once, each checked at its own place; raises with all faults."""
    tables: dict[str, Entry | None] = {}
    for name, field in Sections.model_fields.items():
        raw = data.pop(name, None)
        if raw is not None:
            tables[name] = entry(TABLES[name], raw, Place(file, name), report)
        elif field.is_required():
            report.add(Place(file), name, MISSING)
    entry(Entry, data, Place(file), report)
    report.refuse_if_any()
    return Sections.model_validate(tables)


def _ended(sections: Sections, reviewed: set[str]) -> set[str]:
    """What is there by now, so that the barriers it ends are told no longer."""
    protocol = walk.load()
    walked = {reader.name for reader in protocol.reader} <= {done.reader for done in protocol.done}
    there = {
        "sign_language": sections.sign_language is not None,
        "reviews": reviewed == set(EASY_PAGES),
        "walk": walked,
    }
    return {name for name, is_there in there.items() if is_there}


def _with_plans(planned: list[tuple[Place, Planned]], report: Report) -> list[Barrier]:
    """The barriers that ship, with the operator's day and words."""
    shipped = {barrier.code: barrier for barrier in shipped_barriers()}
    for place, plan in planned:
        if plan.code not in shipped:
            report.add(place, "code", _UNKNOWN, value=plan.code, choices=", ".join(shipped))
            continue
        changes: dict[str, object] = {"planned": plan.day}
        if plan.alternative:
            changes |= {"alternative": plan.alternative}
        shipped[plan.code] = shipped[plan.code].model_copy(update=changes)
    return list(shipped.values())


def _check(file: DataFile, sections: Sections, barriers: list[Barrier], report: Report) -> None:
    """What the tables must say together."""
    place, statement = Place(file, "statement"), sections.statement
    if statement.basis == "external" and not statement.examiner.strip():
        report.add(place, "examiner", MISSING)
    if statement.status == "fully" and barriers:
        report.add(place, "status", _NOT_FULLY, count=len(barriers))
    if not statement.assessed <= statement.created <= statement.reviewed:
        report.add(place, "reviewed", _ORDER)


def _transcript(
    file: DataFile, folder: Path, sign_language: SignLanguage | None, report: Report
) -> tuple[str, ...]:
    """The paragraphs of what the video says; none without a video."""
    if sign_language is None:
        return ()
    place = Place(file, "sign_language")
    video = folder / sign_language.video
    if video.suffix not in VIDEOS or not video.is_file() or video.parent != folder:
        report.add(place, "video", _NO_VIDEO, value=sign_language.video, kinds=", ".join(VIDEOS))
    words = read_file(folder / sign_language.transcript, folder, report)
    paragraphs = [line.strip() for line in words.text.splitlines()] if words else []
    if words and not any(paragraphs):
        report.add(place, "transcript", _NO_WORDS, value=sign_language.transcript)
    return tuple(filter(None, paragraphs))


_UNKNOWN = msg(
    "{file}, Zeile {line}, {field}: Eine Barriere „{value}“ bringt das Programm nicht mit;"
    " es sind: {choices}."
)
_NOT_FULLY = msg(
    "{file}, Zeile {line}, {field}: Vollständig vereinbar kann nichts sein, das noch Barrieren"
    " aufzählt (hier {count})."
)
_ORDER = msg(
    "{file}, Zeile {line}, {field}: Die Tage müssen in dieser Folge liegen: geprüft (assessed),"
    " erstellt (created), überprüft (reviewed)."
)
_NO_VIDEO = msg(
    "{file}, Zeile {line}, {field}: „{value}“ ist keine Datei neben dieser mit der Endung {kinds}."
)
_NO_WORDS = msg("{file}, Zeile {line}, {field}: „{value}“ ist leer; das Video braucht seinen Text.")
