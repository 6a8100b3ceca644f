"""What the addresses of applications are about."""

from collections.abc import Callable

from django.db.models import QuerySet

from tests.journeys.access.scene import Scene, Things, of_bodies, pk
from zielwerk.funding.models import Application, Paper

CASE = "arbeit/antraege/<int:pk>"


def examined() -> QuerySet[Application]:
    """Those about which the authority asked, and that have a paper."""
    rows = Application.objects.filter(papers__isnull=False, questions__isnull=False)
    return rows.distinct().order_by("-pk")


def applications(scene: Scene) -> Things:
    """Those that are being examined and have a paper."""
    return of_bodies(examined(), pk)


def parts(*more: str) -> Callable[[Scene], Things]:
    """Parts of an application that each of them has."""
    return lambda scene: of_bodies(examined(), lambda row: (str(row.pk), *more))


def papers(scene: Scene) -> Things:
    rows = Paper.objects.filter(application__in=examined()).select_related("application")
    return of_bodies(rows.order_by("-pk"), lambda row: (str(row.application_id), str(row.pk)))


PAPERS = ("anlagen", "anlagen/herausnehmen")
MEASURES = ("massnahmen", "massnahmen/herausnehmen", "massnahmen/aufnehmen")
OF_APPLICATIONS: dict[str, Callable[[Scene], Things]] = {
    CASE: applications,
    **{
        f"{CASE}/{name}": applications
        for name in ("angaben", "angaben/sichern", "fragen", *MEASURES, *PAPERS)
    },
    **{f"{CASE}/massnahmen/<int:key>{door}": parts("1") for door in ("", "/sichern")},
    f"{CASE}/anlagen/<int:number>": papers,
    f"{CASE}/einreichungen/<int:number>.pdf": parts("1"),
    f"{CASE}/fragen/<int:number>": parts("1"),
    f"{CASE}/fragen/<int:number>/zurueckziehen": parts("1"),
    f"{CASE}/pruefung/<str:aspect>": parts("goals"),
}
WRITTEN = (f"{CASE}/angaben", f"{CASE}/massnahmen/<int:key>")
"""Pages that everybody reads who sees the application, and that some may write on."""
