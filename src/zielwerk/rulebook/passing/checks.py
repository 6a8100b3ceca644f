"""What is checked before money is passed on: each question once, with its answers and their basis.

An answer counts with a reason. Some answers refuse, since the law wants something else first;
some only deserve a second look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.writing import says_something


class Check(StrEnum):
    """What is checked."""

    PROCUREMENT = "procurement"
    VAT = "vat"
    STATE_AID = "state_aid"
    IN_HOUSE = "in_house"


@dataclass(frozen=True)
class Outcome:
    """An answer to a check, its basis, and what it entails where it entails something."""

    label: str
    basis: str = ""
    refuses: str = ""
    warns: str = ""


@dataclass(frozen=True)
class Rule:
    """A check: its name, the question, and the possible answers by code."""

    label: str
    question: str
    outcomes: Mapping[str, Outcome]


NO_AID_BASIS = msg(
    "Eine Beihilfe ohne Freistellung darf erst gewährt werden, wenn die Kommission sie genehmigt "
    "hat."
)
PAID_SERVICE = msg(
    "Umsatzsteuer deutet auf eine Leistung gegen Entgelt: Dann ist zu prüfen, ob statt einer "
    "Weiterleitung ein Auftrag zu vergeben ist."
)
NOT_IN_HOUSE = msg(
    "Die Gesellschaft erfüllt die Voraussetzungen der Inhouse-Vergabe nicht. Sie ist wie jeder "
    "andere Träger zu behandeln."
)
DE_MINIMIS = "de_minimis"
DE_MINIMIS_BASIS = "Art. 3 Abs. 2 VO (EU) 2023/2831"
DE_MINIMIS_CENTS = 300_000_00
"""The most that one undertaking may get as de minimis aid in three years."""
CHECKS: Mapping[Check, Rule] = {
    Check.PROCUREMENT: Rule(
        msg("Vergabe"),
        msg("Ist Vergaberecht zu beachten, und wie wurde der Träger ausgewählt?"),
        {
            "awarded": Outcome(msg("Vergabeverfahren durchgeführt"), "Nr. 3 ANBest-GK"),
            "direct": Outcome(msg("Direktauftrag unter der Wertgrenze"), "Nr. 3 ANBest-GK"),
            "free": Outcome(msg("kein öffentlicher Auftrag"), "§ 103 GWB"),
        },
    ),
    Check.VAT: Rule(
        msg("Umsatzsteuer"),
        msg("Fällt Umsatzsteuer an?"),
        {
            "outside": Outcome(msg("echter Zuschuss, nicht steuerbar"), "§ 1 Abs. 1 Nr. 1 UStG"),
            "exempt": Outcome(msg("steuerfreie Leistung"), "§ 4 UStG"),
            "included": Outcome(
                msg("im Betrag enthalten"), "§ 1 Abs. 1 Nr. 1 UStG", warns=PAID_SERVICE
            ),
        },
    ),
    Check.STATE_AID: Rule(
        msg("Beihilfe"),
        msg("Ist die Weitergabe eine staatliche Beihilfe?"),
        {
            "none": Outcome(
                msg("keine Beihilfe: kein Unternehmen oder keine Begünstigung"),
                "Art. 107 Abs. 1 AEUV",
            ),
            DE_MINIMIS: Outcome(msg("De-minimis-Beihilfe"), DE_MINIMIS_BASIS),
            "exempted": Outcome(msg("freigestellt"), "VO (EU) Nr. 651/2014 (AGVO)"),
            "service": Outcome(
                msg("Dienstleistung von allgemeinem wirtschaftlichem Interesse"),
                "Beschluss 2012/21/EU",
            ),
            "aid": Outcome(
                msg("Beihilfe ohne Freistellung"), "Art. 108 Abs. 3 AEUV", refuses=NO_AID_BASIS
            ),
        },
    ),
    Check.IN_HOUSE: Rule(
        msg("Eigene Gesellschaft"),
        msg("Erfüllt die Gesellschaft die Voraussetzungen der Inhouse-Vergabe?"),
        {
            "in_house": Outcome(
                msg(
                    "Kontrolle wie über eine Dienststelle, mehr als 80 Prozent der Tätigkeit für "
                    "die Gebietskörperschaft, kein privates Kapital"
                ),
                "§ 108 Abs. 1 GWB",
            ),
            "not_in_house": Outcome(msg("nicht erfüllt"), "§ 108 Abs. 1 GWB", refuses=NOT_IN_HOUSE),
        },
    ),
}


@dataclass(frozen=True)
class Answer:
    """What was answered to a check: the code of the answer, and why."""

    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Checked:
    """What was checked of a pass-on; ``other_aid_cents`` is the Träger's de minimis aid of the last
    three years from elsewhere, as it declared.
    """

    answers: Mapping[Check, Answer] = field(default_factory=dict)
    other_aid_cents: int = 0


def why_not(checks: Sequence[Check], checked: Checked, cents: int) -> Iterator[Refusal]:
    """What the checks of a way have against passing so much on.

    >>> [r.rule for r in why_not([Check.VAT], Checked(), 1)]
    ['passing.not_checked']
    """
    for check in checks:
        rule, answer = CHECKS[check], checked.answers.get(check, Answer())
        params: dict[str, object] = {"check": Label(rule.label)}
        outcome = rule.outcomes.get(answer.outcome)
        if outcome is None:
            yield Refusal("passing.not_checked", _NOT_CHECKED, params)
            continue
        if not says_something(answer.reason):
            yield Refusal("passing.no_reason", _NO_REASON, params)
        if outcome.refuses:
            yield Refusal(f"passing.{answer.outcome}", outcome.refuses, {}, outcome.basis)
    yield from _too_much_aid(checks, checked, cents)


def _too_much_aid(checks: Sequence[Check], checked: Checked, cents: int) -> Iterator[Refusal]:
    """De minimis aid has a ceiling for one undertaking, whoever gives it."""
    answer = checked.answers.get(Check.STATE_AID, Answer())
    together = cents + checked.other_aid_cents
    if Check.STATE_AID in checks and answer.outcome == DE_MINIMIS and together > DE_MINIMIS_CENTS:
        params = {"together": Cents(together), "most": Cents(DE_MINIMIS_CENTS)}
        yield Refusal("passing.too_much_aid", _TOO_MUCH_AID, params, DE_MINIMIS_BASIS)


def warnings(checks: Sequence[Check], checked: Checked) -> Iterator[Refusal]:
    """What the answers suggest to look at again; it refuses nothing."""
    for check in checks:
        answer = checked.answers.get(check, Answer())
        outcome = CHECKS[check].outcomes.get(answer.outcome)
        if outcome and outcome.warns:
            yield Refusal(f"passing.{check}_{answer.outcome}", outcome.warns, {}, outcome.basis)


_NOT_CHECKED = msg("Noch nicht geprüft: {check}.")
_NO_REASON = msg("{check}: Es fehlt die Begründung der Antwort.")
_TOO_MUCH_AID = msg(
    "Mit dem, was der Träger sonst erhalten hat, wären es {together} De-minimis-Beihilfen; "
    "zulässig sind in drei Jahren {most}."
)
