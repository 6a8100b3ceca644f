"""What is open to a person: cases that she began and that are not done; what came to her."""

from django.db.models import Q

from zielwerk.core import capacity
from zielwerk.core.cases import KINDS, Case, parse
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import Handover, User


def open_cases(person: User) -> list[str]:
    """The cases that a person began, or that came to her, and that are not done; by their names."""
    name = f"user:{person.pk}"
    by_her = Q(actor=name) | Q(actor__startswith=f"{name}@") | Q(actor__endswith=f"+{name}")
    acted_on = set(AuditEntry.objects.filter(by_her).values_list("subject", flat=True))
    first = AuditEntry.objects.filter(subject__in=acted_on).order_by("pk")
    begun_by: dict[str, str] = {}
    for subject, actor in first.values_list("subject", "actor"):
        begun_by.setdefault(subject, actor)
    hers = {about for about, actor in begun_by.items() if name in capacity.persons(actor)}
    hers |= set(came_to(person))
    return [about for about in sorted(hers) if _is_open(about)]


def came_to(person: User) -> list[str]:
    """The names of the cases that others handed over to a person."""
    handed = Handover.objects.filter(successor=person).values_list("cases", flat=True)
    return sorted({about for cases in handed for about in cases})


def cases_of(user: Actor, programme: str, names: list[str]) -> list[Case]:
    """Those of some cases that a person sees."""
    found: list[Case] = []
    for kind in KINDS.values():
        numbers = [parsed[1] for name in names if (parsed := parse(name)) and parsed[0] is kind]
        if numbers:
            found += kind.seen(user, programme).filter(pk__in=numbers).order_by("pk")
    return found


def _is_open(about: str) -> bool:
    parsed = parse(about)
    if parsed is None:
        return False
    kind, number = parsed
    case = kind.model._default_manager.filter(pk=number).first()
    return case is not None and bool(kind.open_steps(case))


def took_over(actor: Actor, audit_name: str) -> bool:
    """Whether what a person left behind under this name came to the actor."""
    left, own = capacity.numbers(audit_name), capacity.numbers(actor.audit_name)[:1]
    return Handover.objects.filter(person__in=left, successor__in=own).exists()
