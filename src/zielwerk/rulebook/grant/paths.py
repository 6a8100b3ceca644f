"""The ways in which a notice is changed or ends, and what the law asks of each.

A notice is rarely revoked whole: several acts with amounts run on one notice, each on its own
basis. They are told apart because money already paid out follows only some of them, and because
a court asks for the hearing, the discretion and the year of each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from zielwerk.rulebook.refusal import msg


class Kind(StrEnum):
    """The kinds of acts on a notice."""

    AMENDMENT = "amendment"
    SUPPLEMENT = "supplement"
    RELEASE = "release"
    WITHDRAWAL = "withdrawal"
    REVOCATION = "revocation"
    REDUCTION = "reduction"
    FINAL = "final"
    REFUSAL = "refusal"
    LAPSE = "lapse"


class Reach(StrEnum):
    """From when a withdrawal or revocation works."""

    PAST = "past"
    FUTURE = "future"


REACHES: Mapping[str, str] = {
    Reach.PAST: msg("mit Wirkung für die Vergangenheit"),
    Reach.FUTURE: msg("mit Wirkung für die Zukunft"),
}
Hearing = Literal["always", "if_less", "never"]
Wish = Literal["always", "if_less", "never"]
Sign = Literal["less", "more", "any", "none"]


@dataclass(frozen=True)
class Path:
    """What an act of a kind rests on and needs.

    ``basis`` is the section of the administrative procedure act, which the states have in the same
    words (:meth:`basis_in`); empty where the act grants anew and rests on what its notice does: the
    section that says what a notice is (§ 35) empowers nobody. ``sign`` is where it may move the
    amount. With ``claims`` it reaches money paid out, which is then claimed back; a kind with
    ``reach`` only does for the past.
    ``event`` is an outward event with its day and evidence: weighing things anew inside the
    authority is none. ``year`` is the period from knowledge (§ 48 Abs. 4). ``reserved`` needs the
    reservation of a final notice. ``wish`` says when the recipient has to have asked for it or
    agreed: without that only a withdrawal or a revocation takes a grant away.
    """

    kind: Kind
    label: str
    basis: str
    sign: Sign
    hearing: Hearing = "never"
    discretion: bool = False
    year: bool = False
    reach: bool = False
    claims: bool = False
    event: bool = False
    reserved: bool = False
    wish: Wish = "never"

    def basis_in(self, act: str) -> str:
        """The basis in a state's act: "§ 48 HVwVfG"; empty where it needs none."""
        return f"{self.basis} {act}" if self.basis else ""


PATHS: Mapping[Kind, Path] = {
    path.kind: path
    for path in (
        Path(Kind.AMENDMENT, msg("Änderungsbescheid"), "", "any", wish="if_less"),
        Path(Kind.SUPPLEMENT, msg("Ergänzungsbescheid"), "", "more", wish="always"),
        Path(Kind.RELEASE, msg("Freimeldung"), "", "less", wish="always"),
        Path(
            Kind.WITHDRAWAL,
            msg("Rücknahme"),
            "§ 48",
            "less",
            "always",
            discretion=True,
            year=True,
            reach=True,
            claims=True,
        ),
        Path(
            Kind.REVOCATION,
            msg("Widerruf"),
            "§ 49",
            "less",
            "always",
            discretion=True,
            year=True,
            reach=True,
            claims=True,
        ),
        Path(
            Kind.REDUCTION,
            msg("Ermäßigung durch auflösende Bedingung"),
            "§ 36 Abs. 2 Nr. 2",
            "less",
            "always",
            claims=True,
            event=True,
        ),
        Path(
            Kind.FINAL,
            msg("Schlussbescheid"),
            "",
            "any",
            "if_less",
            claims=True,
            reserved=True,
        ),
        Path(Kind.REFUSAL, msg("Ablehnung"), "", "none"),
        Path(Kind.LAPSE, msg("Erledigung"), "§ 43 Abs. 2", "less", event=True),
    )
}
"""The kinds of acts, by kind."""
