"""Columns that the lists of several rooms have."""

from zielwerk.programme import queries
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import Column


def purpose(earmark: str, programme: str, year: int) -> str:
    return queries.purpose(Fund(programme, year, earmark))


PURPOSE = Column("earmark", msg("Zweckbindung"), ("earmark", "programme", "year"), value=purpose)
