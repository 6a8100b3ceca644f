"""What a catalogue says: things of the database by kind, table and name, each as it is worded."""

from dataclasses import dataclass

TABLE, COLUMN, CONSTRAINT, UNIQUE, TRIGGER, OTHER = (
    "table",
    "column",
    "constraint",
    "unique",
    "trigger",
    "other",
)


@dataclass(frozen=True, order=True)
class Thing:
    """A thing of a table, e.g. a constraint, with the name by which people find it."""

    kind: str
    table: str
    name: str


Definitions = dict[Thing, str]
Statements = dict[str, tuple[str, str]]  # of guards, by name: the table, the statement
