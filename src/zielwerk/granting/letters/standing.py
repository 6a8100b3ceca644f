"""What stands after an act: when it is paid, and the binding financing plan; before and after.

An act binds only with the whole that it leaves: whoever reads it needs no other paper.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from zielwerk.granting import queries
from zielwerk.granting.letters.content import financing_plan, share_granted
from zielwerk.granting.letters.document import BY_NEED, Content
from zielwerk.granting.models import GrantAct
from zielwerk.language import translate
from zielwerk.packs.model import Year
from zielwerk.rulebook.grant.amounts import whole
from zielwerk.rulebook.grant.instalments import Instalment
from zielwerk.rulebook.grant.paths import Kind
from zielwerk.rulebook.refusal import msg
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.german import day_text, euro, text

Line = tuple[str, int, int]
"""A label, and an amount before and after the act in cents."""

LATER = msg("Zusammen mit Änderungen, die später wirken, stehen nun {amount}.")
OVER = msg(
    "Für das Haushaltsjahr {year} war bis zum Tag dieses Bescheids {cents} mehr fällig, als nun "
    "bewilligt ist."
)
GRANT, OPEN = msg("diese Zuwendung"), msg("noch zu decken")
UNNEEDED = msg("frei gemeldet, nicht mehr benötigt")
SHARE = msg("Die Zuwendung ist ein Anteil an den Kosten: bisher {before} %, künftig {after} %.")
MORE = msg("weitere Kosten, für die mehr bewilligt wird")


def standing_content(act: GrantAct, day: date, rules: Year) -> dict[str, Any]:
    """What stands if an act is issued on a day, as data."""
    after = queries.after_act(act, day)
    what = queries.applied(act.notice)
    plans = [financing_plan(what, amounts, rules) for amounts in (after.before, after.after)]
    earlier = queries.released_by(act.notice)
    released = earlier + (-act.amount_cents if act.kind == Kind.RELEASE else 0)
    return {
        "stands_before_cents": whole(after.before),
        "stands_cents": whole(after.after),
        "by_need": after.by_need,
        "schedule": _schedule(after.paid_before.instalments, after.paid_after.instalments),
        "over": {str(year): cents for year, cents in after.paid_after.over.items()},
        "granted_in_plan_cents": plans[1]["grant_cents"],
        "shares": [share_granted(what, plan) for plan in plans],
        "plan": {
            "costs": _lines(*(_costs(plan) for plan in plans)),
            "incomes": _lines(_incomes(plans[0], earlier), _incomes(plans[1], released)),
        },
    }


def _schedule(before: Sequence[Instalment], after: Sequence[Instalment]) -> list[dict[str, Any]]:
    sums: dict[tuple[date, int], list[int]] = {}
    for place, paid in enumerate((before, after)):
        for each in paid:
            sums.setdefault((each.day, each.year), [0, 0])[place] += each.cents
    return [
        {"day": day.isoformat(), "year": year, "before": pair[0], "after": pair[1]}
        for (day, year), pair in sorted(sums.items())
    ]


def _costs(plan: Content) -> list[tuple[str, int]]:
    """The costs, and what more is granted for than was planned, so that both sides are equal."""
    costs = sum(cents for _, cents in plan["costs"])
    paid = sum(cents for _, cents in plan["incomes"]) + plan["grant_cents"]
    more = [(translate(MORE), paid - costs)] if paid > costs else []
    return [*((label, cents) for label, cents in plan["costs"]), *more]


def _incomes(plan: Content, released: int) -> list[tuple[str, int]]:
    """Who pays; what the body released is needed no more, and nobody has to cover it."""
    unneeded = min(released, plan["open_cents"])
    rest = (
        (GRANT, plan["grant_cents"], True),
        (UNNEEDED, unneeded, bool(unneeded)),
        (OPEN, plan["open_cents"] - unneeded, plan["open_cents"] > unneeded),
    )
    others = [(translate(label), cents) for label, cents, is_there in rest if is_there]
    return [*((label, cents) for label, cents in plan["incomes"]), *others]


def _lines(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> list[list[Any]]:
    old, new = dict(before), dict(after)
    return [[label, old.get(label, 0), new.get(label, 0)] for label in dict.fromkeys([*old, *new])]


def standing_blocks(content: Content) -> Iterator[b.Block]:
    """The instalments and the financing plan of an act's document."""
    if content["stands_cents"] != content["after_cents"]:
        said = translate(LATER).format(amount=euro(content["stands_cents"]))
        yield b.Paragraph(text(said))
    yield b.Heading(2, translate(msg("Auszahlung")))
    yield from _instalments(content)
    yield b.Heading(2, translate(msg("Verbindlicher Finanzierungsplan")))
    plan = content["plan"]
    for caption, first, lines in (
        (msg("Finanzierungsplan: was es kostet"), msg("Kostenart"), plan["costs"]),
        (msg("Finanzierungsplan: wer bezahlt"), msg("Finanzierungsquelle"), plan["incomes"]),
    ):
        named = (b.Column(translate(first), share=2),)
        rows = [((text(label),), before, after) for label, before, after in lines]
        yield _table(caption, named, rows)
    before, after = (share.replace(".", ",") for share in content["shares"])
    if after:
        yield b.Paragraph(text(translate(SHARE).format(before=before, after=after)))


def _instalments(content: Content) -> Iterator[b.Block]:
    if content["by_need"]:
        yield b.Paragraph(text(translate(BY_NEED)))
        return
    named = (b.Column(translate(msg("Tag"))), b.Column(translate(msg("Haushaltsjahr"))))
    rows = [
        ((text(day_text(each["day"])), text(str(each["year"]))), each["before"], each["after"])
        for each in content["schedule"]
    ]
    yield _table(msg("Raten"), named, rows)
    for year, cents in content["over"].items():
        yield b.Paragraph(text(translate(OVER).format(year=year, cents=euro(cents))))


def _table(
    caption: str,
    named: Sequence[b.Column],
    lines: Iterable[tuple[Sequence[b.Inlines], int, int]],
) -> b.Table:
    """Lines with an amount before and after, and both sums at the foot."""
    every = list(lines)
    amounts = [b.Column(translate(each), "amount") for each in (msg("Bisher"), msg("Künftig"))]
    rows = [(*cells, text(euro(before)), text(euro(after))) for cells, before, after in every]
    sums = [sum(before for _, before, _ in every), sum(after for *_, after in every)]
    blanks = [text("") for _ in named[1:]]
    foot = (text(translate(msg("Summe"))), *blanks, *(text(euro(cents)) for cents in sums))
    return b.Table(translate(caption), (*named, *amounts), tuple(rows), foot)
