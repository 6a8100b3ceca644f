"""What the database itself does and refuses, whoever writes to it.

Inserting a transfer books it: both balances, both days, and what flowed between the two
accounts on that day and in that month, in the same statement. On
PostgreSQL the booking trigger locks the two accounts in the order of their numbers, so that
no two transfers wait for each other; SQLite has one writer at a time.

Nobody else may write a balance. PostgreSQL refuses every change of accounts, days and flows
that does not come from within a trigger. SQLite does not know who writes, but can compare: a
change is let through only while the newest transfer names the account and is not booked
there yet, which is so only inside the booking itself. Whoever takes the guards down to get
past them is found by ``ledger check``.
"""

from dataclasses import replace

from zielwerk.core.guards import Guard, append_only, refuse
from zielwerk.ledger.models.tables import AccountKey, Book, EntryCode, Place
from zielwerk.rulebook.refusal import Refusal, msg


def _trigger(name: str, when: str, body: str, condition: str = "") -> str:
    """A trigger of PostgreSQL with its function."""
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$;"
        f"CREATE TRIGGER {name} {when} FOR EACH ROW {condition} EXECUTE FUNCTION {name}()"
    )


def _raise(reason: str) -> str:
    return f"RAISE EXCEPTION '{reason}' USING ERRCODE = '23514'"


MIRRORS = """SELECT 1 FROM ledger_transfer o WHERE o.id = NEW.reverses_id
    AND o.source_id = NEW.target_id AND o.target_id = NEW.source_id
    AND o.amount_cents = NEW.amount_cents AND o.value_date = NEW.value_date
    AND o.reverses_id IS NULL AND o.actor <> NEW.actor"""

_SAME = ("book", "place", "programme", "programme_year", "budget_year", "budget_line")
_ALIKE = (*_SAME, "source", "earmark", "measure", "due_year")


def between_bodies(one: str, other: str, code: str = "NEW.code") -> str:
    """The condition of a transfer that passes money from one body to another unlawfully.

    By a succession alone money passes on between bodies, in the planning book and what is
    committed of it, and nothing else about it changes: neither place nor year nor purpose nor
    measure. And a succession does nothing else.
    """
    differ = f"({one}.ags <> '' AND {other}.ags <> '' AND {one}.ags <> {other}.ags)"
    alike = " AND ".join(f"{one}.{name} = {other}.{name}" for name in _ALIKE)
    kept = f"({one}.book = 'planning' OR {one}.place = 'committed')"
    lawful = f"({differ} AND {kept} AND {alike})"
    return f"(({differ} AND {code} <> 'succession') OR ({code} = 'succession' AND NOT {lawful}))"


def is_between_bodies(source: AccountKey, target: AccountKey, code: str) -> bool:
    """The same rule, before anything is written."""
    differ = len({source.ags, target.ags} - {""}) > 1
    if code != EntryCode.SUCCESSION:
        return differ
    is_alike = replace(source, ags=target.ags) == target
    is_kept = source.book == Book.PLANNING or source.place == Place.COMMITTED
    return not (differ and is_alike and is_kept)


def _flowed(month: str) -> str:
    """Adds a transfer to what flowed on its day and in its month; ``month`` is that of a day."""
    months = ", ".join(month.format(day=f"NEW.{day}") for day in ("value_date", "recorded_on"))
    days, months = (
        f"""INSERT INTO {table} (source_id, target_id, {names}, amount_cents)
      VALUES (NEW.source_id, NEW.target_id, {dates}, NEW.amount_cents)
      ON CONFLICT (source_id, target_id, {names})
      DO UPDATE SET amount_cents = {table}.amount_cents + excluded.amount_cents;
    """  # noqa: S608 - our own names
        for table, names, dates in (
            ("ledger_flowday", "value_date, recorded_on", "NEW.value_date, NEW.recorded_on"),
            ("ledger_flowmonth", "value_month, recorded_month", months),
        )
    )
    return days + months


