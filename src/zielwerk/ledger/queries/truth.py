"""The proof that the books are true."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from zielwerk.ledger.models import Account, Book, Transfer
from zielwerk.ledger.models.guards import between_bodies
from zielwerk.ledger.queries import labels
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg

MOVED = """SELECT target_id AS account_id, value_date, recorded_on, amount_cents AS net_cents
    FROM ledger_transfer UNION ALL
    SELECT source_id, value_date, recorded_on, -amount_cents FROM ledger_transfer"""

DAY_TEXT = "CAST({day} AS varchar(10))"  # the same text on both engines
MONTH_TEXT = f"substr({DAY_TEXT}, 1, 7) || '-01'"

# Writers at the same time take their numbers before they take their turn: so much earlier
# than one with a lower number a transfer may have been recorded.
AN_HOUR_BEFORE = {
    "sqlite": "datetime(t.newest, '-1 hour')",
    "postgresql": "t.newest - interval '1 hour'",
}

# Rule, sentence, and the query whose rows break it; its columns are the sentence's slots.
INVARIANTS = (
    (
        "ledger.book_sum",
        msg("Das Buch „{book}“ geht nicht auf: Die Summe aller Orte ist {sum_cents} statt null."),
        """SELECT book, sum(balance_cents) AS sum_cents FROM ledger_account
        GROUP BY book HAVING sum(balance_cents) <> 0 ORDER BY book""",
    ),
    (
        "ledger.balance",
        msg("Konto {account}: Der Stand ist {balance_cents}, die Buchungen ergeben {moved_cents}."),
        f"""SELECT a.id AS account, a.balance_cents, coalesce(m.moved, 0) AS moved_cents
        FROM ledger_account a LEFT JOIN
          (SELECT account_id, sum(net_cents) AS moved FROM ({MOVED}) e GROUP BY account_id) m
          ON m.account_id = a.id
        WHERE a.balance_cents <> coalesce(m.moved, 0) ORDER BY a.id""",  # noqa: S608 - our own names
    ),
    (
        "ledger.day",
        msg("Konto {account}: Der Tagesstand zum {value_date} weicht um {off_cents} ab."),
        f"""SELECT account_id AS account, value_date, sum(net_cents) AS off_cents FROM
          ({MOVED} UNION ALL
          SELECT account_id, value_date, recorded_on, -net_cents FROM ledger_accountday) e
        GROUP BY account_id, value_date, recorded_on HAVING sum(net_cents) <> 0
        ORDER BY account_id, value_date, recorded_on""",  # noqa: S608 - our own names
    ),
    (
        "ledger.flow_day",
        msg(
            "Von Konto {source} nach Konto {target}: Der Tagesumsatz zum {value_date} weicht um "
            "{off_cents} ab."
        ),
        """SELECT source_id AS source, target_id AS target, value_date,
          sum(amount_cents) AS off_cents FROM
          (SELECT source_id, target_id, value_date, recorded_on, amount_cents
            FROM ledger_transfer UNION ALL
          SELECT source_id, target_id, value_date, recorded_on, -amount_cents
            FROM ledger_flowday) e
        GROUP BY source_id, target_id, value_date, recorded_on HAVING sum(amount_cents) <> 0
        ORDER BY source_id, target_id, value_date, recorded_on""",
    ),
    (
        "ledger.flow_month",
        msg(
            "Von Konto {source} nach Konto {target}: Der Monatsumsatz ab {value_date} weicht um "
            "{off_cents} ab."
        ),
        f"""SELECT source_id AS source, target_id AS target, value_date,
          sum(amount_cents) AS off_cents FROM
          (SELECT source_id, target_id, {MONTH_TEXT.format(day="value_date")} AS value_date,
            {MONTH_TEXT.format(day="recorded_on")} AS recorded_on, amount_cents
            FROM ledger_flowday UNION ALL
          SELECT source_id, target_id, {DAY_TEXT.format(day="value_month")},
            {DAY_TEXT.format(day="recorded_month")}, -amount_cents FROM ledger_flowmonth) e
        GROUP BY source_id, target_id, value_date, recorded_on HAVING sum(amount_cents) <> 0
        ORDER BY source_id, target_id, value_date, recorded_on""",  # noqa: S608 - our own names
    ),
    (
        "ledger.last_transfer",
        msg("Konto {account} nennt als letzte Buchung {named}; die gehört nicht zu ihm."),
        # Writers at the same time take their numbers before they take their turn, so the
        # last that was booked need not have the highest number.
        """SELECT a.id AS account, a.last_transfer AS named FROM ledger_account a
        LEFT JOIN ledger_transfer t
          ON t.id = a.last_transfer AND (t.source_id = a.id OR t.target_id = a.id)
        WHERE t.id IS NULL AND (a.last_transfer <> 0 OR a.balance_cents <> 0) ORDER BY a.id""",
    ),
    (
        "ledger.overdrawn",
        msg("Konto {account} steht bei {balance_cents}; das darf dieses Konto nicht."),
        """SELECT id AS account, balance_cents FROM ledger_account
        WHERE guarded AND balance_cents < 0 OR place = 'uncovered' AND balance_cents > 0
          OR NOT guarded AND place NOT IN ('outside', 'opening', 'uncovered')
        ORDER BY id""",
    ),
    (
        "ledger.across_books",
        msg("Buchung {transfer} geht von einem Buch in ein anderes oder zwischen Körperschaften."),
        f"""SELECT t.id AS transfer FROM ledger_transfer t
        JOIN ledger_account a ON a.id = t.source_id JOIN ledger_account b ON b.id = t.target_id
        WHERE a.book <> b.book OR {between_bodies("a", "b", "t.code")}
        ORDER BY t.id""",  # noqa: S608 - our own names
    ),
    (
        "ledger.commitment",
        msg(
            "Konto {account}: Gebunden und gedeckt sind {covered_cents}, zugewiesen im Ganzen "
            "{given_cents}, ohne Deckung {gap_cents}."
        ),
        """SELECT min(id) AS account,
          sum(CASE WHEN book = 'commitment' THEN balance_cents ELSE 0 END) AS covered_cents,
          sum(CASE WHEN book = 'planning' THEN balance_cents ELSE 0 END) AS given_cents,
          sum(CASE WHEN place = 'uncovered' THEN balance_cents ELSE 0 END) AS gap_cents
        FROM ledger_account WHERE programme <> '' AND ags <> ''
          AND (book = 'commitment' AND place IN ('committed', 'uncovered')
            OR book = 'planning' AND place IN ('allocated', 'agreed'))
        GROUP BY programme, programme_year, budget_year, budget_line, source, earmark, ags, due_year
        HAVING sum(CASE WHEN book = 'commitment' THEN balance_cents ELSE 0 END)
            > sum(CASE WHEN book = 'planning' THEN balance_cents ELSE 0 END)
          OR sum(CASE WHEN place = 'uncovered' THEN balance_cents ELSE 0 END) < 0
            AND sum(CASE WHEN book = 'commitment' THEN balance_cents ELSE 0 END)
            <> sum(CASE WHEN book = 'planning' THEN balance_cents ELSE 0 END)
        ORDER BY min(id)""",
    ),
    (
        "ledger.permission",
        msg("Buchung {transfer} macht aus einer Verpflichtungsermächtigung Geld oder umgekehrt."),
        """SELECT t.id AS transfer FROM ledger_transfer t
        JOIN ledger_account a ON a.id = t.source_id JOIN ledger_account b ON b.id = t.target_id
        WHERE a.book = 'authorisation' AND (a.due_year > 0) <> (b.due_year > 0)
        ORDER BY t.id""",
    ),
    (
        "ledger.recorded",
        msg("Buchung {transfer} ist rückdatiert: Frühere Buchungen wurden später erfasst."),
        """SELECT t.id AS transfer FROM (SELECT id, recorded_at, max(recorded_at)
          OVER (ORDER BY id) AS newest FROM ledger_transfer) t
        WHERE t.recorded_at < AN_HOUR_BEFORE ORDER BY t.id""",
    ),
    (
        "ledger.reversal",
        msg("Buchung {transfer} ist kein Spiegelbild der Buchung {original}, die sie storniert."),
        """SELECT r.id AS transfer, o.id AS original
        FROM ledger_transfer r JOIN ledger_transfer o ON o.id = r.reverses_id
        WHERE o.source_id <> r.target_id OR o.target_id <> r.source_id
          OR o.amount_cents <> r.amount_cents OR o.value_date <> r.value_date
          OR o.reverses_id IS NOT NULL OR o.actor = r.actor
        ORDER BY r.id""",
    ),
)


def faults() -> Iterator[Refusal]:
    """Yield every breach of the books' invariants; none means they are true."""
    for rule, sentence, query in INVARIANTS:
        with connection.cursor() as cursor:
            cursor.execute(query.replace("AN_HOUR_BEFORE", AN_HOUR_BEFORE[connection.vendor]))
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(500):
                for row in rows:
                    cells = zip(names, row, strict=True)
                    yield Refusal(
                        rule, sentence, {name: _shown(name, cell) for name, cell in cells}
                    )


