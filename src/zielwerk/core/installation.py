"""What this database is for: a demo or a real programme. It says so itself, once and for good.

The environment says how an installation is served; the database says what it holds. A demo person
may do anything without a password, so neither may ever be taken for the other.
"""

from datetime import datetime

from django.conf import settings

from zielwerk.core.models import Installation
from zielwerk.core.surroundings import Unusable
from zielwerk.rulebook.refusal import Refusal, msg

Kind = Installation.Kind
IS_DEMO = Refusal(
    "installation.is_demo",
    msg(
        "In dieser Datenbank liegt eine Vorführung. Daraus wird keine wirkliche Installation: "
        "Wählen Sie mit ZIELWERK_DATA einen neuen Ordner oder mit ZIELWERK_DATABASE_URL eine "
        "leere Datenbank."
    ),
)
IS_REAL = Refusal(
    "installation.is_real",
    msg(
        "Diese Datenbank gehört einer wirklichen Installation. Eine Vorführung wird daraus nicht: "
        "Entfernen Sie ZIELWERK_DEMO, oder wählen Sie mit ZIELWERK_DATA einen anderen Ordner."
    ),
)
NO_DEMO_HERE = Refusal(
    "installation.no_demo_here",
    msg(
        "Diese Installation ist nach ihren Einstellungen keine Vorführung (ZIELWERK_DEMO, "
        "ZIELWERK_HTTPS). Eine Vorführung braucht ihren eigenen Ordner und ZIELWERK_DEMO=1."
    ),
)


DEMO_LINE = msg("Vorführung – keine amtliche Anwendung")
DEVELOP_LINE = msg("Entwicklung – keine amtliche Anwendung")


def line() -> str:
    """What every page, sheet and document says that is of no real installation, in German."""
    if settings.DEBUG:
        return DEVELOP_LINE
    return DEMO_LINE if settings.DEMO else ""


def word() -> str:
    """With what the name of a file begins that is of no real installation."""
    if settings.DEBUG:
        return "entwicklung"
    return "vorfuehrung" if settings.DEMO else ""


def kind() -> str:
    """What the database is for; empty while nobody has begun anything in it."""
    found = Installation.objects.filter(pk=1).values_list("kind", flat=True).first()
    return str(found or "")


def backed_up_at() -> datetime | None:
    """Of when the newest backup is; None where there is none."""
    return Installation.objects.filter(pk=1).values_list("backed_up_at", flat=True).first()


def refuse_other_kind() -> None:
    """Refuse to work on a database that is for something else than the settings say."""
    found = kind()
    if found == Kind.DEMO and not settings.DEMO:
        raise Unusable(IS_DEMO)
    if found == Kind.REAL and settings.DEMO:
        raise Unusable(IS_REAL)
