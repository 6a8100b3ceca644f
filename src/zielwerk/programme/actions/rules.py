"""Keeping the rules that something is done under."""

from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import queries
from zielwerk.programme.models import RuleVersion
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@action("programme.keep_rules")
def keep_rules(actor: Actor, programme: str, year: int, *, at: datetime) -> str:
    """Keep today's rule-set of a programme year, unless it is kept already; returns its version.

    Called by every act that is bound to the rules of its time; refused while they are a draft.
    """
    rules = packs.load(programme, year)
    if queries.is_draft(rules):
        params = {"year": str(year), "version": rules.rule_version}
        raise Refused(Refusal("programme.draft_rules", _DRAFT, params))
    keep(rules, at=at)
    return rules.rule_version


def keep(rules: Year, *, at: datetime) -> None:
    """Keep a rule-set in its version, unless it is kept already."""
    programme, year = rules.programme.code, rules.year
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


_DRAFT = msg(
    "Die Regeln des Programmjahrs {year} sind ein Entwurf und in ihrer Fassung {version} noch"
    " nicht freigegeben. Erst nach der Freigabe kann unter ihnen gehandelt werden."
)
