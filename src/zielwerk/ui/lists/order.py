"""The order of a list, and the part of it that follows or precedes a row.

A page begins after a row that its address names, so that a later page costs what the first
does. What is empty comes last in ascending order and first in descending order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, F, Q, QuerySet, Subquery
from django.db.models.expressions import Col, CombinedExpression, OrderBy

from zielwerk.ui.lists.columns import Column, Sort

NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Term:
    """A field or an expression (then known to the query by ``name``) and its direction."""

    name: str
    is_descending: bool
    is_nullable: bool
    expression: Sort = ""

    def ordering(self, *, reverse: bool) -> OrderBy:
        is_descending = self.is_descending != reverse
        empty: dict[str, bool] = {}
        if self.is_nullable:
            empty = {"nulls_first": True} if is_descending else {"nulls_last": True}
        return OrderBy(F(self.name), descending=is_descending, **empty)

    def beyond(self, value: Any, *, reverse: bool) -> Q:
        """The rows that come after those with this value, by this term alone."""
        is_descending = self.is_descending != reverse
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if is_descending else NOTHING
        condition = Q(**{f"{self.name}__{'lt' if is_descending else 'gt'}": value})
        if self.is_nullable and not is_descending:
            condition |= Q(**{f"{self.name}__isnull": True})
        return condition

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


@dataclass(frozen=True)
class Order:
    """The terms of an order; the last is the key, so no two rows are equal."""

    terms: tuple[Term, ...]

    def names(self) -> list[str]:
        return [term.name for term in self.terms]

    def known(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with the expressions of the order, by their names."""
        expressions = {term.name: term.expression for term in self.terms if term.expression}
        return rows.annotate(**expressions) if expressions else rows

    def ordered(self, rows: QuerySet[Any], *, reverse: bool = False) -> QuerySet[Any]:
        return rows.order_by(*(term.ordering(reverse=reverse) for term in self.terms))

    def beyond(self, values: Sequence[Any], *, reverse: bool = False) -> Q:
        """The rows after the one with these values; before it, where reversed."""
        condition, same = NOTHING, Q()
        for term, value in zip(self.terms, values, strict=True):
            condition |= same & term.beyond(value, reverse=reverse)
            same &= term.same(value)
        first, value = self.terms[0], values[0]
        # Said once more of the first term alone: by that the databases find where to begin.
        return (first.beyond(value, reverse=reverse) | first.same(value)) & condition


def order_of(
    rows: QuerySet[Any],
    column: Column | None,
    default: Sequence[str],
    keys: Sequence[str],
    *,
    down: bool,
) -> Order:
    """The order by a column, then by the list's own order, then by what tells rows apart."""
    terms = {}
    for place, sort in enumerate(column.order if column else ()):
        name = sort if isinstance(sort, str) else f"order_{place}"
        expression = "" if isinstance(sort, str) else sort
        terms[name] = Term(name, down, is_nullable(rows, name), expression)
    for sort in (*default, *keys):
        name = sort.removeprefix("-")
        terms.setdefault(name, Term(name, sort.startswith("-"), is_nullable(rows, name)))
    return Order(tuple(terms.values()))


def is_nullable(rows: QuerySet[Any], name: str) -> bool:
    """Whether a field, or a join on the way to it, may be empty; an expression only if it says."""
    if name in rows.query.annotations:
        return _is_empty_somewhere(rows.query.annotations[name])
    at: Any = rows.model
    for part in () if name == "pk" else name.split("__"):
        try:
            field = at._meta.get_field(part)
        except FieldDoesNotExist:
            return False
        if getattr(field, "null", False) or not field.concrete:
            return True
        at = field.related_model
    return False


def _is_empty_somewhere(expression: Any) -> bool:
    """Whether it may be a field's, or says of some rows that there is nothing."""
    if isinstance(expression, Case):
        return getattr(expression.default, "value", "") is None
    if isinstance(expression, CombinedExpression):
        return any(map(_is_empty_somewhere, expression.get_source_expressions()))
    return isinstance(expression, Col | Subquery)
