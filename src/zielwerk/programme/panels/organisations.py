"""Ministry, granting authorities and courts: who they are on a day, and what they were called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from zielwerk.language import German
from zielwerk.packs import competence, naming
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Organisation, Programme, fact_texts
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg

FOR_ALL = Label(msg("alle Gebietskörperschaften"))
Scope = tuple[German | Label, ...]


@dataclass(frozen=True)
class Office:
    """An organisation as it is on a day, for whom it is competent, and its other names."""

    day: date
    present: Organisation | None
    scope: Scope
    others: tuple[Organisation, ...]

    @property
    def earlier(self) -> list[Organisation]:
        return [each for each in self.others if not self._is_later(each)]

    @property
    def later(self) -> list[Organisation]:
        return [each for each in self.others if self._is_later(each)]

    def _is_later(self, organisation: Organisation) -> bool:
        return (organisation.valid_from or date.min) > self.day


def by_role(day: date, versions: Sequence[Body] = ()) -> list[tuple[str, list[Office]]]:
    """The organisations of each role on a day, or those of a body, under the role's name."""
    organisations = packs.organisations(settings.PROGRAMME)
    programme = packs.programme(settings.PROGRAMME)
    of_roles = [
        (
            label,
            [
                Office(day, office.present, scope_of(office.present, programme), office.others)
                for office in competence.offices(organisations, role, day, versions)
            ],
        )
        for role, label in competence.ROLES.items()
    ]
    return [(label, offices) for label, offices in of_roles if offices]


def scope_of(organisation: Organisation | None, programme: Programme) -> Scope:
    """For whom an organisation is competent: all, those with values of facts, bodies by name."""
    return tuple(_scope(organisation, programme)) or (FOR_ALL,) if organisation else ()


def _scope(organisation: Organisation, programme: Programme) -> Iterator[German]:
    for fact in programme.body_facts:
        for label in fact_texts(fact, organisation.facts):
            yield German(f"{fact.label} {label}", f"{english(fact.label)} {english(label)}")
    yield from map(German, naming.shorts(programme.code, organisation.bodies))


def english(text: str) -> str:
    return getattr(text, "english", "") or text
