"""The books under load, on both databases, beside pgbench and django-hordak.

One hot account pays out a cent at a time while every twentieth attempt asks for more than
there is; only what was paid out counts. Writers are threads in two processes, like the two
web processes of a small installation, and let go of their connection after every
transaction as a request does. Three things are measured: the statement (one INSERT that
commits by itself), the same in a transaction as a verb does it, and the whole verb
(permission, sentence, transfer, seal, audit chain). Every commit is on disk before it counts,
on both databases.

pgbench sends the same statement, prepared, without Python and without any attempt at an
overdraft, over a connection for each writer. django-hordak, on the same PostgreSQL in the
same run, with the same writers and attempts, gets the same guarantee by locking the account
and asking for its balance first (bench/hordak/work.py). Since it sums all there is, it is
measured on an account with as much history as ours had at first, and on a new one; ratios are
to the former.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.ledger_balances import balances
from bench.ledger_books import Books, Row, Written, peer, product, show
from bench.ledger_server import Server, postgresql
from bench.ledger_writers import HISTORY

WRITERS = (1, 8, 32)
MILLION = 1_000_000
WORKS = {
    "statement": "one statement",
    "transfer": "the same in a transaction",
    "verb": "whole verb with audit",
}
PEER_WORKS = {
    "history": f"hot account with {HISTORY:,} transfers before",
    "new": "hot account without history",
}

PGBENCH = (None, "pgbench")


@dataclass(frozen=True)
class Measured:
    """All that are measured together, each on its own tables of the same machine."""

    server: Server
    sqlite: Books
    postgresql: Books
    hordak: Books

    def with_writers(self, writers: int) -> Iterator[Row]:
        """All works of all books and pgbench, twice in turn; of each the better run counts."""
        runs = [self._once(writers) for _ in range(2)]
        best = {who: max(run[who] for run in runs) for who in runs[0]}
        bare, theirs = best[PGBENCH].rate, best[self.hordak, "history"].rate
        for books in (self.sqlite, self.postgresql):
            for work, what in WORKS.items():
                written = best[books, work]
                beside = f"pgbench: {bare:,.0f}, ratio {written.rate / bare:.2f}"
                goal = "≥ 0.5" if work == "statement" else ""
                if books is self.postgresql:
                    beside += f"; django-hordak: {theirs:,.0f}, ratio {written.rate / theirs:.1f}"
                    goal += "; ≥ 4" if work == "statement" else ""
                said = f"{books.name}, writers: {writers}, one hot account: {what}"
                yield said, str(written), beside, goal
        for work, what in PEER_WORKS.items():
            said = f"{self.hordak.name}, writers: {writers}, {what}"
            yield said, str(best[self.hordak, work]), "", ""

    def _once(self, writers: int) -> dict[tuple[Books | None, str], Written]:
        works = [(self.sqlite, WORKS), (self.postgresql, WORKS), (self.hordak, PEER_WORKS)]
        written = {
            (books, work): books.written(work, writers)
            for books, offered in works
            for work in offered
        }
        return {PGBENCH: Written(self.server.pgbench(writers), 0), **written}

    def truth(self) -> Iterator[Row]:
        """Whether the books are true after all that; the peer's own check is one of sums."""
        for books in (self.sqlite, self.postgresql, self.hordak):
            state = books.told("check")
            found = f"{state['overdrafts']:.0f}, {state['faults']:.0f}"
            number = f"{state['transfers']:,.0f} transfers"
            yield f"{books.name}: overdrafts, breaches of the books", found, number, "0, 0"


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with postgresql(folder) as server:
            embedded = product("SQLite", folder)
            served = product("PostgreSQL", folder, server.address)
            hordak = peer(server.address)
            for books in (embedded, served, hordak):
                books.told("prepare")
            together = Measured(server, embedded, served, hordak)
            for writers in WRITERS:
                yield from together.with_writers(writers)
            yield from together.truth()
            yield from balances(embedded, MILLION)
            yield from balances(served, MILLION, hordak)


def run() -> list[Row]:
    return list(rows())


if __name__ == "__main__":
    show(rows())
