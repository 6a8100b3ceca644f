"""What the entries of the log are about: cases by their file number, bodies, years, money.

An entry names one record, and seals others beside it. What a record belongs to is read from its
own columns or from those of the record that it hangs on, so a new table needs nothing here.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat, Substr
from django.utils.translation import gettext

from zielwerk.core import audit
from zielwerk.core.models import AuditEntry, AuditSeal, Sealed

NUMBER, YEAR, BODY = ("file_number", "case"), ("year", "programme_year"), ("ags",)
BOOKING = "transfer:"  # how the names of bookings begin in the chain


def entries() -> QuerySet[AuditEntry]:
    """All entries, each with file number, year and body of its record, and whether it booked."""
    booked = AuditSeal.objects.filter(entry=OuterRef("pk"), subject__startswith=BOOKING)
    text, number = models.CharField(), models.IntegerField()
    return AuditEntry.objects.annotate(
        file_number=_of_subject(NUMBER, Value(""), text),
        year=_of_subject(YEAR, Value(None), number),
        ags=_of_subject(BODY, Value(""), text),
        is_financial=Exists(booked),
        booked_for=Subquery(_case_booked()),
    )


def _case_booked() -> QuerySet[Any]:
    """The file number on the first booking that an entry seals."""
    sealed = AuditSeal.objects.filter(entry=OuterRef("pk"), subject__startswith=BOOKING)
    case = _of_subject(NUMBER[1:], Value(""), models.CharField())
    return sealed.order_by("pk").annotate(booked_on=case).values("booked_on")[:1]


def _of_subject(columns: tuple[str, ...], default: Value, field: models.Field[Any, Any]) -> Case:
    """A column of the record that ``subject`` names, looked up by its key."""
    whens = []
    for name, model in audit.SEALED.items():
        if path := next(_paths(model, columns), ""):
            key = Cast(Substr(OuterRef("subject"), len(name) + 2), models.BigIntegerField())
            found = Subquery(model._default_manager.filter(pk=key).order_by().values(path)[:1])
            whens.append(When(subject__startswith=f"{name}:", then=found))
    return Case(*whens, default=default, output_field=field)


def _paths(model: type[models.Model], columns: tuple[str, ...]) -> Iterator[str]:
    """Where a record has one of these columns: its own first, then those it hangs on."""
    own = [field.name for field in model._meta.concrete_fields]
    yield from [column for column in columns if column in own][:1]
    for field in model._meta.concrete_fields:
        above: Any = field.related_model
        if above and issubclass(above, Sealed) and above is not model:
            names = {one.name for one in above._meta.concrete_fields}
            yield from (f"{field.name}__{column}" for column in columns if column in names)


def of_records(log: QuerySet[AuditEntry], columns: tuple[str, ...], value: object) -> Any:
    """The entries that name or seal a record with this value in one of the columns.

    One list of names for all tables: of many lists each entry would be looked for in every one.
    """
    named = [
        model._default_manager.filter(**{path: value})
        .order_by()
        .values_list(Concat(Value(f"{name}:"), Cast("pk", models.CharField())))
        for name, model in audit.SEALED.items()
        for path in _paths(model, columns)
    ]
    names = named[0].union(*named[1:])
    sealing = AuditSeal.objects.filter(subject__in=names).order_by().values("entry")
    return log.filter(Q(subject__in=names) | Q(pk__in=sealing))


def with_booking(log: QuerySet[AuditEntry], *, is_wanted: bool) -> QuerySet[AuditEntry]:
    """The entries that booked money, or those that did not."""
    booked = AuditSeal.objects.filter(entry=OuterRef("pk"), subject__startswith=BOOKING)
    return log.filter(Exists(booked) if is_wanted else ~Exists(booked))


def subject_label(reference: str) -> str:
    """The subject by its German name; a reference of no declared kind as it stands."""
    name, _, number = reference.partition(":")
    return f"{kind_label(audit.SEALED[name])} {number}" if name in audit.SEALED else reference


def kind_label(model: type[Sealed]) -> str:
    """What records of a kind are called, in the person's language."""
    label = gettext(str(model._meta.verbose_name))
    return label[:1].upper() + label[1:]
