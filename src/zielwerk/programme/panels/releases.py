"""What pages show of drafts and their releases."""

from dataclasses import dataclass

from django.urls import reverse

from zielwerk.core import permissions
from zielwerk.packs.model import Year
from zielwerk.programme import queries
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import FILE_NUMBER, STATE, Column
from zielwerk.ui.views import Request

RELEASES = (
    FILE_NUMBER,
    Column("year", msg("Programmjahr")),
    Column("version", msg("Regelfassung")),
    Column("proposed_at", msg("Vorgeschlagen")),
    STATE,
)


@dataclass(frozen=True)
class Draft:
    """A year whose rules are a draft: where it is proposed, or where the proposal lies."""

    year: int
    release_url: str
    release_number: str
    propose_url: str


def draft(request: Request, rules: Year) -> Draft | None:
    """What a page says of a draft; None where the rules are none."""
    if not queries.is_draft(rules):
        return None
    release = queries.open_release(rules.programme.code, rules.year)
    may_propose = not permissions.role_refusal(request.user, "programme.propose_release")
    return Draft(
        rules.year,
        reverse("programme:release", args=[release.pk]) if release else "",
        release.file_number if release else "",
        reverse("programme:propose_release", args=[rules.year])
        if may_propose and not release
        else "",
    )
