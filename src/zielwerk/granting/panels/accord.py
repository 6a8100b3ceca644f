"""What is granted beside what both sides agreed, measure by measure, with what that means."""

from collections.abc import Iterable
from dataclasses import dataclass

from zielwerk.granting import queries
from zielwerk.granting.models import GrantNotice
from zielwerk.language import German
from zielwerk.packs.model import Year
from zielwerk.rulebook.grant.accord import Above, Line, Verdict
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Said, msg


@dataclass(frozen=True)
class AccordRow:
    """A measure, or the whole: agreed, applied for, granted, the difference, what it means.

    ``years`` are what is agreed for single budget years, as far as anybody knows.
    """

    title: German
    agreed: Cents | None
    years: list[tuple[int, Cents]]
    applied: Cents
    granted: Cents
    change: Cents | None
    told: Said
    basis: str
    is_above: bool


@dataclass(frozen=True)
class AccordShown:
    """The agreements that are compared by their numbers, and the rows; nothing recorded yet."""

    document: str
    numbers: tuple[str, ...]
    rows: list[AccordRow]


def accord(notice: GrantNotice, rules: Year) -> AccordShown | None:
    """What a draft would grant beside what is agreed; none where the programme asks for nothing."""
    found = queries.accord_of(notice, queries.applied(notice))
    if found is None:
        return None
    document = str(rules.programme.document.label)
    return AccordShown(document, found.numbers, list(_rows(found.lines, document, rules)))


def _rows(lines: Iterable[Line], document: str, rules: Year) -> Iterable[AccordRow]:
    notice = rules.notice
    above: str = notice.above_agreed if notice else Above.TOLD
    act = notice.procedure_act if notice else ""
    for line in lines:
        needs_reason = line.is_above and above == Above.REASON
        sentence = NEEDS_REASON if needs_reason else TOLD[line.verdict]
        change = line.change_cents
        size = line.granted if change is None else abs(change)
        agreed = line.agreed
        yield AccordRow(
            German(line.title),
            None if agreed is None or agreed.cents is None else Cents(agreed.cents),
            [(year, Cents(cents)) for year, cents in (agreed.by_year if agreed else {}).items()],
            Cents(line.applied),
            Cents(line.granted),
            None if change is None else Cents(change),
            Said(sentence, {"document": Label(document), "cents": Cents(size)}),
            f"§ 39 Abs. 1 {act}" if needs_reason else "",
            line.is_above,
        )


NEEDS_REASON = msg("Darüber: Die Begründung des Bescheids muss sagen, warum.")
TOLD = {
    Verdict.UNNAMED: msg("{document} nennt diese Maßnahme nicht."),
    Verdict.WITHOUT_AMOUNT: msg("{document} nennt keinen eigenen Betrag; es zählt der ganze."),
    Verdict.SAME: msg("Stimmt überein."),
    Verdict.LESS: msg("{cents} weniger; {document} bindet kein Geld, erst der Bescheid."),
    Verdict.MORE: msg("{cents} mehr."),
}