def _shown(name: str, value: object) -> object:
    """A column as a sentence's slot; engines give sums and dates in different types."""
    if name.endswith("_cents"):
        return Cents(value)  # type: ignore[call-overload]
    if name.endswith("_date"):
        return date.fromisoformat(str(value))
    return Label(Book(str(value)).label) if name == "book" else value


@dataclass(frozen=True)
class Disagreement:
    """Where records and books say something else of one body and year, in cents.

    ``msgid`` is the sentence, with the slots ``body``, ``year``, ``purpose``, ``said`` (by the
    records) and ``booked``; ``ags`` is empty where it is the state's.
    """

    rule: str
    msgid: str
    programme: str
    year: int
    ags: str
    said_cents: int
    booked_cents: int
    purpose: str = ""
    number: str = ""

    @property
    def refusal(self) -> Refusal:
        names = labels.names(self.programme)
        return Refusal(
            self.rule,
            self.msgid,
            {
                "body": names.of("ags", self.ags) if self.ags else "–",
                "year": str(self.year),
                "purpose": names.of("earmark", self.purpose) if self.purpose else "–",
                "number": self.number,
                "said": Cents(self.said_cents),
                "booked": Cents(self.booked_cents),
            },
        )


Comparison = Callable[[str], Iterable[Disagreement]]
COMPARISONS: list[Comparison] = []  # filled by wiring from the rooms that own the records


def declare(*comparisons: Comparison) -> None:
    """Add what the books must agree with; see :func:`disagreements`."""
    COMPARISONS.extend(comparisons)


def disagreements(programme: str) -> Iterator[Disagreement]:
    """Yield wherever the records of a programme and the books differ; none means they agree."""
    for comparison in COMPARISONS:
        yield from comparison(programme)


def extent() -> tuple[int, int]:
    """How many transfers and how many accounts there are."""
    return Transfer.objects.count(), Account.objects.count()
