"""Input about conclusions: the way, signatures, reasons, files, resolutions, who must sign."""

from zielwerk.conclusion.forms.added import AddedForm
from zielwerk.conclusion.forms.deciding import SigningForm
from zielwerk.conclusion.forms.filters import ConclusionFilter
from zielwerk.conclusion.forms.signing import (
    BeginForm,
    FileForm,
    ResolutionForm,
    ScanForm,
    SignatureForm,
    StrikeForm,
    entered_forms,
)

__all__ = [
    "AddedForm",
    "BeginForm",
    "ConclusionFilter",
    "FileForm",
    "ResolutionForm",
    "ScanForm",
    "SignatureForm",
    "SigningForm",
    "StrikeForm",
    "entered_forms",
]
