"""Reads of the log: what it is about, what a seal says, what a proof holds; who looked."""

from zielwerk.auditing.queries.about import (
    BODY,
    NUMBER,
    YEAR,
    entries,
    kind_label,
    of_records,
    subject_label,
    with_booking,
)
from zielwerk.auditing.queries.inquiries import (
    STATES,
    inquiries,
    inquiry,
    looks_of,
    open_to,
)
from zielwerk.auditing.queries.proof import Proof
from zielwerk.auditing.queries.seals import Comparison, compared, stray
from zielwerk.auditing.queries.verifications import (
    RESULTS,
    newest_covering,
    newest_result,
    result,
    said_counts,
    verification,
    verifications,
)

__all__ = [
    "BODY",
    "NUMBER",
    "RESULTS",
    "STATES",
    "YEAR",
    "Comparison",
    "Proof",
    "compared",
    "entries",
    "inquiries",
    "inquiry",
    "kind_label",
    "looks_of",
    "newest_covering",
    "newest_result",
    "of_records",
    "open_to",
    "result",
    "said_counts",
    "stray",
    "subject_label",
    "verification",
    "verifications",
    "with_booking",
]
