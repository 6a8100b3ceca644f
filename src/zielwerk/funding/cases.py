"""The kind of case of this room: an application."""

from datetime import datetime
from typing import Any

from zielwerk.core.cases import Kind
from zielwerk.core.words import body_of
from zielwerk.funding import actions, queries
from zielwerk.funding.models import Application
from zielwerk.funding.panels.filed import filed
from zielwerk.funding.panels.waiting import handing_in
from zielwerk.language import German
from zielwerk.rulebook.application.path import (
    APPLICATION,
    APPLIED,
    APPLIED_WITH_HEARING,
    ApplicationState,
)


def set_before(application: Application, at: datetime) -> dict[str, Any]:
    """The receipt, set before the press that hands in begins its transaction."""
    return {"prepared": actions.ready(application, at)}


APPLICATIONS = Kind(
    model=Application,
    tables=(APPLIED, APPLIED_WITH_HEARING),
    frame=APPLICATION,
    procedure="application",
    verbs=(
        actions.hand_in,
        actions.note,
        actions.assess,
        actions.send_back,
        actions.take_back,
        actions.withdraw,
        actions.reopen,
        actions.discard,
        actions.restore,
    ),
    table_of=queries.lifecycle_of,
    page="funding:application",
    list_page="funding:applications",
    look="funding.look",
    visible=queries.applications,
    facts=queries.facts_of,
    before={"hand_in": set_before},
    panels={"hand_in": handing_in},
    filed=filed,
    looks={
        ApplicationState.DRAFT: "info",
        ApplicationState.ASSESSED: "success",
        ApplicationState.WITHDRAWN: "neutral",
    },
    slots={
        "name": lambda application: German(body_of(application)),
        "year": lambda application: application.year,
    },
)
KINDS = (APPLICATIONS,)
