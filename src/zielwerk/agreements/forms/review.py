"""The review of a reading: every value correctable, every doubt to be settled."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from zielwerk.agreements import queries
from zielwerk.agreements.actions import Review
from zielwerk.agreements.forms import answering
from zielwerk.agreements.forms.groups import Group
from zielwerk.agreements.forms.values import BLANK_MEASURES, ValuesForm
from zielwerk.agreements.models import Intake
from zielwerk.core.permissions import Actor
from zielwerk.reading.everywhere import everywhere
from zielwerk.rulebook.agreement import Earmark, Measure

_BEFORE = re.compile(r"(?:(?<!\S)\S+\s+){0,5}\S*$")  # a word that is quoted, and behind it
_BEHIND = re.compile(r"\S*(?:\s+\S+(?!\S)){0,5}")
_NEAR = 120  # letters on either side that are looked at


class ReviewForm(ValuesForm):
    """All values of a recording, words that stand in several places, questions to the text."""

    def __init__(
        self, intake: Intake, data: Mapping[str, Any] | None = None, *, user: Actor, today: date
    ) -> None:
        super().__init__(intake, data, user=user, today=today)
        left = intake.answers.get("words", ())
        self.choices = answering.choices(self, queries.words_standing(intake), self.groups(), left)
        self.questions = answering.questions(self, intake, self.parts)
        self._let_words_decide()
        self._quote_words()

    def open_groups(self) -> list[Group]:
        """Groups with doubts nobody has settled, in the order of the page."""
        settled = set(self.intake.settled)
        return [group for group in self.groups() if not set(group.doubts) <= settled]

    def review(self) -> Review:
        """The command; call only when the form is valid."""
        values = self.cleaned_data
        terms = replace(
            self.terms,
            year=values["year"],
            **self._body(values["parties[1].ags"]),
            ministry=values.get("parties[0].name", ""),
            amount_cents=values["budget_cents"] or 0,
            own_share_cents=values.get("own_share_cents", self.terms.own_share_cents),
            granting_authority=values["granting_authority"],
            frameworks=self._rows("frameworks", "", len(self.terms.frameworks)),
            legal_areas=tuple(values["legal_areas"]),
            measures=tuple(self._given_measures()),
            earmarks=self._given_earmarks(),
            meeting=values["meeting"],
            resolution=values["resolution"],
            signatures=tuple(
                replace(
                    signature,
                    name=values[f"signatures[{index}].name"] or None,
                    office=values[f"signatures[{index}].office"] or None,
                    place=values[f"signatures[{index}].place"] or None,
                    acting=values[f"signatures[{index}].acting"] or None,
                    date=_iso(values[f"signatures[{index}].date"]),
                )
                for index, signature in enumerate(self.terms.signatures)
            ),
            clauses=tuple(
                replace(clause, text=values[f"clauses[{index}].text"])
                for index, clause in enumerate(self.terms.clauses)
            ),
        )
        chosen = [(each.word, values[each.name]) for each in self.choices]
        chosen_words = [word for word, how in chosen if how == answering.EVERYWHERE]
        return Review(
            queries.with_ministry(everywhere(terms, chosen_words)),
            tuple(self._settled()),
            values["revision"],
            answering.answered(values, self.questions),
            tuple(word.key for word, how in chosen if how == answering.LEAVE),
        )

    def _body(self, ags: str) -> dict[str, str]:
        """The body that was chosen, under its official name; none yet in an interim state."""
        if not ags:
            return {"ags": ""}
        body = self.bodies[ags]
        return {"ags": ags, "body_name": body.name, "body_kind": str(body.kind.label)}

    def _rows(self, name: str, part: str, count: int) -> tuple[str, ...]:
        return tuple(self.cleaned_data[f"{name}[{index}]{part}"] for index in range(count))

    def _given_measures(self) -> Iterator[Measure]:
        read = self.terms.measures
        for index in range(len(read) + BLANK_MEASURES):
            key = f"measures[{index}]"
            title, kind = (self.cleaned_data[f"{key}.{part}"] for part in ("title", "type"))
            known_cents = read[index].amount_cents if index < len(read) else None
            cents = self.cleaned_data.get(f"{key}.amount_cents", known_cents)
            seats, place, target = (
                self.cleaned_data[f"{key}.{part}"] or None for part in ("seats", "place", "target")
            )
            if index < len(read) or title:
                yield Measure(kind, title, cents, seats, place, target)

    def _given_earmarks(self) -> tuple[Earmark, ...]:
        earmarks = {earmark.code: earmark for earmark in self.terms.earmarks}
        return tuple(earmarks.get(code, Earmark(code)) for code in self.cleaned_data["earmarks"])

    def _settled(self) -> Iterator[str]:
        """Doubts ticked as looked at; a corrected value has been looked at, too."""
        changed = set(self.changed_data)
        decided = {each.word.key for each in self.choices if self.cleaned_data[each.name]}
        for path, keys in self._proposed().items():
            if keys <= decided:
                yield path
        for group in self.groups():
            is_ticked = group.doubts and self.cleaned_data.get(f"settled:{group.key}")
            if is_ticked or changed & set(group.names):
                yield from group.doubts

    def _let_words_decide(self) -> None:
        """Where all that is in doubt of a value is its words, deciding about them settles it."""
        proposed, numbers = self._proposed(), {one.word.key: one.number for one in self.choices}
        for group in self.groups():
            if group.doubts and all(path in proposed for path in group.doubts):
                keys = {key for path in group.doubts for key in proposed[path]}
                group.decided_by = tuple(sorted(numbers[key] for key in keys))

    def _quote_words(self) -> None:
        """Of a value whose words are in doubt quote these words, each with what is around it."""
        near: dict[str, list[str]] = {}
        for one in self.intake.reading.get("proposals", ()):
            evidence = self.intake.evidence(one["path"])
            if evidence.get("quote"):
                start = one["start"] - evidence["start"]
                around = _around(evidence["quote"], start, start + one["end"] - one["start"])
                near.setdefault(one["path"], []).append(around)
        for group in self.groups():
            pieces = [piece for path in group.doubts for piece in near.get(path, ())]
            group.quote = " ".join(dict.fromkeys(pieces)).replace("… …", "…") or group.quote

    def _proposed(self) -> dict[str, set[str]]:
        """The words that are still to decide about, by the value they are proposed in."""
        asked, found = {each.word.key for each in self.choices}, dict[str, set[str]]()
        for one in self.intake.reading.get("proposals", ()):
            key = f"{one['before']} → {one['after']}"
            if key in asked:
                found.setdefault(one["path"], set()).add(key)
        return found


def _around(text: str, start: int, end: int) -> str:
    """A word with the words beside it: "… und Soziales (HMSl) und der …"."""
    begin, stop = max(0, start - _NEAR), end + _NEAR
    left, right = _BEFORE.search(text[begin:start]), _BEHIND.match(text[end:stop])
    first = left.start() + begin if left else start
    last = right.end() + end if right else end
    words = " ".join(text[first:last].split())
    return f"{'… ' if first else ''}{words}{' …' if last < len(text) else ''}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
