"""Who drafts, puts forward and issues notices and acts on them, and who sees them."""

from zielwerk.core.capacity import did
from zielwerk.core.permissions import (
    OWN_ONLY,
    Actor,
    Barred,
    Exception_,
    Permission,
    in_perimeter,
    may_see,
)
from zielwerk.core.roles import DECIDING, ENTERING, STEERING, of_sides
from zielwerk.granting.models import GrantAct, Issuing
from zielwerk.identity import queries as identity
from zielwerk.rulebook.grant.paths import Kind
from zielwerk.rulebook.refusal import Refusal, msg

PROCEDURE = "grant"
NOBODY_ELSE = frozenset[str]()
AUTHORITY = of_sides(ENTERING, "authority")
SIDES = of_sides(ENTERING, "ministry", "authority")
DECIDERS = of_sides(DECIDING, "ministry", "authority")


def had_part(case: Issuing) -> list[str]:
    """Who wrote the amounts or put them forward, where somebody else has to issue it."""
    return [case.put_forward_by, case.written_by] if case.needs_second else []


def put_it_forward_herself(actor: Actor, subject: object) -> Refusal | None:
    """From an amount on somebody else issues; the database holds the same."""
    if isinstance(subject, Issuing) and any(did(actor, one) for one in had_part(subject) if one):
        return Refusal(
            "grant.four_eyes",
            msg("Sie haben daran geschrieben oder es vorgelegt. Erlassen muss jemand anderes."),
        )
    return None


def is_of_another_side(actor: Actor, subject: object) -> Refusal | None:
    """What a body releases it gives up itself; all else is the authority's."""
    is_release = isinstance(subject, GrantAct) and subject.kind == Kind.RELEASE
    is_body = "body" in actor.roles
    if is_release != is_body:
        sentence = OF_BODY if is_release else OF_AUTHORITY
        return Refusal("grant.other_side", sentence)
    return None


OF_BODY = msg("Eine Freimeldung gibt die Gebietskörperschaft selbst auf.")
OF_AUTHORITY = msg("Das gibt die Bewilligungsbehörde auf.")


def all_in_perimeter(actor: Actor, subject: object) -> bool:
    """A scope: whether every notice of a list is of a body within the actor's perimeter."""
    return all(may_see(actor, notice.ags) for notice in getattr(subject, "notices", ()))


def of(name: str, label: str, roles: frozenset[str]) -> Permission:
    """A permission about notices of the bodies within the perimeter."""
    return Permission(
        f"granting.{name}",
        label,
        roles,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        only_with=PROCEDURE,
    )


def given_up(name: str, label: str) -> Permission:
    """A permission of whoever drafted: the authority, or the body that releases."""
    return Permission(
        f"granting.{name}",
        label,
        AUTHORITY | of_sides(ENTERING, "body"),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        unless=is_of_another_side,
        unless_label=msg("eine Freimeldung nur die Gebietskörperschaft, alles andere die Behörde"),
        only_with=PROCEDURE,
    )


def stage(
    name: str,
    label: str,
    unless: Exception_ | None = None,
    why: str = "",
    sides: frozenset[str] = SIDES,
    barred: Barred | None = None,
) -> Permission:
    """A permission of whichever side the programme lets take a stage."""
    return Permission(
        f"granting.{name}",
        label,
        NOBODY_ELSE,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        unless=unless,
        unless_label=why,
        barred=barred,
        sides=sides,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
    )


PERMISSIONS = (
    Permission(
        "granting.follow",
        msg("Mit einem Antrag den Entwurf seines Bescheids beginnen oder verwerfen"),
        NOBODY_ELSE,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        sides=of_sides(ENTERING, "ministry", "authority", "body"),
        procedure="application",
        only_with=PROCEDURE,
    ),
    Permission(
        "granting.take_over",
        msg("Bescheid auf eine Nachfolgerin übergehen lassen"),
        STEERING,
    ),
    of("look", msg("Bescheide ansehen"), frozenset({"ministry", "authority", "body", "auditor"})),
    of(
        "look_at_season",
        msg("Saison der Anträge ansehen"),
        frozenset({"ministry", "authority", "auditor"}),
    ),
    of(
        "look_at_issued_together",
        msg("Gemeinsam erlassene Bescheide ansehen"),
        frozenset({"ministry", "authority", "auditor"}),
    ),
    of("draft", msg("Bescheid entwerfen"), AUTHORITY),
    of("write", msg("In den Entwurf eines Bescheids schreiben"), AUTHORITY),
    stage("put_forward", msg("Bescheid vorlegen")),
    stage("note", msg("Zwischenschritt eines Bescheids vermerken")),
    stage(
        "issue",
        msg("Bescheid erlassen"),
        put_it_forward_herself,
        msg("ab dem Betrag des Programms nicht, wer ihn geschrieben oder vorgelegt hat"),
        DECIDERS,
        had_part,
    ),
    Permission(
        "granting.issue_together",
        msg("Mehrere Bescheide zugleich erlassen"),
        NOBODY_ELSE,
        scope=all_in_perimeter,
        scope_label=OWN_ONLY,
        sides=DECIDERS,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
    ),
    stage("send_back", msg("Vorgelegten Bescheid zurückgeben")),
    stage(
        "take_back",
        msg("Vorlage eines Bescheids zurücknehmen"),
        identity.is_anothers,
        identity.OWN_ALONE,
    ),
    given_up("discard", msg("Entwurf eines Bescheids verwerfen")),
    given_up("restore", msg("Verworfenen Bescheid wiederherstellen")),
    of("enter", msg("Ereignis zu einem Bescheid eintragen"), AUTHORITY),
    Permission(
        "granting.reckon",
        msg("Tage von Bescheiden neu berechnen"),
        frozenset({"operator"}),
    ),
    of("change", msg("Änderung eines Bescheids entwerfen"), AUTHORITY),
    of("release", msg("Bewilligtes Geld frei melden"), of_sides(ENTERING, "body")),
)
