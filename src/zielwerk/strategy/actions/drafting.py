"""Making a version of a strategy, and changing it while it is a draft."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from zielwerk.core.actions import action
from zielwerk.core.cases import locked, new_case, save_case
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.documents.models import StoredFile
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.strategy import NO_PRIORITY, StrategyState, out_of_order
from zielwerk.rulebook.writing import says_something
from zielwerk.strategy import queries
from zielwerk.strategy.models import DRAFTED_ALREADY, Strategy

NO_STAGES = msg("Für das Programmjahr {year} sieht das Programm keine Strategie vor.")
NO_END = Refusal("strategy.no_end", msg("In diesem Programm hat eine Strategie einen letzten Tag."))
NO_TITLE = Refusal("strategy.no_title", msg("Es fehlt der Titel."))
NO_SUCH_CODE = msg("Den Schwerpunkt {code} hatte diese Strategie nie.")
TWICE = msg("Der Schwerpunkt {code} steht zweimal da.")
NOT_THERE = msg("{ags}: Diese Körperschaft gibt es am {day} nicht.")


@dataclass(frozen=True)
class Attached:
    """A document as it was sent in."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Point:
    """A priority as it is typed; without a code it is a new one."""

    title: str
    text: str = ""
    code: str = ""


@dataclass(frozen=True)
class NewVersion:
    """What a version says. ``document`` None leaves the one that is there."""

    programme: str
    ags: str
    title: str
    valid_from: date
    valid_until: date | None
    points: tuple[Point, ...] = ()
    document: Attached | None = None
    source_note: str = ""
    is_invented: bool = False

    @property
    def year(self) -> int:
        """The programme year in which it begins to hold, as far as one is known."""
        return packs.year_on(self.programme, self.valid_from)


@action("strategy.draft")
def draft(actor: Actor, new: NewVersion, *, at: datetime) -> Strategy:
    """Begin a version of a body's strategy; refused while another one is being made."""
    return _draft(actor, new, at)


@action("strategy.draft_for")
def draft_for(actor: Actor, new: NewVersion, *, at: datetime) -> Strategy:
    """Begin a version for a body that sends paper; its history says who did it for whom."""
    return _draft(actor, new, at)


def _draft(actor: Actor, new: NewVersion, at: datetime) -> Strategy:
    if refusals := [*why_not_begun(new.programme, new.ags), *_refusals(new)]:
        raise Refused(*refusals)
    version, before = queries.next_version(new.programme, new.ags)
    names = {body.ags: body.name for body in packs.bodies(new.programme)}
    return new_case(
        Strategy,
        f"{packs.programme(new.programme).prefix('strategy')}-{new.year}",
        at=at,
        programme=new.programme,
        year=new.year,
        ags=new.ags,
        body_name=names[new.ags],
        version=version,
        replaces=before,
        drafted_at=at,
        **_columns(actor, new, None, at),
    )


@action("strategy.draft")
def edit(actor: Actor, strategy: Strategy, new: NewVersion, *, at: datetime) -> Strategy:
    """Change a draft. Consents to what it said before count no more, and stay on file."""
    return _edit(actor, strategy, new, at)


@action("strategy.draft_for")
def edit_for(actor: Actor, strategy: Strategy, new: NewVersion, *, at: datetime) -> Strategy:
    """The same for a body that sends paper."""
    return _edit(actor, strategy, new, at)


def _edit(actor: Actor, strategy: Strategy, new: NewVersion, at: datetime) -> Strategy:
    strategy = locked(strategy, {StrategyState.DRAFT})
    if refusals := _refusals(new):
        raise Refused(*refusals)
    for name, value in _columns(actor, new, strategy.document, at).items():
        setattr(strategy, name, value)
    strategy.year = new.year
    return save_case(strategy)


def why_not_begun(programme: str, ags: str) -> list[Refusal]:
    """The reasons against beginning a version of a body's strategy."""
    return [DRAFTED_ALREADY] if queries.in_work(programme, ags) else []


def _columns(
    actor: Actor, new: NewVersion, document: StoredFile | None, at: datetime
) -> dict[str, Any]:
    """The columns of what a version says."""
    columns: dict[str, Any] = {
        "title": new.title.strip()[:200],
        "valid_from": new.valid_from,
        "valid_until": new.valid_until,
        "priorities": _coded(new),
        "source_note": new.source_note.strip()[:500],
        "is_invented": new.is_invented,
        "rule_version": keep_rules(actor, new.programme, new.year, at=at),
        "document": document,
    }
    if sent := new.document:
        stored = documents.store(actor, sent.name, sent.media_type, sent.content, at=at)
        columns |= {"document": stored, "document_name": sent.name[:200]}
    return columns


def _coded(new: NewVersion) -> list[dict[str, str]]:
    """The priorities with their codes; a new one gets a code that none of the body ever had."""
    number = queries.next_code(new.programme, new.ags)
    priorities = []
    for point in new.points:
        code = point.code or f"P{number}"
        number += not point.code
        said = asdict(point) | {"code": code, "title": point.title.strip()[:200]}
        priorities.append(said)
    return priorities


def _refusals(new: NewVersion) -> list[Refusal]:
    rules = packs.load(new.programme, new.year)
    refusals = list(out_of_order(new.valid_from, new.valid_until))
    if not rules.procedure("strategy"):
        refusals.append(Refusal("strategy.no_stages", NO_STAGES, {"year": str(new.year)}))
    charter = packs.programme(new.programme).strategy
    if new.valid_until is None and charter and not charter.open_ended:
        refusals.append(NO_END)
    if not says_something(new.title):
        refusals.append(NO_TITLE)
    bodies = [body for body in packs.bodies(new.programme) if body.ags == new.ags]
    if not bodies:
        refusals.append(programmes.no_such_body(new.ags))
    elif not any(holds_on(body, new.valid_from) for body in bodies):
        params = {"ags": new.ags, "day": new.valid_from}
        refusals.append(Refusal("strategy.not_there", NOT_THERE, params))
    return [*refusals, *_refused_points(new)]


def _refused_points(new: NewVersion) -> list[Refusal]:
    """Every priority has a title, and a code that the body's strategy ever had, once."""
    refusals, seen = [], set[str]()
    known = queries.next_code(new.programme, new.ags)
    for point in new.points:
        if not says_something(point.title):
            refusals.append(Refusal("strategy.blank_point", NO_PRIORITY))
        if not point.code:
            continue
        number = point.code.removeprefix("P")
        is_known = number.isascii() and number.isdecimal() and 0 < int(number) < known
        if not is_known:
            refusals.append(Refusal("strategy.no_such_code", NO_SUCH_CODE, {"code": point.code}))
        elif point.code in seen:
            refusals.append(Refusal("strategy.code_twice", TWICE, {"code": point.code}))
        seen.add(point.code)
    return refusals
