"""What became of a pass-on in force: what was spent, which papers came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.papers import media_type, why_not_taken
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.documents.models import StoredFile
from zielwerk.passing import queries
from zielwerk.passing.models import PassOn, ProviderPaper, Spent
from zielwerk.rulebook.money import MOST_TYPED
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something, written


@dataclass(frozen=True)
class NewSpent:
    """What was spent of a budget year by a day, and how many seats were taken.

    Without ``cents`` what was entered of the year no longer counts; ``note`` says why.
    """

    pass_on: PassOn
    budget_year: int
    day: date
    cents: int | None
    taken: int | None = None
    note: str = ""

    @property
    def ags(self) -> str:
        return self.pass_on.ags

    @property
    def party_id(self) -> int | None:
        return self.pass_on.party_id


@dataclass(frozen=True)
class PastedSpent:
    """What a table says of several pass-ons of one body; written as a whole or not at all."""

    ags: str
    rows: Sequence[NewSpent]


@dataclass(frozen=True)
class NewPaper:
    """That a paper of the Träger is there, with the file where there is one."""

    pass_on: PassOn
    code: str
    name: str = ""
    content: bytes = b""

    @property
    def ags(self) -> str:
        return self.pass_on.ags

    @property
    def party_id(self) -> int | None:
        return self.pass_on.party_id


@dataclass(frozen=True)
class Striking:
    """That a paper is not there after all: ``seen`` is the number of its entry as it was shown."""

    pass_on: PassOn
    code: str
    seen: int

    @property
    def ags(self) -> str:
        return self.pass_on.ags

    @property
    def party_id(self) -> int | None:
        return self.pass_on.party_id


@action("passing.note_spent")
def note_spent(actor: Actor, new: NewSpent, *, at: datetime) -> Spent:
    """Note how much was spent by a day; of a budget year the last entry counts."""
    if reasons := why_not_noted(new, localdate(at)):
        raise Refused(*reasons)
    [row] = _noted(actor, [new], Spent.Source.TYPED, at)
    return row


@action("passing.paste")
def paste(actor: Actor, pasted: PastedSpent, *, at: datetime) -> list[Spent]:
    """Note what a table says, all of it or nothing."""
    reasons = [refusal for new in pasted.rows for refusal in why_not_noted(new, localdate(at))]
    if reasons or any(new.ags != pasted.ags for new in pasted.rows):
        raise Refused(*(reasons or [NOT_OF_BODY]))
    if not pasted.rows:
        raise Refused(NOTHING_PASTED)
    return _noted(actor, pasted.rows, Spent.Source.PASTED, at)


def _noted(
    actor: Actor, rows: Sequence[NewSpent], source: Spent.Source, at: datetime
) -> list[Spent]:
    made = Spent.objects.bulk_create(
        Spent(
            pass_on_id=new.pass_on.first_pk,
            budget_year=new.budget_year,
            day=new.day,
            cents=new.cents,
            taken=new.taken,
            source=source,
            note=written(new.note)[:300],
            entered_by=actor.audit_name,
            entered_at=at,
        )
        for new in rows
    )
    seal(*made)
    return made


def why_not_noted(new: NewSpent, today: date) -> list[Refusal]:
    """Why a stand cannot be so; that more was spent than passed on is a fact, and kept."""
    if not new.pass_on.counts:
        return [NOT_IN_FORCE]
    reasons = []
    if new.day > today:
        reasons.append(DAY_TO_COME)
    years = {year for year, cents in queries.PassDraft.of(new.pass_on).amounts.items() if cents}
    if new.budget_year not in years:
        params = {"year": str(new.budget_year)}
        reasons.append(Refusal("passing.no_such_year", NO_SUCH_YEAR, params))
    if new.cents is None and not says_something(new.note):
        reasons.append(NO_NOTE)
    if new.cents is not None and not 0 <= new.cents <= MOST_TYPED:
        reasons.append(BELOW_ZERO)
    return reasons


@action("passing.keep_paper")
def keep_paper(actor: Actor, new: NewPaper, *, at: datetime) -> ProviderPaper:
    """Note that a paper is there, and keep its file, which is judged by its content."""
    if not new.pass_on.counts:
        raise Refused(NOT_IN_FORCE)
    way = queries.way_of(new.pass_on)
    if way is None or new.code not in {paper.code for paper in way.papers}:
        raise Refused(NO_SUCH_PAPER)
    file = None
    if new.content:
        if reasons := why_not_taken(new.content):
            raise Refused(*reasons)
        file = documents.store(actor, new.name, media_type(new.content), new.content, at=at)
    return _paper(actor, new, is_there=True, file=file, at=at)


@action("passing.strike_paper")
def strike_paper(actor: Actor, struck: Striking, *, at: datetime) -> ProviderPaper:
    """Note that a paper is not there after all; what came stays in the files.

    Refused where another one came since: nobody strikes what she has not seen.
    """
    there = queries.papers_of([struck.pass_on.first_pk]).get(struck.pass_on.first_pk, {})
    if struck.code not in there or not there[struck.code].is_there:
        raise Refused(NO_SUCH_PAPER)
    if there[struck.code].pk != struck.seen:
        raise Refused(OTHER_PAPER)
    gone = NewPaper(struck.pass_on, struck.code)
    return _paper(actor, gone, is_there=False, file=None, at=at)


def _paper(
    actor: Actor, new: NewPaper, *, is_there: bool, file: StoredFile | None, at: datetime
) -> ProviderPaper:
    paper = ProviderPaper.objects.create(
        pass_on_id=new.pass_on.first_pk,
        code=new.code,
        is_there=is_there,
        name=written(new.name) if is_there else "",
        file=file,
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(paper)
    return paper


NOT_IN_FORCE = Refusal(
    "passing.not_in_force", msg("Eingetragen wird zu einer Weiterleitung, die in Kraft ist.")
)
OTHER_PAPER = Refusal(
    "passing.other_paper",
    msg("Inzwischen kam eine andere Datei. Bitte sehen Sie sie an, bevor Sie etwas streichen."),
)
DAY_TO_COME = Refusal("passing.day_to_come", msg("Der Stand kann nicht in der Zukunft liegen."))
NO_SUCH_YEAR = msg("Im Haushaltsjahr {year} ist nichts weitergegeben.")
NO_NOTE = Refusal(
    "passing.no_note", msg("Es fehlt, warum der bisherige Stand nicht mehr gelten soll.")
)
BELOW_ZERO = Refusal("passing.spent_below_zero", msg("Ausgaben liegen nicht unter null."))
NO_SUCH_PAPER = Refusal("passing.no_such_paper", msg("Diese Unterlage ist hier nicht zu führen."))
NOT_OF_BODY = Refusal(
    "passing.not_of_body", msg("Die Tabelle nennt Weiterleitungen verschiedener Körperschaften.")
)
NOTHING_PASTED = Refusal("passing.nothing_pasted", msg("Die Tabelle nennt keinen Stand."))
