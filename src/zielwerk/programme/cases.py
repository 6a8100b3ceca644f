"""The kind of case of this room: the release of a programme year."""

from zielwerk.core.cases import Kind
from zielwerk.programme import actions, queries
from zielwerk.programme.models import YearRelease
from zielwerk.rulebook.release import RELEASE, ReleaseState

RELEASES = Kind(
    model=YearRelease,
    tables=(RELEASE,),
    verbs=(actions.release, actions.send_back, actions.withdraw),
    page="programme:release",
    list_page="programme:releases",
    look="programme.look",
    visible=queries.releases,
    facts=lambda release, on: queries.facts_of_release(release),
    looks={ReleaseState.PROPOSED: "warning", ReleaseState.RELEASED: "success"},
    slots={"year": lambda release: str(release.year), "version": lambda release: release.version},
)
KINDS = (RELEASES,)
