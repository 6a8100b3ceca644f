"""Signed copies with what was found of them, for both sides and for whoever checks."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion, SignedFile
from zielwerk.language import German
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.scans.findings import Findings
from zielwerk.ui.joined import JOINED


@dataclass(frozen=True)
class Exemplar:
    """A signed copy, who brought it, and what the comparison said, if it was compared."""

    kept: SignedFile
    by: str
    findings: Findings | None
    reason: str

    @property
    def label(self) -> str:
        return gettext(self._said[0])

    @property
    def look(self) -> str:
        return self._said[1]

    @property
    def heading(self) -> Said:
        """What opens the findings; its name is told from those of other copies."""
        return Said(FOUND, {"name": German(self.kept.name), "at": self.kept.entered_at})

    @property
    def _said(self) -> tuple[str, str]:
        if self.findings is None or not self.findings.findings:
            return WHOLE, "success"
        return (DIFFERS, "warning") if self.findings.stops else (TO_LOOK_AT, "info")


def exemplars(conclusion: Conclusion, request: HttpRequest | None = None) -> list[Exemplar]:
    """The signed copies, the newest first; who brought them is told where somebody asks."""
    files = queries.files(conclusion)
    who = {each.entered_by for each in files}
    names = JOINED.names_for(request, who) if request else {}
    found = []
    for kept in files:
        comparison = queries.comparison_of(kept)
        found.append(
            Exemplar(
                kept,
                names.get(kept.entered_by, ""),
                comparison.found if comparison else None,
                comparison.reason if comparison else "",
            )
        )
    return found


FOUND = msg("Befund zu {name}, abgelegt am {at}")
WHOLE = msg("alle Seiten da und in Folge")
TO_LOOK_AT = msg("anzusehen")
DIFFERS = msg("weicht ab")
