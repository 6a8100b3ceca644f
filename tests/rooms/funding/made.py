"""An application, begun, written whole and taken as far as a test needs it."""

from datetime import datetime, timedelta
from io import BytesIO

import pypdfium2
from django.conf import settings

from zielwerk.config import world_funding
from zielwerk.config.cast import Cast
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import NewApplication, Writing, Written
from zielwerk.funding.models import Application
from zielwerk.identity.models import User

PACE = timedelta(minutes=5)


def year() -> int:
    return queries.years(settings.PROGRAMME)[-1]


def at() -> datetime:
    """A moment some weeks before the last day."""
    return world_funding.beginning(settings.PROGRAMME, year())


def begun(cast: Cast) -> Application:
    new = NewApplication(settings.PROGRAMME, year(), cast.body.ags)
    return actions.apply(cast.body, new, at=at())


def whole(cast: Cast) -> Application:
    """One that nothing keeps from being handed in."""
    application = begun(cast)
    world_funding.whole(cast.body, application, at() + PACE)
    return application


def handed_in(cast: Cast) -> Application:
    return actions.hand_in(cast.body, whole(cast), at=at() + 2 * PACE)


def write(
    actor: User, application: Application, answers: dict[str, str], seen: int | None = None
) -> Written:
    """Write from a page that showed all there was, or the entries up to ``seen``."""
    number = queries.said(application).number if seen is None else seen
    return actions.write(actor, Writing(application, number, answers), at=at() + PACE)


def words_of(pdf: bytes) -> str:
    """The words of a receipt in one line, as whoever reads it has them before her."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as paper:
        text = " ".join(
            paper[number].get_textpage().get_text_range() for number in range(len(paper))
        )
    return " ".join(text.split())


def clerk(cast: Cast, application: Application) -> User:
    return cast.pair("authority", application.ags)[0]
