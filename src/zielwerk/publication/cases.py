"""The kind of case of this room: a publication."""

from datetime import datetime
from typing import Any

from zielwerk.core.cases import Kind
from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.publication import actions, queries
from zielwerk.publication.models import Edition
from zielwerk.publication.panels import filed
from zielwerk.rulebook.publication import (
    EDITION,
    EDITION_WITH_HEARING,
    EDITION_WITH_RELEASE,
    PUBLICATION,
    EditionState,
)


def typeset(edition: Edition, at: datetime) -> dict[str, Any]:
    """What is set before the press that publishes begins its transaction."""
    return {"typeset": actions.typeset(edition, at)}


PUBLICATIONS = Kind(
    model=Edition,
    tables=(EDITION, EDITION_WITH_RELEASE, EDITION_WITH_HEARING),
    frame=PUBLICATION,
    procedure="publication",
    verbs=(
        actions.propose,
        actions.consult,
        actions.publish,
        actions.send_back,
        actions.take_back,
        actions.discard,
        actions.restore,
        actions.withdraw,
        actions.confirm_withdrawal,
        actions.reinstate,
    ),
    table_of=queries.lifecycle_of,
    page="publication:publication",
    list_page="publication:publications",
    look="publication.look",
    visible=queries.editions,
    filed=filed.filed,
    kept_from=filed.kept_from,
    facts=lambda edition, on: actions.facts_of(edition, on),
    before={"publish": typeset},
    looks={
        EditionState.PREPARED: "info",
        EditionState.PUBLISHED: "success",
        EditionState.HELD: "warning",
    },
    slots={
        "name": lambda edition: German(body_of(edition)),
        "year": lambda edition: edition.year,
        "edition": lambda edition: edition.number or "–",
    },
)
KINDS = (PUBLICATIONS,)
