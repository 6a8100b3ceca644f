"""The notice of a programme year and its ancillary provisions, as rows of the year's rules."""

from zielwerk.packs import phrases
from zielwerk.packs.model import Condition, Year
from zielwerk.packs.notices import filled
from zielwerk.programme.panels.charter import NO, YES, Cell, Rows
from zielwerk.rulebook.grant.accord import ABOVE
from zielwerk.rulebook.grant.conditions import KINDS
from zielwerk.rulebook.grant.delivery import REMEDIES
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refused, msg

CONDITION = (
    *(msg("Titel"), msg("Art"), msg("Wortlaut"), msg("Fundstelle"), msg("Außerdem")),
    *(msg("nur für"), msg("gilt ab"), msg("gilt bis")),
)


def notice(year: Year) -> Rows:
    """What the notice is called, when it pays, who decides, and how it is contested."""
    charter = year.notice
    if charter is None:
        return
    second: Cell = Label(msg("immer"))
    if charter.second_approver_cents:
        second = phrases.threshold(charter.second_approver_cents)
    most = str(charter.together_most) if charter.together_most else Label(msg("beliebig viele"))
    reserved = msg("üblich") if charter.final_usual else msg("möglich")
    if not charter.final:
        reserved = msg("nicht vorgesehen")
    instalments = tuple(phrases.instalment(each) for each in charter.instalments)
    values: tuple[tuple[str, Cell], ...] = (
        (msg("Name"), charter.label),
        (msg("Auszahlung"), instalments or Label(msg("auf Abruf nach Bedarf"))),
        (msg("eine zweite Person entscheidet mit"), second),
        (msg("zugleich erlassen werden höchstens"), most),
        (msg("Vorbehalt des Schlussbescheids"), Label(reserved)),
        (msg("Rechtsbehelf"), Label(REMEDIES[charter.remedy])),
        (msg("Verwaltungsverfahrensgesetz"), charter.procedure_act),
        (msg("Tag der Bekanntgabe am nächsten Werktag"), YES if charter.receipt_shifts else NO),
        (msg("Ende der Frist am nächsten Werktag"), YES if charter.remedy_shifts else NO),
        (msg("früherer Eingang zählt"), YES if charter.earlier_receipt else NO),
        (
            msg("Bewilligung über dem Schriftstück beider Seiten"),
            Label(ABOVE[charter.above_agreed]),
        ),
    )
    for label, value in values:
        yield charter, (Label(label), value)


def conditions(year: Year) -> Rows:
    """The ancillary provisions in the order of the pack, each with what it rests on."""
    kinds = {kind.code: kind.plural for kind in year.programme.body_kinds}
    for each in year.conditions:
        besides = (
            (each.inherits, msg("an Träger weiterzugeben")),
            (each.optional, msg("nur auf Wunsch")),
        )
        yield (
            each,
            (
                *(each.title, Label(KINDS[each.kind]), _text(year, each), each.citation),
                tuple(Label(word) for is_so, word in besides if is_so),
                tuple(kinds.get(code, code) for code in each.only_for),
                *(each.valid_from, each.valid_until),
            ),
        )


def _text(year: Year, condition: Condition) -> str:
    """The words with their values; where one has none on that day, the words of the pack."""
    try:
        return filled(year, condition)
    except Refused:
        return condition.text
