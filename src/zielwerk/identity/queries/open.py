"""What is open to a person: cases that she began and that are not done; what came to her."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from zielwerk.core import capacity
from zielwerk.core.cases import KINDS, Case, parse
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import Handover, User
from zielwerk.rulebook.lifecycle import Look
from zielwerk.rulebook.refusal import Refusal, msg


def open_cases(person: User) -> list[str]:
    """The cases that a person began, or that came to her, and that are not done; by their names."""
    name = f"user:{person.pk}"
    by_her = Q(actor=name) | Q(actor__startswith=f"{name}@") | Q(actor__endswith=f"+{name}")
    acted_on = AuditEntry.objects.filter(by_her).values("subject")
    first = AuditEntry.objects.filter(subject__in=acted_on).order_by("pk")
    begun_by: dict[str, str] = {}
    for subject, actor in first.values_list("subject", "actor").iterator(chunk_size=2000):
        begun_by.setdefault(subject, actor)
    hers = {about for about, actor in begun_by.items() if name in capacity.persons(actor)}
    return sorted(_still_open(hers | set(came_to(person))))


def _still_open(names: Iterable[str]) -> Iterator[str]:
    """Those of some cases that wait for somebody's step; one query a kind."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for parsed in map(parse, names):
        if parsed:
            numbers[parsed[0].name].append(parsed[1])
    for name, pks in numbers.items():
        kind = KINDS[name]
        for case in kind.model._default_manager.filter(pk__in=pks):
            if any(step.task or step.look == Look.PRIMARY for step in kind.open_steps(case)):
                yield f"{name}:{case.pk}"


def came_to(person: User) -> list[str]:
    """The names of the cases that others handed over to a person."""
    handed = Handover.objects.filter(successor=person).values_list("cases", flat=True)
    return sorted({about for cases in handed for about in cases})


def handovers(person: User) -> list[Handover]:
    """What a person handed over, and what was handed over to her."""
    return list(Handover.objects.filter(Q(person=person) | Q(successor=person)))


def cases_of(user: Actor, programme: str, names: list[str]) -> list[Case]:
    """Those of some cases that a person sees."""
    found: list[Case] = []
    for kind in KINDS.values():
        numbers = [parsed[1] for name in names if (parsed := parse(name)) and parsed[0] is kind]
        if numbers:
            found += kind.seen(user, programme).filter(pk__in=numbers).order_by("pk")
    return found


def took_over(actor: Actor, audit_name: str) -> bool:
    """Whether what a person left behind under this name came to the actor, in the end."""
    found = having = set(capacity.numbers(audit_name))
    while found:
        successors = Handover.objects.filter(person__in=found).values_list("successor", flat=True)
        found = set(successors) - having
        having = having | found
    return not having.isdisjoint(capacity.numbers(actor.audit_name)[:1])


OWN_ALONE = msg("nur, wer es vorgelegt oder von dort übernommen hat")
ANOTHERS = Refusal(
    "identity.anothers",
    msg("Zurücknehmen kann das nur, wer es vorgelegt oder von dort übernommen hat."),
)


def is_anothers(actor: Actor, subject: object) -> Refusal | None:
    """Why somebody may not take a case back: it was not she who put it forward."""
    if not isinstance(subject, Case):
        return None
    name = subject.put_forward_by
    return None if capacity.did(actor, name) or took_over(actor, name) else ANOTHERS
