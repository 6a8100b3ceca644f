"""Columns by which rows are ordered and found: kept beside what they are made of.

``SortKey`` and ``BodyKey`` hold what a list orders by, ``SearchText`` what a search looks
through. They are made when a row is written and never set by hand, so a verb that changes a
name uses ``save()``; they stand under no seal. A body's short name is data of the programme:
when it changes, the keys follow as the server starts (:func:`renamed`).
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, QuerySet

from zielwerk.packs import naming
from zielwerk.rulebook.alphabet import searchable, sort_key, spelled, words

M = TypeVar("M", bound=models.Model)


class Kept(models.TextField):  # type: ignore[type-arg]
    """A column made from others of the row, named in ``of``, whenever the row is written."""

    def __init__(self, *args: Any, of: Iterable[str] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(*args, **{**kwargs, "editable": False, "default": ""})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {"verbose_name": kwargs["verbose_name"]}

    def made(self, row: models.Model) -> str:
        raise NotImplementedError

    def pre_save(self, row: models.Model, add: bool) -> str:
        text = self.made(row)
        setattr(row, self.attname, text)
        return text

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        # Byte by byte, as SQLite compares by itself: the language of a server orders nothing.
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


class SortKey(Kept):
    """What a name is ordered by."""

    def made(self, row: models.Model) -> str:
        return sort_key(getattr(row, self.of[0]))


class BodyKey(Kept):
    """What a row is ordered by where it stands under its body: the body's short name."""

    def made(self, row: models.Model) -> str:
        return sort_key(body_of(row))


class SearchText(Kept):
    """The texts of a row in the spellings in which they are looked for."""

    def made(self, row: models.Model) -> str:
        return searchable(str(getattr(row, name)) for name in self.of)


def body_of(row: Any) -> str:
    """The short name of a row's body; as it was written down where the programme has it not."""
    name = naming.names(row.programme).get(row.ags)
    return name.short if name else getattr(row, "body_name", "") or row.ags


def matching(
    rows: QuerySet[M], wish: str, *, text: str = "search_text", ags: str = "ags"
) -> QuerySet[M]:
    """The rows in which each word is found: in their search text, or in the names of their body.

    A whole name of a body finds its rows and none of a body that is merely called alike; where
    it is one word, such as Hanau, also texts of others that hold it.

    ``text`` and ``ags`` are paths to these columns, ``ags`` is empty where there is no body.
    """
    bodies = naming.names(settings.PROGRAMME).values() if ags else ()
    named, wish = naming.called(settings.PROGRAMME, wish) if ags else ([], wish)
    for body_ags, name in named:
        alike = [body.ags for body in bodies if name in body.text and body.ags != body_ags]
        told = Q(pk__in=()) if " " in name else Q(**{f"{text}__contains": name})
        rows = rows.filter(Q(**{ags: body_ags}) | told & ~Q(**{f"{ags}__in": alike}))
    for word in words(wish):
        condition = Q(pk__in=())
        for spelling in word:
            condition |= Q(**{f"{text}__contains": spelling})
        if called := [body.ags for body in bodies if spelled(body.text, word)]:
            condition |= Q(**{f"{ags}__in": called})
        rows = rows.filter(condition)
    return rows


def renamed(using: str) -> list[tuple[QuerySet[Any], dict[str, str]]]:
    """Rows whose body the programme calls otherwise by now, and the key that they should have."""
    tables = set(connections[using].introspection.table_names())
    stale = []
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, BodyKey) and model._meta.db_table in tables:
                rows = model._default_manager.using(using).order_by()
                for kept in rows.values(*column.of, column.attname).distinct():
                    key = column.made(model(**{name: kept[name] for name in column.of}))
                    if key != kept[column.attname]:
                        stale.append((rows.filter(**kept), {column.attname: key}))
    return stale
