"""What who audits chooses and fills in."""

from zielwerk.auditing.forms.log import LogFilters
from zielwerk.auditing.forms.looks import InquiryForm, LookFilters
from zielwerk.auditing.forms.seal import ProofForm, SealForm

__all__ = ["InquiryForm", "LogFilters", "LookFilters", "ProofForm", "SealForm"]
