"""What people send in, turned into frozen commands."""

from zielwerk.agreements.forms.review import ReviewForm
from zielwerk.agreements.forms.upload import UploadForm, received

__all__ = ["ReviewForm", "UploadForm", "received"]
