"""The signatures of each side as tables, the approvals, and the rule by which a side signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion, Signature
from zielwerk.core import permissions, stages
from zielwerk.language import German
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.rulebook.signatures import FORMS, Needed, Place, Signing
from zielwerk.ui.joined import JOINED


@dataclass(frozen=True)
class Row:
    """A place with its signature, or one that was struck out; ``enter_url`` where it is open."""

    place: Place
    signature: Signature | None = None
    entered_by: str = ""
    struck_by: str = ""
    enter_url: str = ""
    strike_url: str = ""

    @property
    def form(self) -> str:
        return FORMS[self.signature.form] if self.signature else ""

    @property
    def strike(self) -> Any:
        return getattr(self.signature, "strike", None)


@dataclass(frozen=True)
class SideTable:
    """A side: how it signs, and its places with what was signed."""

    needed: Needed
    rule: list[tuple[str, object]]
    rows: list[Row]


@dataclass(frozen=True)
class Approval:
    """That somebody approved the version: which stage, who, when."""

    label: str
    by: str
    at: datetime


def side_tables(
    request: HttpRequest, conclusion: Conclusion, signatures: Sequence[Signature]
) -> list[SideTable]:
    """Each side with its places, in order; what was struck out stands below its place."""
    counting = {each.place: each for each in queries.counting(conclusion, signatures)}
    audit_names = {each.entered_by for each in signatures}
    audit_names |= {each.strike.struck_by for each in signatures if hasattr(each, "strike")}
    names = JOINED.names_for(request, audit_names)
    tables = []
    for needed in conclusion.sides:
        rows: list[Row] = []
        for place in needed.places:
            signature = counting.get(place.id)
            rows.append(
                Row(
                    place,
                    signature,
                    names[signature.entered_by] if signature else "",
                    enter_url="" if signature else enter_url(request, conclusion, place),
                    strike_url=strike_url(request, conclusion, signature) if signature else "",
                )
            )
            rows += [
                Row(place, each, names[each.entered_by], names[each.strike.struck_by])
                for each in signatures
                if each.place == place.id and hasattr(each, "strike")
            ]
        tables.append(SideTable(needed, rule_rows(needed.rule), rows))
    return tables


def enter_url(request: HttpRequest, conclusion: Conclusion, place: Place) -> str:
    """Where the person enters the signature of a place; empty where she does not."""
    if conclusion.state != ConclusionState.SIGNING:
        return ""
    user: Any = request.user
    verb = "conclusion.enter" if user.side == place.side else "conclusion.enter_for"
    if permissions.refusal(user, verb, conclusion):
        return ""
    return f"{reverse('conclusion:enter', args=[conclusion.pk])}?stelle={place.id}"


def strike_url(request: HttpRequest, conclusion: Conclusion, signature: Signature) -> str:
    """Where the person strikes a signature out; empty where she does not."""
    if conclusion.state != ConclusionState.SIGNING:
        return ""
    signature.conclusion = conclusion
    if permissions.refusal(request.user, "conclusion.strike", signature):  # type: ignore[arg-type]
        return ""
    return reverse("conclusion:strike", args=[conclusion.pk, signature.pk])


def rule_rows(rule: Signing) -> list[tuple[str, object]]:
    """How a side signs, as terms and values."""
    yes = gettext("ja")
    rows: list[tuple[str, object]] = [
        (msg("Wer unterschreibt"), [German(office) for office in rule.signers]),
        (msg("Form"), [gettext(FORMS[form]) for form in rule.forms]),
    ]
    if rule.needs_seal:
        rows.append((msg("Dienstsiegel"), yes))
    if rule.needs_resolution:
        rows.append((msg("Beschluss vorher"), yes))
    if rule.current_business_cents:
        rows.append((msg("laufende Verwaltung bis"), Cents(rule.current_business_cents)))
    if rule.basis:
        rows.append((msg("Rechtsgrundlage"), German(rule.basis)))
    if rule.is_assumed:
        rows.append((msg("Quelle"), Said(ASSUMED)))
    return rows


def approvals(request: HttpRequest, conclusion: Conclusion) -> list[Approval]:
    """Who approved the version, in order."""
    names = JOINED.names_for(request, {each["by"] for each in conclusion.approvals})
    return [
        Approval(stages.label_of(each), names[each["by"]], datetime.fromisoformat(each["at"]))
        for each in conclusion.approvals
    ]


ASSUMED = msg("angenommen; keine öffentliche Quelle nennt es so")
