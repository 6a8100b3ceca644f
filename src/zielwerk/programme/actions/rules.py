"""Keeping the rules that something is done under."""

from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.programme.models import RuleVersion


@action("programme.keep_rules")
def keep_rules(actor: Actor, programme: str, year: int, *, at: datetime) -> str:
    """Keep today's rule-set of a programme year, unless it is kept already; returns its version.

    Called by every act that is bound to the rules of its time.
    """
    rules = packs.load(programme, year)
    versions = RuleVersion.objects.filter(
        programme=programme, year=year, version=rules.rule_version
    )
    if not versions.exists():
        version = RuleVersion(
            programme=programme,
            year=year,
            version=rules.rule_version,
            rules=rules.model_dump(mode="json"),
            kept_at=at,
        )
        RuleVersion.objects.bulk_create([version], ignore_conflicts=True)  # a race keeps one
        seal(versions.get())
    return rules.rule_version
