"""Reads of what was said about a draft: proposals, comments of both kinds, answers.

Internal comments have one door, :func:`internal_comments`: it gives a side its own and nobody
any other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Value

from zielwerk.core.permissions import Actor
from zielwerk.drafting.changes import AGREED, FRESH, Change, ChangeKind, measure_node, target_node
from zielwerk.drafting.model import Document
from zielwerk.drafting.targets import has_targets_place
from zielwerk.language import German, sentence
from zielwerk.measures.models import PlannedMeasure
from zielwerk.negotiation.models import (
    CheckAnswer,
    CheckRecord,
    DraftDocument,
    InternalComment,
    Proposal,
    SharedComment,
)
from zielwerk.negotiation.queries.amending import why_not_amended
from zielwerk.negotiation.queries.contents import Sources, findings_in, sources_of
from zielwerk.negotiation.queries.drafts import last_year, newest, of_body, sides_in
from zielwerk.rulebook.checking import Finding, Severity, key_now, unanswered
from zielwerk.rulebook.negotiation import DECIDED
from zielwerk.rulebook.proposals import Open, ProposalState, conflicts
from zielwerk.rulebook.refusal import Refusal, Said
from zielwerk.strategy import queries as strategy


def internal_comments(user: Actor, draft: DraftDocument) -> QuerySet[InternalComment]:
    """What the person's own side said among themselves about a draft, newest first."""
    rows = InternalComment.objects.filter(draft=draft, side=user.side).order_by("-pk")
    return rows if user.side in sides_in(draft) else rows.none()


def shared_comments(draft: DraftDocument) -> QuerySet[SharedComment]:
    """What was said about a draft to both sides, newest first."""
    return SharedComment.objects.filter(draft=draft).order_by("-pk")


def proposals(draft: DraftDocument) -> QuerySet[Proposal]:
    """All proposals about a draft, newest first."""
    return Proposal.objects.filter(draft=draft).order_by("-number")


def open_proposals(draft: DraftDocument) -> list[Proposal]:
    """The proposals nobody has decided about, in the order in which they were made."""
    rows = Proposal.objects.filter(draft=draft, state=ProposalState.OPEN)
    return list(rows.order_by("number"))


def conflicts_among(open_: Iterable[Proposal]) -> dict[int, tuple[int, ...]]:
    """For each open proposal the numbers of those that it cannot stand beside."""
    return conflicts(Open(each.number, frozenset({each.node})) for each in open_)


def next_number(draft: DraftDocument) -> int:
    last = Proposal.objects.filter(draft=draft).order_by("number").last()
    return last.number + 1 if last else 1


def said_at(user: Actor, draft: DraftDocument) -> Mapping[str, Mapping[str, int]]:
    """How much was said at each node: open proposals, shared comments, her side's internal ones."""
    counts = [
        _counted("proposals", Proposal.objects.filter(draft=draft, state=ProposalState.OPEN)),
        _counted("shared", shared_comments(draft)),
        _counted("internal", internal_comments(user, draft)),
    ]
    found: dict[str, Counter[str]] = {}
    for node, name, number in counts[0].union(*counts[1:], all=True):
        found.setdefault(node, Counter())[name] = number
    return found


