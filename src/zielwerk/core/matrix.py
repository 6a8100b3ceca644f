"""The table of permissions as people read it: which roles have a verb, where, and what not."""

from collections.abc import Iterator
from dataclasses import dataclass

from zielwerk.core import permissions, roles
from zielwerk.core.permissions import EVERYONE, Permission
from zielwerk.rulebook.refusal import msg

PUBLIC = msg("auch ohne Anmeldung")
AT_COMMAND_LINE = msg("nur an der Kommandozeile")
OF_WHOLE = msg("nur, wer für alle Gebietskörperschaften zuständig ist")
OPERATOR = "operator"  # whoever has the command line of the installation


@dataclass(frozen=True)
class Line:
    """A verb: the roles that have it, and those that have it by part in the programme."""

    permission: Permission
    always: frozenset[str]
    by_programme: frozenset[str]

    @property
    def is_public(self) -> bool:
        return EVERYONE in self.permission.roles

    @property
    def is_of_operator_alone(self) -> bool:
        return self.permission.roles == {OPERATOR}

    def of_side(self, side: str) -> list[str]:
        """The roles of a side that have it, in any way; in the order of the table of roles."""
        having = roles.of_sides(self.always | self.by_programme, side)
        return [role for role in roles.ROLES if role in having]

    def is_for_all(self, side: str) -> bool:
        """Whether all roles of a side that work on cases have it."""
        return set(self.of_side(side)) >= roles.expanded(frozenset({side}))

    def has(self, role: str) -> bool:
        """Whether a role has it, in any way."""
        return role in self.always | self.by_programme

    @property
    def limits(self) -> tuple[str, ...]:
        """Within which limits it is had, and by whom beside the roles; German."""
        row = self.permission
        if self.is_public:
            return (PUBLIC,)
        if self.is_of_operator_alone:
            return (AT_COMMAND_LINE,)
        said = (row.scope_label, OF_WHOLE if row.is_of_whole else "", row.unless_label)
        return tuple(label for label in said if label)

    def depends(self, side: str) -> bool:
        """Whether it is the programme that gives it to roles of a side."""
        return not roles.of_sides(self.by_programme, side).isdisjoint(self.of_side(side))


def lines() -> Iterator[Line]:
    """All verbs that the programme has, by the name of their permission."""
    for _, row in sorted(permissions.TABLE.items()):
        if not permissions.is_there(row):
            continue
        always = frozenset(roles.ROLES) if EVERYONE in row.roles else roles.expanded(row.roles)
        yield Line(row, always, roles.expanded(row.sides) - always)


@dataclass(frozen=True)
class Row:
    """A line as a list shows it."""

    line: Line

    @property
    def name(self) -> str:
        return self.line.permission.name

    @property
    def label(self) -> str:
        return self.line.permission.label
