"""Pages of applications."""

from zielwerk.funding.views.applications import application, applications, begin
from zielwerk.funding.views.examining import answer, ask, settle, withdraw_question
from zielwerk.funding.views.papers import attach, paper, receipt, remove
from zielwerk.funding.views.writing import (
    add,
    head,
    keep,
    keep_measure,
    measure,
    put_back,
    take_out,
)

__all__ = [
    "add",
    "answer",
    "application",
    "applications",
    "ask",
    "attach",
    "begin",
    "head",
    "keep",
    "keep_measure",
    "measure",
    "paper",
    "put_back",
    "receipt",
    "remove",
    "settle",
    "take_out",
    "withdraw_question",
]
