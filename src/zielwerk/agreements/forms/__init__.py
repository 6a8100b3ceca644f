"""What people send in, turned into frozen commands."""

from zielwerk.agreements.forms.changing import AnnulmentForm, ChangeForm
from zielwerk.agreements.forms.review import ReviewForm
from zielwerk.agreements.forms.teaching import LessonForm
from zielwerk.agreements.forms.upload import UploadForm, read_text

__all__ = ["AnnulmentForm", "ChangeForm", "LessonForm", "ReviewForm", "UploadForm", "read_text"]
