"""The amounts that a paper says in several places, beside one another."""

from collections.abc import Iterator

from zielwerk.granting.letters.document import Content
from zielwerk.rulebook.grant.paper import Stated
from zielwerk.rulebook.refusal import msg

MEASURES, YEARS = msg("Beträge der Maßnahmen"), msg("Beträge der Haushaltsjahre")
INSTALMENTS, PLAN = msg("Raten"), msg("Zuwendung im Finanzierungsplan")
CHANGE = msg("Bisher und Änderung zusammen")
BOTH_SIDES = msg("Kosten und Finanzierung")


def stated(content: Content) -> Iterator[Stated]:
    """What a notice or an act says, each place beside the sum that it decides."""
    yield from _of_notice(content) if content["kind"] == "notice" else _of_act(content)


def _of_notice(content: Content) -> Iterator[Stated]:
    total = content["amount_cents"]
    granted = sum(sum(each["granted"].values()) for each in content["measures"])
    yield Stated(MEASURES, granted, total)
    yield Stated(YEARS, sum(content["by_year"].values()), total)
    yield Stated(PLAN, content["plan"]["grant_cents"], total)
    if content["instalments"]:
        yield Stated(INSTALMENTS, sum(each["cents"] for each in content["instalments"]), total)


def _of_act(content: Content) -> Iterator[Stated]:
    after = content["after_cents"]
    yield Stated(MEASURES, sum(each["after"] for each in content["changes"]), after)
    yield Stated(CHANGE, content["before_cents"] + content["amount_cents"], after)
    stands, plan = content["stands_cents"], content["plan"]
    granted = content["stands_before_cents"] + content["amount_cents"]
    yield Stated(CHANGE, granted, stands)
    yield Stated(PLAN, content["granted_in_plan_cents"], stands)
    costs, incomes = (sum(each[2] for each in plan[side]) for side in ("costs", "incomes"))
    yield Stated(BOTH_SIDES, costs, incomes)
    if not content["by_need"]:
        paid = sum(each["after"] for each in content["schedule"])
        yield Stated(INSTALMENTS, paid - sum(content["over"].values()), stands)
