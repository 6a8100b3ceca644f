"""The verbs of conclusions: beginning, signing, the stages, and who must sign."""

from zielwerk.conclusion.actions.beginning import NewConclusion, begin
from zielwerk.conclusion.actions.deciding import NewSigning, decide_signing
from zielwerk.conclusion.actions.electronic import keep_signed
from zielwerk.conclusion.actions.paper import NewScan, keep_scan
from zielwerk.conclusion.actions.signing import (
    NewFile,
    NewResolution,
    NewSignature,
    NewStrike,
    enter,
    enter_for,
    keep_file,
    resolve,
    strike,
)
from zielwerk.conclusion.actions.stepping import (
    abandon,
    check,
    conclude,
    intended,
    note,
    resume,
    send_back,
    take_back,
)

__all__ = [
    "NewConclusion",
    "NewFile",
    "NewResolution",
    "NewScan",
    "NewSignature",
    "NewSigning",
    "NewStrike",
    "abandon",
    "begin",
    "check",
    "conclude",
    "decide_signing",
    "enter",
    "enter_for",
    "intended",
    "keep_file",
    "keep_scan",
    "keep_signed",
    "note",
    "resolve",
    "resume",
    "send_back",
    "strike",
    "take_back",
]
