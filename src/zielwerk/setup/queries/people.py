"""Whether the organisations have the people that four eyes need."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zielwerk.core import roles
from zielwerk.identity.models import House, Post


@dataclass(frozen=True)
class Staff:
    """The persons who hold posts in an organisation on a day, by number: who may do what."""

    entering: frozenset[int] = frozenset()
    deciding: frozenset[int] = frozenset()
    administering: frozenset[int] = frozenset()

    @property
    def is_enough(self) -> bool:
        """Whether one can enter and another decide."""
        return bool(self.deciding) and len(self.entering | self.deciding) > 1

    @property
    def is_there(self) -> bool:
        """Whether anybody can take what one person takes alone."""
        return bool(self.entering | self.deciding)


def staffed(day: date) -> dict[House, Staff]:
    """The staff of every organisation for which somebody acts on a day; one query.

    Whoever was invited and has not come in yet counts: she has her post.
    """
    posts = Post.objects.filter(ended_at=None, person__is_active=True)
    held: dict[House, list[Post]] = defaultdict(list)
    for post in posts:
        if post.holds_on(day):
            held[post.house].append(post)
    return {house: _staff(of_house) for house, of_house in held.items()}


def _staff(posts: Iterable[Post]) -> Staff:
    of = {
        name: frozenset(post.person_id for post in posts if post.role in wanted)
        for name, wanted in (
            ("entering", roles.ENTERING),
            ("deciding", roles.DECIDING),
            ("administering", roles.ADMINISTRATORS),
        )
    }
    return Staff(**of)
