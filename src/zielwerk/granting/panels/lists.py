"""The lists of notices, of acts on them, and of what was issued together."""

from django.urls import reverse

from zielwerk.granting.models import KINDS_OF_ACT
from zielwerk.identity import queries as identity
from zielwerk.rulebook.grant.season import OWES, WAITS
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists
from zielwerk.ui.lists import (
    FILE_NUMBER,
    INVENTED,
    INVENTED_BODY,
    KEY_OF_BODY,
    STATE,
    Column,
    unbroken,
)

NOTICES = (
    FILE_NUMBER,
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("year", msg("Programmjahr")),
    lists.amount("applied_cents", msg("Beantragt")),
    lists.amount("amount_cents", msg("Bewilligt")),
    lists.amount("stands_cents", msg("Steht mit Änderungen")),
    STATE,
    Column("issued_on", msg("Erlassen")),
    Column("drafted_at", msg("Entworfen"), is_file_only=True),
    INVENTED,
)
SEASON = (
    Column(
        "file_number",
        msg("Antrag"),
        ("file_number", "pk"),
        url=lambda number, pk: reverse("funding:application", args=[pk]),
    ),
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("year", msg("Programmjahr")),
    Column("waits", msg("Wartet auf"), labels=WAITS),
    Column("owes", msg("Am Zug"), labels=OWES),
    Column("waits_since", msg("Seit")),
    Column("answer_by", msg("Antwort erbeten bis")),
    Column("is_late", msg("Frist"), labels={True: msg("nach der Frist"), False: ""}),
    lists.amount("amount_cents", msg("Beantragt")),
    Column(
        "notice_number",
        msg("Bescheid"),
        ("notice_number", "notice_pk"),
        url=lambda number, pk: reverse("granting:notice", args=[pk]) if pk else "",
    ),
    lists.amount("granted_cents", msg("Bewilligt")),
    lists.amount("stands_cents", msg("Steht mit Änderungen")),
    Column("sent_on", msg("Abgesandt")),
    INVENTED,
)
ACTS = (
    FILE_NUMBER,
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("year", msg("Programmjahr")),
    Column("kind", msg("Art"), labels=dict(KINDS_OF_ACT)),
    lists.amount("amount_cents", msg("Änderung")),
    STATE,
    Column("issued_on", msg("Erlassen")),
    Column("drafted_at", msg("Entworfen"), is_file_only=True),
    INVENTED,
)
TOGETHER = (
    Column(
        "file_number",
        msg("Bescheid"),
        ("file_number", "pk"),
        url=lambda number, pk: reverse("granting:notice", args=[pk]),
    ),
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("year", msg("Programmjahr")),
    lists.amount("amount_cents", msg("Bewilligt")),
    Column("issued_at", msg("Erlassen am")),
    Column("issued_by", msg("Erlassen von"), names=identity.labels, sort=()),
    Column("code", msg("Prüfzeichen der Liste"), cell=unbroken),
    Column("count", msg("Bescheide auf der Liste"), is_number=True),
    INVENTED,
)
