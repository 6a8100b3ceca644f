"""The way from a case's page to its file."""

from django.template.loader import render_to_string
from django.urls import reverse

from zielwerk.core import permissions
from zielwerk.core.cases import Case
from zielwerk.ui.views import Request


def url_of(case: Case, route: str = "case_file") -> str:
    """Where the file of a case is; one door for every kind, and no code of ours in it."""
    return reverse(f"filing:{route}", args=[case.seal_name.replace("_", "-"), case.pk])


def part(request: Request, case: Case) -> str:
    """The link to the file; nothing for whoever may not read files."""
    if permissions.role_refusal(request.user, "filing.look"):
        return ""
    return render_to_string("filing/part.html", {"url": url_of(case)}, request)


PARTS = (part,)
