"""The grounds on which the law lets a notice be withdrawn or revoked: one is named, none written.

Whether money already paid out can be reached depends on the ground: a grant is revoked for the
past only where it was misused or a condition was not met (§ 49 Abs. 3 VwVfG), for all other
grounds for the future (§ 49 Abs. 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zielwerk.rulebook.grant.paths import Kind
from zielwerk.rulebook.refusal import msg


@dataclass(frozen=True)
class Ground:
    """A ground with its place in the law; ``past`` where it carries an effect for the past."""

    label: str
    place: str
    past: bool = True

    def basis_in(self, act: str) -> str:
        """Its place in a state's act: "§ 49 Abs. 3 Satz 1 Nr. 1 HVwVfG"."""
        return f"{self.place} {act}"


GROUNDS: Mapping[Kind, Mapping[str, Ground]] = {
    Kind.REVOCATION: {
        "misused": Ground(
            msg("nicht, nicht alsbald oder nicht mehr für den Zweck verwendet"),
            "§ 49 Abs. 3 Satz 1 Nr. 1",
        ),
        "condition": Ground(
            msg("eine Auflage nicht oder nicht in der Frist erfüllt"), "§ 49 Abs. 3 Satz 1 Nr. 2"
        ),
        "reserved": Ground(
            msg("Widerruf durch Rechtsvorschrift zugelassen oder im Bescheid vorbehalten"),
            "§ 49 Abs. 2 Satz 1 Nr. 1",
            past=False,
        ),
        "facts": Ground(
            msg("neue Tatsachen, ohne Widerruf wäre das öffentliche Interesse gefährdet"),
            "§ 49 Abs. 2 Satz 1 Nr. 3",
            past=False,
        ),
        "law": Ground(
            msg(
                "geänderte Rechtsvorschrift, ohne Widerruf wäre das öffentliche Interesse gefährdet"
            ),
            "§ 49 Abs. 2 Satz 1 Nr. 4",
            past=False,
        ),
        "harm": Ground(
            msg("schwere Nachteile für das Gemeinwohl sind zu verhüten oder zu beseitigen"),
            "§ 49 Abs. 2 Satz 1 Nr. 5",
            past=False,
        ),
    },
    Kind.WITHDRAWAL: {
        "deceit": Ground(
            msg("rechtswidrig, durch Täuschung, Drohung oder Bestechung erwirkt"),
            "§ 48 Abs. 2 Satz 3 Nr. 1",
        ),
        "statements": Ground(
            msg("rechtswidrig, durch unrichtige oder unvollständige Angaben erwirkt"),
            "§ 48 Abs. 2 Satz 3 Nr. 2",
        ),
        "knowledge": Ground(
            msg("rechtswidrig, und die Empfängerin wusste es oder hätte es wissen müssen"),
            "§ 48 Abs. 2 Satz 3 Nr. 3",
        ),
        "weighed": Ground(
            msg("rechtswidrig, ihr Vertrauen ist nach Abwägung nicht schutzwürdig"),
            "§ 48 Abs. 2 Satz 1",
        ),
    },
}
"""By kind of act and code; kinds without an entry need no ground of this sort."""
