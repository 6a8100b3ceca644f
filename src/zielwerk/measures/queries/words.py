"""What the codes of a plan are called: those of its year first, those of other years too."""

from collections.abc import Iterable
from functools import cached_property
from textwrap import shorten

from zielwerk.language import German, sentence, translate, value_text
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned import CostLine
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.target import KINDS, Names, Target, TargetKind, sentences

LONGEST = 120  # characters of a heading
Choices = list[tuple[str, German]]


class Words:
    """The words of a programme year for codes; what it does not know is named by another year."""

    def __init__(self, programme: str, year: int) -> None:
        self.programme = programme
        self.rules: Year = packs.load(programme, year)

    def of(self, table: str) -> dict[str, German]:
        """The words of a table of the year, by code in their order."""
        return {entry.code: _word(entry) for entry in getattr(self.rules, table)}

    def said(self, table: str, code: str) -> German:
        """The word of a code; the code where no year knows it."""
        word = self.of(table).get(code)
        return word or self._elsewhere.get((table, code)) or German(code)

    def choices(self, table: str, kept: Iterable[str] = ()) -> Choices:
        """The year's options; those in use that it does not know stay, so that none gets lost."""
        known = self.of(table)
        others = [code for code in kept if code and code not in known]
        return [*known.items(), *((code, self.said(table, code)) for code in others)]

    @cached_property
    def _elsewhere(self) -> dict[tuple[str, str], German]:
        found: dict[tuple[str, str], German] = {}
        for year in reversed(packs.years(self.programme)):
            rules = packs.load(self.programme, year)
            for table in TABLES:
                found |= {(table, each.code): _word(each) for each in getattr(rules, table)}
        return found

    def shown(self, field: str, value: object, language: str = "de") -> str:
        """A value of a field of a plan as people read it; empty where nothing is said."""
        if value is None or value in ("", ()):
            return ""
        if isinstance(value, tuple | list):
            members = [self.shown(field, member, language) for member in value]
            return ("; " if field in ("costs", "targets") else ", ").join(members)
        if isinstance(value, CostLine):
            return (
                f"{self.line(value, language)}: {value_text(Cents(value.amount_cents), language)}"
            )
        if isinstance(value, Target):
            said = sentences(value, self.names(value, language))
            return " ".join(sentence(each, language) for each in said)
        if field in TABLE_OF:
            return self.said(TABLE_OF[field], str(value)).wording(language)
        if field in ("part_time", "language"):
            return translate(ANSWERS[str(value)], language)
        return value_text(value, language)

    def line(self, line: CostLine, language: str = "de") -> str:
        """A line of the costs without its amount: category, source, budget year."""
        category = self.said("cost_categories", line.category).wording(language)
        source = self.said("cost_sources", line.source).wording(language)
        return f"{category}, {source}, {line.budget_year}"

    def aim(self, target: Target, language: str = "de") -> str:
        """What a target aims at, as a heading; its kind where nothing is said yet."""
        said = sentences(target, self.names(target, language))
        is_named = target.words if target.kind == TargetKind.WORDS else target.indicator
        kind = translate(KINDS[TargetKind(target.kind)], language)
        if not said or not is_named:
            return kind
        return shorten(sentence(said[0], language), LONGEST, placeholder=" …").removesuffix(".")

    def names(self, target: Target, language: str = "de") -> Names:
        """What the codes of a target are called."""
        known = {each.code: each for each in self.rules.target_indicators}
        indicator = known.get(target.indicator)
        return Names(
            self.said("target_indicators", target.indicator).wording(language),
            translate(indicator.unit, language) if indicator else "",
            self.said("target_groups", target.subgroup).wording(language),
        )


ANSWERS = {"yes": msg("ja"), "no": msg("nein")}
TABLES = (
    *("measure_types", "target_groups", "legal_areas", "frameworks", "earmarks", "passing_on"),
    *("cost_categories", "cost_sources", "target_indicators"),
)
TABLE_OF = {
    "type": "measure_types",
    "target_groups": "target_groups",
    "legal_areas": "legal_areas",
    "frameworks": "frameworks",
    "earmark": "earmarks",
    "passing_on": "passing_on",
}
"""The fields of a plan that hold codes, and the tables of the year that name them."""


def _word(entry: object) -> German:
    word = getattr(entry, "label", None) or getattr(entry, "title", "")
    return word if isinstance(word, German) else German(str(word))
