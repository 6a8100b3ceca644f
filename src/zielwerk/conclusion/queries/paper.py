"""The file that is printed and signed by hand, and what a scan of it holds."""

from dataclasses import dataclass
from hashlib import sha256

from zielwerk.conclusion.models import Comparison, Conclusion, PreparedFile, SignedFile
from zielwerk.conclusion.queries.conclusions import draft_text
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.conclusion import why_scan_not_kept
from zielwerk.rulebook.refusal import Refusal
from zielwerk.rulebook.signatures import Way
from zielwerk.scans.apart import compare
from zielwerk.scans.findings import Findings, Kind

OF_OTHERS = (Kind.OTHER_DOCUMENT, Kind.OTHER_VERSION)


@dataclass(frozen=True)
class Compared:
    """A scan that was read and compared, and that nobody has kept yet."""

    conclusion: Conclusion
    name: str
    content: bytes
    findings: Findings

    @property
    def ags(self) -> str:
        return self.conclusion.ags

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()

    def why_not_kept(self, *, says_why: bool) -> tuple[Refusal, ...]:
        """Why it is not kept, by the rule."""
        return why_scan_not_kept(
            belonging=self.findings.found,
            is_of_other=any(one.kind in OF_OTHERS for one in self.findings.findings),
            stops=self.findings.stops,
            says_why=says_why,
        )


def printed(conclusion: Conclusion) -> StoredFile | None:
    """The file that is printed; None on the electronic way."""
    rows = PreparedFile.objects.filter(conclusion=conclusion, conclusion__way=Way.PAPER)
    found = rows.select_related("file").first()
    return found.file if found else None


def compared(conclusion: Conclusion, name: str, content: bytes, print_out: bytes) -> Compared:
    """A scan beside what was printed; raises Refused where it cannot be read. Nothing is kept."""
    text = draft_text(conclusion).content
    findings = compare(
        content,
        print_out,
        titles=[each.title for each in text.measures],
        parties=[side.name for side in conclusion.sides],
    )
    return Compared(conclusion, name, content, findings)


def comparison_of(kept: SignedFile) -> Comparison | None:
    """What was found of a signed copy; None of one that was compared with nothing."""
    found: Comparison | None = getattr(kept, "comparison", None)
    return found
