"""What a sound pack still lacks: nothing breaks without it, but somebody will miss it."""

from collections.abc import Iterator

from zielwerk.packs import competence, land
from zielwerk.packs.demo import DemoYear
from zielwerk.packs.model import Body, Labelled, Year
from zielwerk.rulebook.refusal import Refusal, msg

USUAL = {  # tables that pages offer choices from
    "target_groups": msg("Es gibt keine Zielgruppe ([[target_group]])."),
    "cost_categories": msg("Es gibt keine Kostenart ([[cost_category]])."),
    "cost_sources": msg("Es gibt keine Finanzierungsquelle ([[cost_source]])."),
    "passing_on": msg("Es gibt keine Art der Weitergabe ([[passing_on]])."),
    "indicators": msg("Es gibt keinen Bedarfsindikator ([[indicator]]): Verteilt wird von Hand."),
}
EXPECTED = ("application", "proof_of_use")


def hints(rules: Year, bodies: tuple[Body, ...], demo: DemoYear) -> tuple[Refusal, ...]:
    """Every hint to a programme year, as sentences."""
    return tuple(
        Refusal("packs.hint", msgid, params) for msgid, params in _hints(rules, bodies, demo)
    )


Hint = tuple[str, dict[str, object]]


def _hints(rules: Year, bodies: tuple[Body, ...], demo: DemoYear) -> Iterator[Hint]:
    yield from ((sentence, {}) for table, sentence in USUAL.items() if not getattr(rules, table))
    if rules.indicators and all(key.earmark for key in rules.allocation_keys):
        yield _NO_KEY, {}
    purposes = {deadline.purpose for deadline in rules.deadlines}
    for purpose in EXPECTED:
        if purpose not in purposes:
            yield _NO_DEADLINE, {"purpose": purpose}
    for earmark in rules.earmarks:
        if not earmark.money_sources:
            yield _NO_SOURCE, {"label": earmark.label}
    yield from _of_bodies(rules, bodies)
    tasks = {authority.code for authority in land.named(rules.programme.jurisdictions)[0]}
    for task in ("accessibility", "data_protection"):
        if task not in tasks:
            yield _NO_AUTHORITY, {"task": task, "law": ", ".join(rules.programme.jurisdictions)}
    if without := _without_english(rules):
        yield _NO_ENGLISH, {"number": len(without), "first": without[0]}
    if not demo.agreements and not demo.indicators:
        yield _NO_DEMO, {"programme": rules.programme.code, "year": str(rules.year)}


def _of_bodies(rules: Year, bodies: tuple[Body, ...]) -> Iterator[Hint]:
    placed = [body for body in bodies if body.tile]
    if placed and len(placed) < len(bodies):
        yield _NO_TILE, {"names": ", ".join(body.name for body in bodies if not body.tile)}
    day = rules.ends
    without_court = [
        body.name
        for body in bodies
        if competence.competent(rules.organisations, "court", day, body) is None
    ]
    if without_court:
        yield _NO_COURT, {"names": ", ".join(without_court)}


def _without_english(rules: Year) -> list[str]:
    """Labels that English pages show in German."""
    tables = (value for _, value in (*rules, *rules.programme) if isinstance(value, tuple))
    entries = (entry for table in tables for entry in table if isinstance(entry, Labelled))
    return [str(entry.label) for entry in entries if not entry.label_en]


_NO_KEY = msg(
    "Für Mittel ohne Zweckbindung gibt es keinen Verteilungsschlüssel ([[allocation_key]])."
)
_NO_DEADLINE = msg("Eine Frist mit dem Zweck „{purpose}“ fehlt ([[deadline]]).")
_NO_SOURCE = msg("Zur Zweckbindung „{label}“ ist keine Mittelherkunft genannt (money_sources).")
_NO_TILE = msg("Auf der Karte fehlen (tile): {names}.")
_NO_COURT = msg("Kein Gericht ist zuständig für: {names}. Bescheide brauchen es.")
_NO_AUTHORITY = msg(
    "Das Recht ({law}) nennt keine Stelle für „{task}“ ([[authority]]); dann muss sie in der Datei"
    " des Betreibers stehen."
)
_NO_ENGLISH = msg(
    "{number} Bezeichnungen haben keinen englischen Wortlaut (label_en), als erste „{first}“."
)
_NO_DEMO = msg(
    "Für die Vorführung ist nichts erfunden ({programme}/demo/{year}.toml); sie hat dann nur ihre"
    " Personen."
)
