"""The list of applications."""

from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists
from zielwerk.ui.lists import FILE_NUMBER, INVENTED, INVENTED_BODY, KEY_OF_BODY, STATE, Column

APPLICATIONS = (
    FILE_NUMBER,
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("year", msg("Programmjahr")),
    lists.amount("amount_cents", msg("Beantragt")),
    lists.amount("cost_cents", msg("Kosten insgesamt")),
    STATE,
    Column("handed_in_at", msg("Eingereicht")),
    Column(
        "is_late",
        msg("Frist"),
        labels={True: msg("nach der Frist"), False: ""},
    ),
    Column("came_at", msg("Zuerst eingereicht"), is_file_only=True),
    Column("submission", msg("Einreichungen"), is_number=True, is_file_only=True),
    Column("begun_at", msg("Begonnen"), is_file_only=True),
    INVENTED,
)
