"""The kind of case of this room: a version of a regional strategy."""

from zielwerk.core.cases import Kind
from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.rulebook.strategy import (
    STRATEGY,
    VERSION,
    VERSION_ADOPTED,
    VERSION_WITH_HEARING,
    StrategyState,
)
from zielwerk.strategy import actions, queries
from zielwerk.strategy.models import Strategy
from zielwerk.strategy.panels import filed

STRATEGIES = Kind(
    model=Strategy,
    tables=(VERSION, VERSION_WITH_HEARING, VERSION_ADOPTED),
    frame=STRATEGY,
    procedure="strategy",
    verbs=(
        actions.submit,
        actions.note,
        actions.put_in_force,
        actions.send_back,
        actions.take_back,
        actions.discard,
        actions.restore,
        actions.withdraw,
    ),
    table_of=queries.lifecycle_of,
    page="strategy:strategy",
    list_page="strategy:strategies",
    look="strategy.look",
    visible=queries.strategies,
    filed=filed.filed,
    kept_from=filed.kept_from,
    facts=queries.facts_of,
    looks={StrategyState.DRAFT: "info", StrategyState.IN_FORCE: "success"},
    slots={
        "name": lambda strategy: German(body_of(strategy)),
        "version": lambda strategy: strategy.version,
        "from": lambda strategy: strategy.valid_from,
    },
)
KINDS = (STRATEGIES,)
