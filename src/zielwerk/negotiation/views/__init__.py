"""Pages of drafts."""

from zielwerk.negotiation.views.amending import amend, amend_after_cut, amend_pair
from zielwerk.negotiation.views.checking import check
from zielwerk.negotiation.views.deciding import (
    accept_proposal,
    proposals,
    propose_plans,
    reject_proposal,
    withdraw_proposal,
)
from zielwerk.negotiation.views.drafts import draft, drafts, new, redraft, whole_year
from zielwerk.negotiation.views.places import (
    change,
    close_node,
    comment,
    comment_internally,
    open_node,
    place,
)
from zielwerk.negotiation.views.versions import chain, compare, version_file

__all__ = [
    "accept_proposal",
    "amend",
    "amend_after_cut",
    "amend_pair",
    "chain",
    "change",
    "check",
    "close_node",
    "comment",
    "comment_internally",
    "compare",
    "draft",
    "drafts",
    "new",
    "open_node",
    "place",
    "proposals",
    "propose_plans",
    "redraft",
    "reject_proposal",
    "version_file",
    "whole_year",
    "withdraw_proposal",
]
