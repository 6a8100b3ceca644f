"""Who may plan, share out and move the programme's money, and who sees it."""

from zielwerk.core.permissions import Actor, Permission, in_perimeter
from zielwerk.programme.models import Adjustment, Scenario
from zielwerk.rulebook.refusal import Refusal, msg

MINISTRY = frozenset({"ministry"})
PLANNERS = frozenset({"ministry", "auditor"})
INSIDERS = frozenset({"ministry", "authority", "auditor"})
READERS = frozenset({"ministry", "authority", "body", "auditor"})
EVERYBODY_SIGNED_IN = READERS | {"provider"}


def proposed_it_herself(actor: Actor, thing: object) -> Refusal | None:
    if isinstance(thing, Scenario) and thing.proposed_by == actor.audit_name:
        return Refusal(
            "programme.four_eyes",
            msg("Sie haben dieses Szenario selbst vorgelegt. Entscheiden muss eine zweite Person."),
        )
    return None


def declared_it_herself(actor: Actor, thing: object) -> Refusal | None:
    if isinstance(thing, Adjustment) and thing.declared_by == actor.audit_name:
        return Refusal(
            "programme.four_eyes",
            msg("Sie haben diese Änderung selbst erklärt. Entscheiden muss eine zweite Person."),
        )
    return None


PERMISSIONS = (
    Permission("programme.look", msg("Regeln und Körperschaften ansehen"), EVERYBODY_SIGNED_IN),
    Permission("programme.keep_rules", msg("Regelfassung festhalten"), INSIDERS),
    Permission("programme.look_at_scenarios", msg("Verteilszenarien ansehen"), PLANNERS),
    Permission("programme.draft", msg("Verteilszenario bearbeiten"), MINISTRY),
    Permission("programme.propose", msg("Verteilszenario zur Entscheidung vorlegen"), MINISTRY),
    Permission("programme.consult", msg("Anhörung zum Verteilszenario vermerken"), MINISTRY),
    Permission("programme.send_back", msg("Verteilszenario zurückgeben"), MINISTRY),
    Permission(
        "programme.decide",
        msg("Verteilszenario entscheiden und buchen"),
        MINISTRY,
        unless=proposed_it_herself,
        unless_label=msg("nicht, wer es vorgelegt hat"),
    ),
    Permission(
        "programme.look_at_allocations",
        msg("Mittelzuweisungen ansehen"),
        READERS,
        scope=in_perimeter,
        scope_label=msg("Gebietskörperschaft: nur die eigenen"),
    ),
    Permission(
        "programme.waive",
        msg("Auf zugewiesene Mittel verzichten"),
        frozenset({"body", "ministry"}),
        scope=in_perimeter,
        scope_label=msg("Gebietskörperschaft: nur die eigenen"),
    ),
    Permission("programme.reallocate", msg("Mittel umverteilen oder decken"), MINISTRY),
    Permission(
        "programme.look_at_adjustments",
        msg("Mitteländerungen ansehen"),
        READERS,
        scope=in_perimeter,
        scope_label=msg("Gebietskörperschaft: nur die eigenen"),
    ),
    Permission(
        "programme.decide_adjustment",
        msg("Mitteländerung entscheiden"),
        MINISTRY,
        unless=declared_it_herself,
        unless_label=msg("nicht, wer sie erklärt hat"),
    ),
    Permission(
        "programme.reject_adjustment",
        msg("Mitteländerung ablehnen"),
        MINISTRY,
        unless=declared_it_herself,
        unless_label=msg("nicht, wer sie erklärt hat"),
    ),
    Permission("programme.look_at_budget", msg("Haushaltsansätze ansehen"), INSIDERS),
    Permission("programme.budget", msg("Haushaltsansätze verbuchen"), MINISTRY),
    Permission("programme.import", msg("Tabellen einlesen"), MINISTRY),
    Permission("programme.look_at_imports", msg("Eingelesene Tabellen ansehen"), PLANNERS),
    Permission("programme.enter_party", msg("Beteiligte eintragen"), MINISTRY),
)
