"""What the addresses of notices and acts are about: issued ones, as the body sees them too."""

from collections.abc import Callable

from tests.journeys.access.scene import Scene, Things, of_bodies, pk
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.rulebook.grant.course import GrantState

NOTICE, ACT = "arbeit/bescheide/<int:pk>", "arbeit/bescheide/aenderungen/<int:pk>"


def notices(scene: Scene) -> Things:
    return of_bodies(GrantNotice.objects.filter(state=GrantState.ISSUED).order_by("-pk"), pk)


def acts(scene: Scene) -> Things:
    return of_bodies(GrantAct.objects.filter(state=GrantState.ISSUED).order_by("-pk"), pk)


def events(things: Callable[[Scene], Things]) -> Callable[[Scene], Things]:
    """About an event of each of them."""
    return lambda scene: {
        name: type(thing)((*thing.parts, "received"), thing.seen)
        for name, thing in things(scene).items()
    }


def decided(scene: Scene) -> Things:
    """The applications that notices decide about."""
    rows = GrantNotice.objects.filter(state=GrantState.ISSUED).order_by("-pk")
    return of_bodies(rows, lambda row: (str(row.application_id),))


OF_GRANTS: dict[str, Callable[[Scene], Things]] = {
    NOTICE: notices,
    **{
        f"{NOTICE}/{name}": notices
        for name in ("entwurf", "bescheid.pdf", "vorschau.pdf", "aendern", "freimelden")
    },
    f"{NOTICE}/ereignisse/<slug:kind>": events(notices),
    ACT: acts,
    **{f"{ACT}/{name}": acts for name in ("entwurf", "bescheid.pdf", "vorschau.pdf")},
    f"{ACT}/ereignisse/<slug:kind>": events(acts),
    "arbeit/antraege/<int:pk>/bescheid": decided,
}
