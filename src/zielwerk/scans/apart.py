"""Reading and comparing a scan in a process of its own, which has limits of time and memory."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib import import_module
from typing import Any

from zielwerk import apart
from zielwerk.scans.codes import Code
from zielwerk.scans.findings import Finding, Findings, Kind, Severity
from zielwerk.scans.model import Found, Origin, Page, Reading, Scan
from zielwerk.scans.refusals import kind_of, refused

SECONDS = 120
MOST_MEMORY = 2_000_000_000


def read(data: bytes, *, seconds: int = SECONDS, memory: int = MOST_MEMORY) -> Scan:
    """The pages of a PDF, PNG, JPEG or TIFF, whatever it is; Refused where it cannot be read."""
    return unpacked(_asked({"task": "read"}, data, seconds, memory))


def compare(
    data: bytes,
    print_out: bytes,
    *,
    titles: Iterable[str] = (),
    parties: Iterable[str] = (),
    seconds: int = SECONDS,
    memory: int = MOST_MEMORY,
) -> Findings:
    """A scan beside the PDF that was made to be printed; Refused where it cannot be read."""
    question = {
        "task": "compare",
        "print_out": print_out.hex(),
        "titles": list(titles),
        "parties": list(parties),
    }
    return findings_of(_asked(question, data, seconds, memory))


def _asked(question: Mapping[str, Any], data: bytes, seconds: int, memory: int) -> Any:
    kind_of(data)
    try:
        return apart.ask(__name__, question, data, seconds=seconds, memory=memory)[0]
    except apart.TooLong as late:
        raise refused("long", seconds=seconds) from late
    except apart.Ended as ended:
        raise refused("memory") from ended


def answered(question: Mapping[str, Any], data: bytes) -> tuple[Mapping[str, Any], bytes]:
    """The scan, or what is to be said of it, as JSON, in the process apart."""
    examine = import_module("zielwerk.scans.examination").examine
    scan = examine(data)
    if question["task"] == "read":
        return asdict(scan), b""
    comparison = import_module("zielwerk.scans.comparison")
    expected = comparison.approved(
        examine(bytes.fromhex(question["print_out"])),
        titles=question["titles"],
        parties=question["parties"],
    )
    return packed(comparison.compare(expected, scan)), b""


def unpacked(data: Mapping[str, Any]) -> Scan:
    """The scan that was packed."""
    return Scan(
        tuple(
            Page(
                tuple(Found(Code(**one["code"]), one["turned"]) for one in row["codes"]),
                row["others"],
                row["is_blank"],
                Reading(row["reading"]["text"], Origin(row["reading"]["origin"])),
            )
            for row in data["pages"]
        )
    )


def packed(findings: Findings) -> dict[str, Any]:
    """Findings as JSON, their sentences not yet in any language."""
    return {
        "found": findings.found,
        "pages": findings.pages,
        "findings": [
            {
                "kind": one.kind,
                "severity": one.severity,
                "said": apart.packed(one.said),
                "place": one.place,
            }
            for one in findings.findings
        ],
        "opening": apart.packed(findings.opening),
        "compared": [apart.packed(one) for one in findings.compared],
    }


def findings_of(data: Mapping[str, Any]) -> Findings:
    """The findings that were packed."""
    return Findings(
        data["found"],
        data["pages"],
        tuple(
            Finding(
                Kind(one["kind"]),
                Severity(one["severity"]),
                apart.unpacked(one["said"]),
                one["place"],
            )
            for one in data["findings"]
        ),
        apart.unpacked(data["opening"]),
        tuple(apart.unpacked(one) for one in data["compared"]),
    )


if __name__ == "__main__":
    apart.serve(answered)
