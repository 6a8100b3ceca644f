"""Reading a scan in a process of its own, which has limits of time and memory."""

from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from typing import Any

from zielwerk import apart
from zielwerk.rulebook.refusal import Refusal, Refused
from zielwerk.scans.codes import Code
from zielwerk.scans.model import Found, Origin, Page, Reading, Scan
from zielwerk.scans.refusals import kind_of, refused

SECONDS = 120
MOST_MEMORY = 2_000_000_000


def read(data: bytes, *, seconds: int = SECONDS, memory: int = MOST_MEMORY) -> Scan:
    """The pages of a PDF, PNG, JPEG or TIFF, whatever it is; Refused where it cannot be read."""
    kind_of(data)
    try:
        answer = apart.ask(__name__, None, data, seconds=seconds, memory=memory)
    except apart.TooLong as late:
        raise refused("long", seconds=seconds) from late
    except apart.Ended as ended:
        raise refused("memory") from ended
    if "refused" in answer:
        raise Refused(Refusal(**answer["refused"]))
    return unpacked(answer)


def answered(_question: None, data: bytes) -> Mapping[str, Any]:
    """The scan as JSON, in the process apart."""
    try:
        return asdict(import_module("zielwerk.scans.examination").examine(data))
    except Refused as no:
        return {"refused": asdict(no.refusals[0])}


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


if __name__ == "__main__":
    apart.serve(answered)
