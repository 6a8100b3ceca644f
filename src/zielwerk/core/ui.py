"""What every page's frame needs, and how forms are drawn. (UI kit)"""

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest


class FormRenderer(TemplatesSetting):
    """Draws fields with the UI kit's templates."""


def frame(request: HttpRequest) -> dict[str, object]:
    return {}
