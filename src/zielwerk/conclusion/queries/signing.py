"""Who must sign: by the rules of the year, or as it was decided for a body."""

from datetime import date

from zielwerk.conclusion.models import SigningDecision
from zielwerk.drafting.model import Content
from zielwerk.packs import loading as packs
from zielwerk.rulebook.signatures import Needed, Signing, needed_of


def is_concluded_here(programme: str, year: int) -> bool:
    """Whether the rules of a year let documents be signed here."""
    return year in packs.years(programme) and bool(
        packs.load(programme, year).procedure("conclusion")
    )


def signs(programme: str) -> tuple[str, ...]:
    """The sides that sign the document of a programme."""
    return packs.programme(programme).document.sides


def may_decide_of(programme: str) -> bool:
    """Whether bodies sign in a programme, so that it may be decided how one does."""
    return "body" in signs(programme)


def decision(programme: str, ags: str) -> SigningDecision | None:
    """What was decided last of how a body signs; None where nobody decided."""
    return SigningDecision.objects.filter(programme=programme, ags=ags).order_by("pk").last()


def rule_of(programme: str, year: int, side: str, ags: str, day: date) -> Signing | None:
    """How a side signs, by the rules of the year; None where they do not know."""
    rules = packs.load(programme, year)
    body = next((each for each in packs.bodies_in(programme, year) if each.ags == ags), None)
    kind = body.kind.code if body and side == "body" else ""
    stated = rules.signing(side, kind, day)
    if stated is None:
        return None
    return Signing(
        side,
        tuple(str(office) for office in stated.signers),
        stated.forms,
        stated.seal,
        stated.resolution,
        stated.current_business_cents,
        str(stated.basis),
        stated.source.assumed,
    )


def needed_for(content: Content, day: date) -> list[Needed]:
    """What each side must do under a text that is concluded on a day.

    Sides of which nobody knows how they sign are left out, see :func:`unknown_sides`.
    """
    found = []
    for side in signs(content.programme):
        decided = decision(content.programme, content.ags) if side == "body" else None
        if decided:
            rule: Signing | None = decided.signing
        else:
            rule = rule_of(content.programme, content.year, side, content.ags, day)
        if rule:
            name = text_of_side(content, side)
            found.append(needed_of(name, rule, content.amount_cents, decided=bool(decided)))
    return found


def unknown_sides(content: Content, day: date) -> list[str]:
    """The sides of which nobody knows how they sign."""
    known = {each.side for each in needed_for(content, day)}
    return [side for side in signs(content.programme) if side not in known]


def text_of_side(content: Content, side: str) -> str:
    """What a text calls a side."""
    names = {
        "body": content.region,
        "ministry": content.ministry,
        "authority": content.granting_authority,
    }
    return names[side]
