"""What the addresses of pass-ons are about: those in force, as the Träger sees its own too."""

from collections.abc import Callable

from tests.journeys.access.grants import OF_GRANTS
from tests.journeys.access.scene import DISTRICT, OWN, Scene, Thing, Things, of_bodies, sees_body
from zielwerk.core import roles
from zielwerk.granting.models import GrantNotice
from zielwerk.passing.models import PassOn, ProviderPaper
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.passing.course import PassState

CASE = "arbeit/weiterleitungen/<int:pk>"


def sees(role: str, ags: str) -> bool:
    """A body's own, and those of the Träger that is of it."""
    is_traeger = role == "provider_contact" and ags == OWN
    return is_traeger or (roles.side_of(role) != roles.PROVIDER and sees_body(role, ags))


def pass_ons(scene: Scene) -> Things:
    return _things(scene, lambda case: (str(case.pk),))


def papers(scene: Scene) -> Things:
    return _things(
        scene,
        lambda case: (
            str(case.pk),
            str(ProviderPaper.objects.filter(pass_on=case).latest("pk").pk),
        ),
    )


def _things(scene: Scene, parts: Callable[[PassOn], tuple[str, ...]]) -> Things:
    """The first of the own body, of a neighbour and of another district, that have a paper."""
    rows = PassOn.objects.filter(state=PassState.IN_FORCE, providerpapers__isnull=False)
    found: Things = {}
    for row in rows.distinct().order_by("-pk"):
        near = "near" if row.ags.startswith(DISTRICT) else "far"
        name = "own" if row.ags == OWN else near
        found.setdefault(name, Thing(parts(row), lambda role, ags=row.ags: sees(role, ags)))
    assert set(found) == {"own", "near", "far"}, found
    return found


def notices(scene: Scene) -> Things:
    rows = GrantNotice.objects.filter(state=GrantState.ISSUED, amount_cents__gt=0)
    return of_bodies(rows.order_by("-pk"), lambda row: (str(row.pk), "1"))


OF_PASSING: dict[str, Callable[[Scene], Things]] = {
    CASE: pass_ons,
    **{
        f"{CASE}/{name}": pass_ons
        for name in (
            *("aendern", "ausgaben", "dokument", "entwurf"),
            *("unterlagen", "unterlagen/streichen", "vorschau.pdf"),
        )
    },
    f"{CASE}/unterlagen/<int:number>": papers,
    "arbeit/weiterleitungen/neu/<int:pk>/<slug:measure>": notices,
}
OF_NOTICES = {**OF_GRANTS, **OF_PASSING}
"""What is about notices, and about what bodies pass on of them."""
