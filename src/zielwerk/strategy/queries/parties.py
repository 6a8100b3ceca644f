"""Whose consent to a version is wanted, and what they said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from zielwerk.language import German, Markup, translate
from zielwerk.packs import loading as packs
from zielwerk.packs.model import RegionalActor, fact_texts
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.consent import Answered, ConsentAnswer, Open, Party, still_open
from zielwerk.strategy.models import Consent, Strategy


class PartyName(German):
    """The name of an actor of a region, which is German on a page of any language."""

    brief: German
    region: str

    @classmethod
    def of(cls, brief: German, region: str) -> "PartyName":
        english = f"{translate(brief, 'en')} {region}".strip()
        made = cls(f"{brief} {region}".strip(), english)
        made.brief, made.region = brief, region
        return made

    def __html__(self) -> str:
        region = German(self.region).__html__() if self.region else ""
        return Markup(f"{self.brief.__html__()} {region}".strip())


def wanted(strategy: Strategy) -> dict[Party, German]:
    """Who is to consent to a version, in the order of the rules it was made under, by name.

    None where the programme asks nobody. Of an actor there is one for each value of its fact that
    the body has on the first day of the version.
    """
    charter = packs.programme(strategy.programme).strategy
    if charter is None or not charter.consent:
        return {}
    rules = programmes.rules(strategy.programme, strategy.year, strategy.rule_version)
    day = rules.within(strategy.valid_from)
    actors = [actor for actor in rules.regional_actors if holds_on(actor, day)]
    return {
        Party(actor.code, str(region)): _named(actor, region)
        for actor in actors
        for region in _regions(strategy, actor)
    }


def _regions(strategy: Strategy, actor: RegionalActor) -> tuple[str, ...]:
    """The values of the actor's fact that the body has; one empty one of an actor without."""
    if not actor.per:
        return ("",)
    facts = {fact.code: fact for fact in packs.programme(strategy.programme).body_facts}
    own = [body for body in packs.bodies(strategy.programme) if body.ags == strategy.ags]
    there = [body for body in own if holds_on(body, strategy.valid_from)] or own
    if actor.per not in facts or not there:
        return ()
    return fact_texts(facts[actor.per], there[-1].facts)


def _named(actor: RegionalActor, region: str) -> German:
    english = actor.short_en if actor.short else actor.label_en
    return PartyName.of(German(actor.brief, english), str(region))


def label_of(strategy: Strategy, party: Party) -> German:
    """What one whose consent is wanted is called."""
    names = wanted(strategy)
    return names.get(party, German(f"{party.code} {party.region}".strip()))


def answers_of(
    strategies: Iterable[Strategy], known_before: datetime | None = None
) -> dict[int, list[Consent]]:
    """All that was said to some versions, by version, oldest first; one query."""
    pks = [strategy.pk for strategy in strategies]
    rows = Consent.objects.filter(strategy__in=pks).order_by("pk")
    if known_before:
        rows = rows.filter(entered_at__lt=known_before)
    found: dict[int, list[Consent]] = defaultdict(list)
    for row in rows if pks else ():
        found[row.strategy_id].append(row)
    return found


def standing_of(strategy: Strategy, answers: Iterable[Consent]) -> dict[Party, Consent]:
    """The last answer of each that is about the version as it reads now."""
    now = strategy.contents
    return {answer.party: answer for answer in answers if answer.contents == now}


def open_parties(strategy: Strategy, answers: Iterable[Consent]) -> Open:
    """Whose consent is missing."""
    now = strategy.contents
    said = (
        Answered(answer.party, ConsentAnswer(answer.answer), answer.contents == now)
        for answer in answers
    )
    return still_open(wanted(strategy), said)


def named(parties: Iterable[Party], names: Mapping[Party, German]) -> tuple[str, ...]:
    """The names of some of those whose consent is wanted."""
    return tuple(names[party] for party in parties)