def _counted(name: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """How many of the rows there are at each node, under a name."""
    named: Any = rows.order_by().values("node")
    counted = named.annotate(name=Value(name), number=Count("pk"))
    found: QuerySet[Any, Any] = counted.values_list("node", "name", "number")
    return found


def all_answers(draft: DraftDocument) -> list[CheckAnswer]:
    """Every answer that was given about a draft, oldest first."""
    return list(CheckAnswer.objects.filter(draft=draft).order_by("pk"))


def answers(given: Iterable[CheckAnswer], found: Iterable[Finding]) -> dict[str, CheckAnswer]:
    """The last answer to each finding as it is asked now, by its key.

    What was answered to other figures or to a question that lacked something else is no answer
    to this one.
    """
    known = {(key_now(row.key), row.sentence): row for row in given}
    asked = ((each.key, sentence(each.said)) for each in found)
    return {key: known[key, words] for key, words in asked if (key, words) in known}


def answers_of_last_year(
    draft: DraftDocument, planned: Iterable[PlannedMeasure]
) -> dict[str, CheckAnswer]:
    """What was answered last year to what is asked again, by this year's keys.

    A measure that was taken over is asked about as what it was taken over from.
    """
    before = last_year(draft.programme, draft.year, draft.ags).draft
    if before is None:
        return {}
    old = {key_now(row.key): row for row in all_answers(before)}
    renamed = {
        each.carried_from.file_number: each.file_number for each in planned if each.carried_from
    }
    return {_renamed(key, renamed): answer for key, answer in old.items()}


def _renamed(key: str, names: Mapping[str, str]) -> str:
    rule, mark, subject = key.partition(":")
    number, rest_mark, rest = subject.partition(":")
    return f"{rule}{mark}{names.get(number, number)}{rest_mark}{rest}"


def check_record(draft: DraftDocument) -> CheckRecord | None:
    """What the checks said when the draft was decided, if it is decided now."""
    if draft.state not in DECIDED:
        return None
    return CheckRecord.objects.filter(draft=draft, version=draft.version).first()


def recorded(record: CheckRecord) -> tuple[Finding, ...]:
    """The findings of a record, in the words of its day."""
    return tuple(
        Finding(
            key_now(each["key"]),
            Severity(each["severity"]),
            each["place"],
            Said("{words}", {"words": German(each["de"], each["en"])}),
            each["basis"],
        )
        for each in record.findings
    )


def findings(draft: DraftDocument, on: date, sources: Sources | None = None) -> tuple[Finding, ...]:
    """What is to be said about the newest version of a draft on a day.

    Of a text that stands or has ended, what was said when that was decided.
    """
    if record := check_record(draft):
        return recorded(record)
    return findings_in(newest(draft), sources or sources_of(*_place(draft)), on)


def _place(draft: DraftDocument) -> tuple[str, int, str]:
    return draft.programme, draft.year, draft.ags


def plan_changes(draft: DraftDocument) -> list[Change]:
    """What of the planned measures and targets the newest version does not say.

    What an open proposal says already is left out.
    """
    sources = sources_of(draft.programme, draft.year, draft.ags)
    document = newest(draft)
    changes = [*_measure_changes(document, sources), *_target_changes(document, sources)]
    open_ = [each.what for each in open_proposals(draft)]
    return [change for change in changes if change not in open_]


def _measure_changes(document: Document, sources: Sources) -> list[Change]:
    planned = {measure_node(each): each for each in sources.measures}
    known = {measure_node(each): each for each in document.content.measures}
    own = {node for node in known if node.removeprefix("measures/").startswith((FRESH, AGREED))}
    return [
        *(
            Change(ChangeKind.MEASURE if node in known else ChangeKind.ADD, node, measure=each)
            for node, each in planned.items()
            if known.get(node) != each
        ),
        *(Change(ChangeKind.DROP, node) for node in known if node not in {*planned, *own}),
    ]


def _target_changes(document: Document, sources: Sources) -> list[Change]:
    """Targets that changed: of the whole year, and of measures that the text names.

    Those of a new measure are offered once it stands in the text; those of one that is to go
    go with it.
    """
    if not has_targets_place(document):
        return []
    planned = {target_node(each): each for each in sources.targets}
    known = {target_node(each): each for each in document.content.targets}
    named = {"", *(each.id for each in document.content.measures)}
    staying = {"", *(each.id for each in sources.measures)}
    return [
        *(
            Change(ChangeKind.TARGET if node in known else ChangeKind.ADD, node, target=each)
            for node, each in planned.items()
            if known.get(node) != each and each.measure in named
        ),
        *(
            Change(ChangeKind.DROP, node)
            for node, each in known.items()
            if node not in planned and each.measure in staying
        ),
    ]


class Facts:
    """The facts for the guards of a draft's steps; what no guard asks for is not looked up."""

    def __init__(self, draft: DraftDocument, on: date) -> None:
        self.draft, self.on = draft, on
        self.open_proposals = draft.open_proposals

    @cached_property
    def sources(self) -> Sources:
        return sources_of(*_place(self.draft))

    @cached_property
    def unanswered(self) -> int:
        """How many questions of the checks are not answered, and errors not mended."""
        found = findings(self.draft, self.on, self.sources)
        given = answers(all_answers(self.draft), found)
        return len(unanswered(found, {key: row.answer for key, row in given.items()}))

    @cached_property
    def strategy(self) -> tuple[Said, ...]:
        """What stands against an agreement where it needs a strategy in force; else nothing."""
        if not strategy.is_precondition(self.draft.programme, "agreement"):
            return ()
        return self.sources.lacking(self.on).against

    @cached_property
    def other(self) -> str:
        """The file number of another first draft of the body and year; empty where there is none.

        A change is no such draft: what stands against it is said by :attr:`against`.
        """
        draft = self.draft
        other = None if draft.amends else of_body(draft.programme, draft.year, draft.ags)
        return other.file_number if other and other.pk != draft.pk else ""

    @cached_property
    def against(self) -> Sequence[Refusal]:
        """Why what a draft that was given up is to change cannot be changed now."""
        return why_not_amended(self.draft.amends) if self.draft.amends else ()

    @cached_property
    def resting(self) -> str:
        """The file number of what rests on the text, as the rooms above know it."""
        return next(filter(None, (number_of(self.draft) for number_of in RESTING)), "")


RESTING: list[Callable[[DraftDocument], str]] = []
"""Asked for what rests on the text of a draft; joined by wiring: this room knows none above."""
