"""Pages of who audits."""

from zielwerk.auditing.views.log import log, proof, proof_file, seal_file
from zielwerk.auditing.views.looks import inquire, inquiries, inquiry, looks, release
from zielwerk.auditing.views.seals import compare
from zielwerk.auditing.views.verifications import (
    begin_verification,
    verification,
    verifications,
)

__all__ = [
    "begin_verification",
    "compare",
    "inquire",
    "inquiries",
    "inquiry",
    "log",
    "looks",
    "proof",
    "proof_file",
    "release",
    "seal_file",
    "verification",
    "verifications",
]
