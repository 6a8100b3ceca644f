"""What somebody writes into the draft of a notice or an act, as values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Self

from zielwerk.granting.models import GrantAct, GrantNotice, Issuing
from zielwerk.rulebook.grant.acts import Facts
from zielwerk.rulebook.grant.amounts import Amounts, Place
from zielwerk.rulebook.grant.paths import Reach


def _places(stored: Mapping[str, int]) -> dict[Place, int]:
    return {
        (place.split("/")[0], int(place.split("/")[1])): cents for place, cents in stored.items()
    }


def _stored(amounts: Amounts) -> dict[str, int]:
    return {f"{measure}/{year}": cents for (measure, year), cents in amounts.items()}


@dataclass(frozen=True)
class NoticeDraft:
    """What is to be granted by measure and budget year, in cents; optional provisions; the reason.

    ``remark`` is what the recipient is told besides.
    """

    amounts: Amounts = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    reason: str = ""
    remark: str = ""

    @classmethod
    def of(cls, notice: GrantNotice) -> Self:
        stored = notice.draft
        return cls(
            _places(stored.get("amounts", {})),
            tuple(stored.get("conditions", ())),
            stored.get("reason", ""),
            stored.get("remark", ""),
        )

    @property
    def stored(self) -> dict[str, Any]:
        return {**asdict(self), "amounts": _stored(self.amounts)}


@dataclass(frozen=True)
class ActDraft:
    """What an act changes by measure and budget year, in cents, and what it rests on.

    See :class:`zielwerk.rulebook.grant.acts.Facts`; ``reason`` stands in the document. ``baseline``
    is the number of what was in force when its amounts were written.
    """

    amounts: Amounts = field(default_factory=dict)
    reason: str = ""
    effective: date | None = None
    reach: str = ""
    heard: date | None = None
    unheard: str = ""
    ground: str = ""
    discretion: str = ""
    known: date | None = None
    deceit: bool = False
    event: date | None = None
    evidence: str = ""
    asked: date | None = None
    baseline: str = ""

    @classmethod
    def of(cls, act: GrantAct) -> Self:
        stored: dict[str, Any] = dict(act.draft)
        amounts = _places(stored.pop("amounts", {}))
        for name in DAYS:
            if stored.get(name):
                stored[name] = date.fromisoformat(stored[name])
        known = {each.name for each in fields(cls)}
        return cls(amounts, **{name: value for name, value in stored.items() if name in known})

    @property
    def stored(self) -> dict[str, Any]:
        days = {name: day.isoformat() if (day := getattr(self, name)) else None for name in DAYS}
        return {**asdict(self), **days, "amounts": _stored(self.amounts)}

    def facts(self, on: date, law: str, drawn: Amounts | None = None) -> Facts:
        """The same for the rules, if it were issued on a day; ``drawn`` is what was paid out."""
        return Facts(
            day=on,
            changes=self.amounts,
            drawn=drawn or {},
            effective=self.effective,
            reach=Reach(self.reach) if self.reach else None,
            heard=self.heard,
            unheard=self.unheard,
            ground=self.ground,
            discretion=self.discretion,
            known=self.known,
            deceit=self.deceit,
            event=self.event,
            evidence=self.evidence,
            asked=self.asked,
            law=law,
        )


def drafted(case: Issuing) -> Amounts:
    """What the draft of a notice grants, or that of an act changes."""
    if isinstance(case, GrantAct):
        return ActDraft.of(case).amounts
    assert isinstance(case, GrantNotice)
    return NoticeDraft.of(case).amounts


DAYS = ("effective", "heard", "known", "event", "asked")
