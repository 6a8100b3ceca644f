"""How a verb runs: one permission, one transaction, one audit entry.

    @action("agreements.accept")
    def accept(actor, transcript, *, at): ...

The wrapped function is called as ``accept(actor, subject, …, at=moment)``; ``subject`` is the
thing that the permission's scope and four-eyes rule look at: what is changed, or the command
by which something is made. Actions may call actions of lower rooms: all run in the outermost one's
transaction, and only the outermost appends to the audit chain, as its last statement.
A race that the database decides comes back as a refusal (:mod:`~zielwerk.core.races`); any other
broken constraint is a fault of the software and stays one.
"""

import contextvars
import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import DatabaseError, models, transaction

from zielwerk.core import audit, permissions, races
from zielwerk.core.models import Sealed
from zielwerk.rulebook.refusal import Refused

P = ParamSpec("P")
Result = TypeVar("Result")
Subject = TypeVar("Subject")


@dataclass
class Running:
    """The running outermost action: what its verbs made, to be sealed in its audit entry.

    ``booked_at`` is the moment under which it records money, None while it records none.
    ``actor`` is whoever does it.
    """

    actor: permissions.Actor

    seals: list[tuple[str, str]] = field(default_factory=list)
    booked_at: datetime | None = None


VERBS: set[str] = set()  # the names of all verbs that leave an entry in the chain
_running: contextvars.ContextVar[Running | None] = contextvars.ContextVar("running", default=None)


def action(
    name: str,
) -> Callable[
    [Callable[Concatenate[permissions.Actor, Subject, P], Result]],
    Callable[Concatenate[permissions.Actor, Subject, P], Result],
]:
    """Make a function the one way to do the verb ``name`` (a row of the permission table)."""

    def wrap(
        verb: Callable[Concatenate[permissions.Actor, Subject, P], Result],
    ) -> Callable[Concatenate[permissions.Actor, Subject, P], Result]:
        permissions.check(name, f"{verb.__module__}.{verb.__qualname__}")
        VERBS.add(name)

        @functools.wraps(verb)
        def run(
            actor: permissions.Actor, subject: Subject, *args: P.args, **kwargs: P.kwargs
        ) -> Result:
            permissions.require(actor, name, subject)
            if _running.get() is not None:
                return verb(actor, subject, *args, **kwargs)
            return _outermost(
                name, actor, subject, lambda: verb(actor, subject, *args, **kwargs), kwargs
            )

        return run  # type: ignore[return-value]  # mypy adds names that callers need not use

    return wrap


def seal(*records: Sealed) -> None:
    """Seal the facts of these records in the audit entry of the running action."""
    _now_running().seals.extend(audit.sealed(record) for record in records)


def acting() -> permissions.Actor:
    """Whoever does the running action."""
    return _now_running().actor


def moment_of_booking(at: datetime) -> datetime:
    """Under which moment the running action records money: ``at``, or later.

    Never before the newest entry of the chain. A server whose clock was set back would
    otherwise add to days of which it is already told what was known on them.
    """
    running = _now_running()
    if running.booked_at is None:
        running.booked_at = max(at, audit.newest_moment() or at)
    return max(at, running.booked_at)


def _now_running() -> Running:
    running = _running.get()
    if running is None:
        raise RuntimeError("a thing was sealed or booked outside an action")
    return running


def is_untouched(record: Sealed) -> bool:
    """Whether a record's facts are those of its newest seal, one of the running action included."""
    running = _running.get()
    name, digest = audit.sealed(record)
    sealed = [seal for about, seal in running.seals if about == name] if running else []
    return sealed[-1] == digest if sealed else audit.is_untouched(record)


def _outermost(
    name: str,
    actor: permissions.Actor,
    subject: object,
    verb: Callable[[], Result],
    kwargs: dict[str, Any],
) -> Result:
    moment = kwargs.get("at")
    if not isinstance(moment, datetime):
        raise TypeError(f"{name} needs at=datetime")
    running = Running(actor)
    token = _running.set(running)
    try:
        with transaction.atomic():
            result = verb()
            about = subject if isinstance(subject, models.Model) else result
            audit.append(actor.audit_name, name, about, running.seals, moment, running.booked_at)
            return result
    except DatabaseError as error:
        refusal = races.lost(error)
        if refusal is None:
            raise
        raise Refused(refusal) from error
    finally:
        _running.reset(token)
