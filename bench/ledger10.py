"""Ten million transfers: what a balance costs, beside django-hordak on the same PostgreSQL."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.ledger_balances import balances
from bench.ledger_books import Row, peer, product, show
from bench.ledger_server import postgresql

TEN_MILLION = 10_000_000


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with postgresql(folder) as server:
            served, hordak = product("PostgreSQL", folder, server.address), peer(server.address)
            for books in (served, hordak):
                books.told("prepare")
            yield from balances(served, TEN_MILLION, hordak)


def run() -> list[Row]:
    return list(rows())


if __name__ == "__main__":
    show(rows())
