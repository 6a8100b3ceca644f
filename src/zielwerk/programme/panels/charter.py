"""What a programme says once, as rows of a year's rules: organisations, bodies, procedures."""

from collections.abc import Iterator
from datetime import date

from zielwerk.language import German
from zielwerk.packs import competence, naming, phrases
from zielwerk.packs import loading as packs
from zielwerk.packs.due import day_of
from zielwerk.packs.model import Entry, Stage, Year
from zielwerk.programme.panels.organisations import scope_of
from zielwerk.rulebook.amendment import PART_LABELS
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.signatures import FORMS
from zielwerk.ui.tags.values import weekday

Cell = str | int | date | Cents | Label | tuple[str, ...] | None
Rows = Iterator[tuple[Entry, tuple[Cell, ...]]]
YES, NO = Label(msg("ja")), Label(msg("nein"))
SECOND_PERSON = Label(msg("eine zweite Person"))


def programme(year: Year) -> Rows:
    """Key, document and file numbers: what all cases of the programme share."""
    identifier, document = year.programme.identifier, year.programme.document
    sides = tuple(Label(phrases.SIDES[side]) for side in document.sides)
    number: Cell = document.per_year or Label(msg("beliebig viele"))
    key = German(f"{identifier.name} ({identifier.label})")
    yield identifier, (Label(msg("Schlüssel der Gebietskörperschaften")), key)
    values: tuple[tuple[str, Cell], ...] = (
        (msg("Schriftstück"), document.label),
        (msg("unterschrieben von"), sides),
        (msg("je Gebietskörperschaft und Jahr"), number),
        (msg("Geld bekommt"), Label(phrases.RECIPIENTS[document.recipient])),
        (
            msg("Eigene Ergänzungen"),
            Label(msg("möglich") if document.additions else msg("nicht vorgesehen")),
        ),
        (msg("Aktenzeichen des Schriftstücks"), document.prefix),
    )
    for label, value in values:
        yield document, (Label(label), value)
    if amendment := year.programme.amendment:
        parts = tuple(Label(PART_LABELS[part]) for part in amendment.may_change)
        yield amendment, (Label(msg("Änderbar durch einen Nachtrag")), parts)
    for procedure in year.programme.procedures:
        yield procedure, (Label(phrases.FILE_NUMBERS[procedure.code]), procedure.prefix)

    if strategy := year.programme.strategy:
        last = Label(msg("bis zu einem Tag, oder ohne bekanntes Ende"))
        of_strategy: tuple[tuple[str, Cell], ...] = (
            (msg("Regionale Strategie"), strategy.label),
            (msg("sie ist"), Label(phrases.PRECONDITIONS[strategy.precondition_of])),
            (msg("jeder regionale Akteur stimmt zu"), YES if strategy.consent else NO),
            (msg("sie gilt"), last if strategy.open_ended else Label(msg("bis zu einem Tag"))),
            (
                msg("Tage vor ihrem Ende, ab denen erinnert wird"),
                tuple(map(str, (strategy.reminder_days, *strategy.reminded_again))),
            ),
            (
                msg("erinnert wird"),
                tuple(Label(phrases.SIDES[side]) for side in strategy.reminded),
            ),
            (
                msg("das Ministerium kann sie für eine Körperschaft führen"),
                YES if strategy.drafted_for_bodies else NO,
            ),
        )
        for label, value in of_strategy:
            yield strategy, (Label(label), value)


def regional_actors(year: Year) -> Rows:
    """Whose consent is wanted, and by which fact of a body there are several of one."""
    labels = {fact.code: fact.label for fact in year.programme.body_facts}
    for each in year.regional_actors:
        validity = (each.valid_from, each.valid_until)
        yield each, (each.label, each.short, labels.get(each.per, ""), each.basis, *validity)


SIGNING = (
    *(msg("Bezeichnung"), msg("Seite"), msg("Wer unterschreibt"), msg("Form"), msg("Außerdem")),
    *(msg("laufende Verwaltung bis"), msg("Rechtsgrundlage"), msg("gilt ab"), msg("gilt bis")),
)


def signings(year: Year) -> Rows:
    """How each side signs: who, in which form, with what besides."""
    for rule in year.signings:
        forms = tuple(Label(FORMS[form]) for form in rule.forms)
        besides = ((rule.seal, msg("Dienstsiegel")), (rule.resolution, msg("Beschluss")))
        limit = Cents(rule.current_business_cents) if rule.current_business_cents else None
        yield (
            rule,
            (
                *(rule.label, Label(phrases.SIDES[rule.side]), rule.signers, forms),
                tuple(Label(word) for is_needed, word in besides if is_needed),
                *(limit, rule.basis, rule.valid_from, rule.valid_until),
            ),
        )


def organisations(year: Year) -> Rows:
    for each in year.organisations:
        role = Label(competence.ROLES[each.role])
        validity = (each.valid_from, each.valid_until)
        yield each, (each.name, role, each.short_name, scope_of(each, year.programme), *validity)


def body_kinds(year: Year) -> Rows:
    for kind in year.programme.body_kinds:
        validity = (kind.valid_from, kind.valid_until)
        yield kind, (kind.label, kind.plural, kind.offices, kind.organ, *validity)


def body_facts(year: Year) -> Rows:
    for fact in year.programme.body_facts:
        choices = tuple(choice.label for choice in fact.choices)
        several = YES if fact.many else NO
        yield fact, (fact.label, choices, several, fact.basis)


def successions(year: Year) -> Rows:
    for each in packs.successions_in(year):
        before, after = (
            tuple(naming.shorts(year.programme.code, keys))
            for keys in (each.predecessors, each.successors)
        )
        kind = Label(phrases.SUCCESSIONS[each.kind])
        yield each, (each.label, kind, each.day, before, after, each.text)


def stages(year: Year, procedure: str) -> Rows:
    """The stages of one procedure in their order."""
    for stage in year.procedure(procedure):
        yield stage, _stage(stage, year)


def _stage(stage: Stage, year: Year) -> tuple[Cell, ...]:
    labels: dict[str, str] = {deadline.code: deadline.label for deadline in year.deadlines}
    side = Label(phrases.SIDES[stage.side])
    return (
        stage.label,
        (side, SECOND_PERSON) if stage.four_eyes else side,
        stage.state,
        tuple(Label(phrases.GUARDS[guard]) for guard in stage.guards),
        stage.notes,
        labels.get(stage.deadline, ""),
        Label(phrases.EFFECTS[stage.effect]),
        stage.basis,
    )


def deadlines(year: Year) -> Rows:
    """Days of the year first, in their order; then what is due after an event."""
    ordered = sorted(
        year.deadlines,
        key=lambda each: day_of(year, each) or date.max,
    )
    for each in ordered:
        day = day_of(year, each) if each.is_day else None
        when: Cell = weekday(day) if day else phrases.due(each)
        yield each, (each.label, when, Label(phrases.PURPOSES[each.purpose]), each.basis)
