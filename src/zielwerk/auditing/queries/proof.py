"""What a proof holds: entries of the chain, the seals on them, the records of money, figures.

Records are those of money alone, bookings and accounts: they hold no person beside her name in
the chain, so that erasing a person leaves nothing of her in a proof. All others are there by
their digests.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from zielwerk.auditing.queries.about import NUMBER, entries, of_records
from zielwerk.core import audit
from zielwerk.core.digests import plain
from zielwerk.core.models import AuditEntry, AuditSeal, Sealed
from zielwerk.ledger.models import Account, Transfer

CHUNK = 2000
RECORDS: tuple[type[Sealed], ...] = (Account, Transfer)
Line = dict[str, object]


@dataclass(frozen=True)
class Proof:
    """The contents of a proof of the whole log, or of the case with a file number.

    Of a case it has all entries from the first that is about the case, or that opened an account
    on which it was booked, up to the newest: so its place in the chain can be verified up to the
    seal. Seals and records are those of the case alone.
    """

    until: audit.Seal
    case: str = ""

    @cached_property
    def sealed(self) -> list[int] | None:
        """The entries of which the seals are in the proof; None: of all."""
        if not self.case:
            return None
        about = of_records(entries(), NUMBER, self.case).filter(pk__lte=self.until.entry)
        opened = AuditSeal.objects.filter(subject__in=_named(self._accounts()))
        of_accounts = AuditEntry.objects.filter(pk__in=opened.values("entry"))
        return sorted(
            {
                *about.order_by().values_list("pk", flat=True),
                *of_accounts.filter(pk__lte=self.until.entry).values_list("pk", flat=True),
            }
        )

    @property
    def first(self) -> int:
        """The number of the first entry; 0 where there is none at all."""
        if self.sealed is None:
            return 1 if self.until.entry else 0
        return self.sealed[0] if self.sealed else self.until.entry

    def entries(self) -> Iterator[Line]:
        """The chain, oldest first."""
        rows = AuditEntry.objects.filter(pk__gte=self.first, pk__lte=self.until.entry)
        for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
            yield {
                "number": row.pk,
                "at": plain(row.at),
                "actor": row.actor,
                "verb": row.verb,
                "subject": row.subject,
                "digest": row.digest,
                "previous": row.previous,
                "hash": row.hash,
            }

    def seals(self) -> Iterator[Line]:
        """The seals on its entries, in the order in which they hang there."""
        rows = self._seals().order_by("entry_id", "pk").values_list("entry_id", "subject", "digest")
        for number, subject, digest in rows.iterator(chunk_size=CHUNK):
            yield {"entry": number, "subject": subject, "digest": digest}

    def _seals(self) -> QuerySet[AuditSeal]:
        seals = AuditSeal.objects.filter(entry__lte=self.until.entry)
        return seals if self.sealed is None else seals.filter(entry__in=self.sealed)

    def records(self) -> Iterator[Line]:
        """The bookings and the accounts that are sealed in it."""
        for model in RECORDS:
            for row in self._records(model).order_by("pk").iterator(chunk_size=CHUNK):
                yield {"name": audit.reference(row), "facts": plain(row.sealed_facts())}

    def _records(self, model: type[Sealed]) -> QuerySet[Any]:
        """Those with a seal in the proof: what was recorded since has none."""
        sealed = self._seals().filter(subject=OuterRef("name_in_chain"))
        rows = model._default_manager.annotate(name_in_chain=_name(model))
        return rows.filter(Exists(sealed))

    def _accounts(self) -> QuerySet[Account]:
        """The accounts on which was booked for the case."""
        booked = Transfer.objects.filter(case=self.case)
        touched = Q(pk__in=booked.values("source")) | Q(pk__in=booked.values("target"))
        return Account.objects.filter(touched)

    def figures(self) -> dict[str, object]:
        """What may be counted in it, counted by the database."""
        there = AuditEntry.objects.filter(pk__gte=self.first, pk__lte=self.until.entry)
        counted = {model.seal_name: self._records(model).count() for model in RECORDS}
        return {
            **there.aggregate(entries=Count("pk")),
            "first": self.first,
            "last": self.until.entry,
            "seals": self._seals().count(),
            "records": {name: number for name, number in counted.items() if number},
            "bookings": self._bookings(),
        }

    def _bookings(self) -> dict[str, dict[str, int]]:
        """Number and sum of the bookings, of a case of its own, by book and programme year."""
        of = ("source__book", "source__programme_year")
        booked = self._records(Transfer).order_by()
        rows = (booked.filter(case=self.case) if self.case else booked).values(*of)
        summed = rows.annotate(number=Count("pk"), cents=Sum("amount_cents")).order_by(*of)
        return {
            f"{row[of[0]]}/{row[of[1]]}": {"number": row["number"], "cents": row["cents"]}
            for row in summed
        }


def _name(model: type[Sealed]) -> Concat:
    return Concat(Value(f"{model.seal_name}:"), Cast("pk", CharField()))


def _named(accounts: QuerySet[Account]) -> QuerySet[Any]:
    return accounts.order_by().annotate(name_in_chain=_name(Account)).values("name_in_chain")
