"""What was taken over and asks to be looked at, on the desk of whoever plans."""

from django.conf import settings
from django.template.loader import render_to_string

from zielwerk.core import permissions
from zielwerk.measures import queries
from zielwerk.ui.views import Request


def on_the_desk(request: Request) -> str:
    """How many details are to be reviewed, for the body whose they are; nothing where none is."""
    user = request.user
    if not user.ags or permissions.role_refusal(user, "measures.tick"):
        return ""
    programme = settings.PROGRAMME
    context = {
        "number": queries.to_review_count(user, programme),
        "targets": queries.targets_to_review_count(user, programme),
    }
    return render_to_string("measures/on_the_desk.html", context) if any(context.values()) else ""


DESK_PARTS = (on_the_desk,)
