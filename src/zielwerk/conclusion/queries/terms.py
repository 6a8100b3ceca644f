"""What a text that was signed says, as the terms of an agreement."""

from collections.abc import Iterable
from dataclasses import replace

from zielwerk.conclusion.models import Resolution, Signature
from zielwerk.drafting.changes import AGREED, FRESH
from zielwerk.drafting.model import Document
from zielwerk.drafting.recorded import naming
from zielwerk.drafting.views import clause_texts
from zielwerk.language import value_text
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Clause, Earmark, Measure, Terms
from zielwerk.rulebook.agreement import Signature as Signed

PARTIES = {"body": "region", "ministry": "ministry", "authority": "authority"}
"""What the terms of an agreement call each side."""


def terms_of(
    text: Document,
    signatures: Iterable[Signature],
    resolution: Resolution | None = None,
) -> Terms:
    """The terms of the agreement that is made of a text once it was signed."""
    content = text.content
    programme, year = content.programme, content.year
    body = next(
        (each for each in packs.bodies_in(programme, year) if each.ags == content.ags), None
    )
    sides = packs.programme(programme).document.sides
    return Terms(
        programme=programme,
        year=year,
        ags=content.ags,
        body_name=body.name if body else content.region,
        body_kind=str(body.kind.label) if body else "",
        ministry=content.ministry if "ministry" in sides else "",
        amount_cents=content.amount_cents,
        granting_authority=content.granting_authority,
        frameworks=tuple(each.label for each in content.frameworks),
        legal_areas=content.legal_areas,
        measures=tuple(
            Measure(each.type, each.title, each.amount_cents, each.places)
            for each in content.measures
        ),
        earmarks=tuple(
            Earmark(each.code, each.amount_cents, "unknown" if each.amount_cents is None else "yes")
            for each in content.earmarks
        ),
        meeting=content.meeting,
        resolution=resolution_said(resolution) if resolution else "",
        signatures=tuple(
            Signed(
                PARTIES[each.side],
                each.name,
                each.office,
                each.town or None,
                each.signed_on.isoformat(),
                acting=each.acting or None,
            )
            for each in signatures
        ),
        clauses=tuple(Clause(*clause) for clause in clause_texts(text)),
    )


def carried(terms: Terms, before: Terms) -> Terms:
    """The terms of a change with what held before and has no place of its own in a drafted text.

    What the body adds of its own holds on unless the wording named it and does not any more; a
    measure keeps where it is and what is to be reached; a purpose whose amount stays is inside
    the total, or not, as before.
    """
    where = {(each.type, each.title): each for each in before.measures}
    inside = {(each.code, each.amount_cents): each.inside_total for each in before.earmarks}
    measures = tuple(_placed(each, where.get((each.type, each.title))) for each in terms.measures)
    earmarks = tuple(
        replace(each, inside_total=inside.get((each.code, each.amount_cents), each.inside_total))
        for each in terms.earmarks
    )
    own_share = _own_share(terms, before)
    return replace(terms, own_share_cents=own_share, measures=measures, earmarks=earmarks)


def _placed(measure: Measure, before: Measure | None) -> Measure:
    return replace(measure, place=before.place, target=before.target) if before else measure


def _own_share(terms: Terms, before: Terms) -> int | None:
    if before.own_share_cents is None:
        return None
    named = naming(before.own_share_cents)
    then, now = (any(named.search(e.text) for e in one.clauses) for one in (before, terms))
    return None if then and not now else before.own_share_cents


def resolution_said(resolution: Resolution) -> str:
    """A resolution as documents cite it: "Beschluss des Magistrats vom 3. März 2026, Nr. 12"."""
    day = value_text(resolution.resolved_on, "de")
    return f"{resolution.organ}, Beschluss vom {day}, {resolution.number}"


def plans_of(text: Document) -> dict[int, str]:
    """The numbers of the plans that measures of a text come from, by their place in it."""
    measures = enumerate(text.content.measures, 1)
    return {place: each.id for place, each in measures if not each.id.startswith((AGREED, FRESH))}