BOOK = Guard(
    "ledger_transfer_book",
    "ledger_transfer",
    f"""CREATE TRIGGER ledger_transfer_book AFTER INSERT ON ledger_transfer BEGIN
    SELECT RAISE(ABORT, 'reversal_mirrors')
      WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS ({MIRRORS});
    SELECT RAISE(ABORT, 'transfer_across_books')
      FROM ledger_account s, ledger_account t
      WHERE s.id = NEW.source_id AND t.id = NEW.target_id AND s.book <> t.book;
    SELECT RAISE(ABORT, 'transfer_between_bodies')
      FROM ledger_account s, ledger_account t
      WHERE s.id = NEW.source_id AND t.id = NEW.target_id AND {between_bodies("s", "t")};
    INSERT INTO ledger_accountday (account_id, value_date, recorded_on, net_cents)
      VALUES (NEW.source_id, NEW.value_date, NEW.recorded_on, -NEW.amount_cents),
             (NEW.target_id, NEW.value_date, NEW.recorded_on, NEW.amount_cents)
      ON CONFLICT (account_id, value_date, recorded_on)
      DO UPDATE SET net_cents = net_cents + excluded.net_cents;
    {_flowed("date({day}, 'start of month')")}
    UPDATE ledger_account
      SET balance_cents = balance_cents - NEW.amount_cents, last_transfer = NEW.id
      WHERE id = NEW.source_id;
    UPDATE ledger_account
      SET balance_cents = balance_cents + NEW.amount_cents, last_transfer = NEW.id
      WHERE id = NEW.target_id;
    END""",  # noqa: S608 - our own names
    _trigger(
        "ledger_transfer_book",
        "AFTER INSERT ON ledger_transfer",
        f"""DECLARE low ledger_account; high ledger_account;
    BEGIN
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS ({MIRRORS}) THEN
      {_raise("reversal_mirrors")}; END IF;
    UPDATE ledger_account SET last_transfer = NEW.id, balance_cents = balance_cents
      + CASE WHEN id = NEW.target_id THEN NEW.amount_cents ELSE -NEW.amount_cents END
      WHERE id = least(NEW.source_id, NEW.target_id) RETURNING * INTO low;
    UPDATE ledger_account SET last_transfer = NEW.id, balance_cents = balance_cents
      + CASE WHEN id = NEW.target_id THEN NEW.amount_cents ELSE -NEW.amount_cents END
      WHERE id = greatest(NEW.source_id, NEW.target_id) RETURNING * INTO high;
    IF low.book <> high.book THEN {_raise("transfer_across_books")}; END IF;
    IF {between_bodies("low", "high")} THEN {_raise("transfer_between_bodies")}; END IF;
    INSERT INTO ledger_accountday AS d (account_id, value_date, recorded_on, net_cents)
      VALUES (NEW.source_id, NEW.value_date, NEW.recorded_on, -NEW.amount_cents),
             (NEW.target_id, NEW.value_date, NEW.recorded_on, NEW.amount_cents)
      ON CONFLICT (account_id, value_date, recorded_on)
      DO UPDATE SET net_cents = d.net_cents + excluded.net_cents;
    {_flowed("date_trunc('month', {day})::date")}
    RETURN NULL;
    END""",  # noqa: S608 - our own names
    ),
)


def _booked_only(table: str, verb: str, booking: str) -> Guard:
    """Refuse a write that is not part of a booking; ``booking`` is how SQLite knows one."""
    name = f"{table}_{verb.lower()}_booked_only"
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN "
        f"SELECT RAISE(ABORT, 'booked_only') WHERE NOT ({booking}); END",
        _trigger(
            name,
            f"BEFORE {verb} ON {table}",
            f"BEGIN {_raise('booked_only')}; END",
            "WHEN (pg_trigger_depth() = 0)",
        ),
    )


def _unbooked(names: str, last: str) -> str:
    """The newest transfer (``t``) names this account or these two and is not booked there yet."""
    return f"""EXISTS (SELECT 1 FROM ledger_transfer t
      WHERE t.id = (SELECT max(id) FROM ledger_transfer)
        AND t.id > {last} AND {names})"""  # noqa: S608 - our own names


def _last(account: str) -> str:
    return f"(SELECT last_transfer FROM ledger_account WHERE id = {account})"  # noqa: S608


_OF_ACCOUNT = _unbooked("OLD.id IN (t.source_id, t.target_id)", "OLD.last_transfer")
_OF_DAY = _unbooked("NEW.account_id IN (t.source_id, t.target_id)", _last("NEW.account_id"))
_OF_FLOW = _unbooked(
    "t.source_id = NEW.source_id AND t.target_id = NEW.target_id", _last("NEW.source_id")
)

OPENS_EMPTY = Guard(
    "ledger_account_opens_empty",
    "ledger_account",
    "CREATE TRIGGER ledger_account_opens_empty BEFORE INSERT ON ledger_account "
    "WHEN NEW.balance_cents <> 0 OR NEW.last_transfer <> 0 "
    "BEGIN SELECT RAISE(ABORT, 'booked_only'); END",
    _trigger(
        "ledger_account_opens_empty",
        "BEFORE INSERT ON ledger_account",
        f"BEGIN {_raise('booked_only')}; END",
        "WHEN (NEW.balance_cents <> 0 OR NEW.last_transfer <> 0)",
    ),
)

GUARDS = (
    *append_only("ledger_transfer"),
    BOOK,
    OPENS_EMPTY,
    _booked_only("ledger_account", "UPDATE", _OF_ACCOUNT),
    refuse("ledger_account", "DELETE"),
    _booked_only("ledger_accountday", "INSERT", _OF_DAY),
    _booked_only("ledger_accountday", "UPDATE", _OF_DAY),
    refuse("ledger_accountday", "DELETE"),
    *(
        guard
        for table in ("ledger_flowday", "ledger_flowmonth")
        for guard in (
            _booked_only(table, "INSERT", _OF_FLOW),
            _booked_only(table, "UPDATE", _OF_FLOW),
            refuse(table, "DELETE"),
        )
    ),
)

REVERSED_ALREADY = Refusal("ledger.reversed_already", msg("Diese Buchung ist schon storniert."))
BETWEEN_BODIES = Refusal(
    "ledger.between_bodies",
    msg(
        "Mittel gehen nicht unmittelbar von einer Gebietskörperschaft an eine andere, außer durch "
        "Rechtsnachfolge; sie werden zurückgenommen und neu zugewiesen."
    ),
)
RACES = {
    "account_not_overdrawn": Refusal(
        "ledger.lost_race",
        msg(
            "Das Geld war im selben Augenblick anderweitig verwendet. "
            "Bitte prüfen Sie den Stand des Kontos."
        ),
    ),
    "account_covered_once": Refusal(
        "ledger.covered_already", msg("So viel ist nicht mehr ungedeckt.")
    ),
    "transfer_between_bodies": BETWEEN_BODIES,
    "transfer_reversed_once": REVERSED_ALREADY,  # as PostgreSQL names it
    "ledger_transfer.reverses_id": REVERSED_ALREADY,  # as SQLite names it
}
