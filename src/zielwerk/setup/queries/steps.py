"""Whether the first page is open, which steps were taken, and what each is about today."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from zielwerk.identity import queries as identity
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.setup.models import SetupCode, SetupStep

Step = SetupStep.Step


def is_empty() -> bool:
    """Whether nobody was ever added: only then may somebody come in without being let in."""
    return not identity.anybody()


def is_open() -> bool:
    """Whether the first page may be used; in a demo and after the first person it never is."""
    return not settings.DEMO and is_empty()


def token_digest(token: str) -> str:
    return hashlib.sha256(f"token {token}".encode()).hexdigest()


def opens(token: str) -> bool:
    """Whether a browser is the one that the code let in."""
    kept = SetupCode.objects.filter(pk=1).values_list("digest", flat=True).first()
    return bool(token and kept) and secrets.compare_digest(str(kept), token_digest(token))


def has_mail() -> bool:
    """Whether the settings name a way for mails to go out."""
    return getattr(settings, "MAIL", settings) is not None


def taken() -> dict[str, SetupStep]:
    """The steps that were taken, by their code; one query."""
    return {row.step: row for row in SetupStep.objects.all()}


def ministry(today: date) -> str:
    """The name under which the ministry acts: as it was confirmed, else as the pack has it."""
    kept = SetupStep.objects.filter(step=Step.MINISTRY).first()
    if kept and kept.facts.get("name"):
        return str(kept.facts["name"])
    programme = settings.PROGRAMME
    rules = packs.load(programme, programmes.running_year(programme, today))
    return competence.title(rules, "ministry", today)


def what_there_is(step: str, today: date) -> Mapping[str, Any]:
    """What a step is about as pack and settings have it today, as it is kept when it is taken."""
    programme = settings.PROGRAMME
    rules = packs.load(programme, programmes.running_year(programme, today))
    if step == Step.PROGRAMME:
        return {"programme": programme, "years": packs.years(programme)}
    if step == Step.MINISTRY:
        return {"name": competence.title(rules, "ministry", today)}
    if step == Step.AUTHORITIES:
        found = competence.named(rules.organisations, "authority", rules.period)
        return {"authorities": [[each.code, str(each.name)] for each in found]}
    if step == Step.BODIES:
        return {"bodies": [body.ags for body in packs.bodies_in(programme, rules.year)]}
    if step == Step.ADDRESS:
        return {"address": settings.ENVIRONMENT.address}
    if step == Step.MAIL and has_mail():
        return {"backend": settings.EMAIL_BACKEND, "host": settings.EMAIL_HOST}
    return {}
