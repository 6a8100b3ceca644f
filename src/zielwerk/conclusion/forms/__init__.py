"""Input about conclusions: the way, signatures, reasons, files, resolutions, who must sign."""

from zielwerk.conclusion.forms.deciding import SigningForm
from zielwerk.conclusion.forms.filters import ConclusionFilter
from zielwerk.conclusion.forms.signing import (
    BeginForm,
    FileForm,
    ResolutionForm,
    SignatureForm,
    StrikeForm,
)

__all__ = [
    "BeginForm",
    "ConclusionFilter",
    "FileForm",
    "ResolutionForm",
    "SignatureForm",
    "SigningForm",
    "StrikeForm",
]
