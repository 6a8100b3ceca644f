"""What these pages read: the operator's file, the law of the land, the programme's easy words."""

from django.conf import settings

from zielwerk.packs import easy, land, loading, walk
from zielwerk.packs.easy import Easy
from zielwerk.packs.land import Authority, Norm, Task
from zielwerk.packs.operator import Operator, Review
from zielwerk.packs.walk import Walk


def operator() -> Operator:
    """What the public body says of itself."""
    found: Operator = settings.ENVIRONMENT.operator
    return found


def authority(task: Task) -> Authority | None:
    """Whom people may turn to: as the operator names it, else as the law of the land does."""
    of_land, _norms = land.named(loading.programme(settings.PROGRAMME).jurisdictions)
    named = (*operator().authorities, *of_land)
    return next((authority for authority in named if authority.code == task), None)


def norms(task: Task) -> tuple[Norm, ...]:
    """The norms to name, the land's own first."""
    _authorities, norms = land.named(loading.programme(settings.PROGRAMME).jurisdictions)
    return tuple(norm for norm in reversed(norms) if norm.code == task)


def review(page: str) -> Review | None:
    """The latest review of a page in Leichte Sprache by people of whom it is for."""
    reviews = [review for review in operator().reviews if review.page == page]
    return max(reviews, key=lambda review: review.day, default=None)


def screen_reader_walk() -> Walk:
    """The protocol for a walk with a screen reader."""
    return walk.load()


def easy_words() -> Easy:
    """The programme in Leichte Sprache."""
    return easy.load(settings.PROGRAMME)
