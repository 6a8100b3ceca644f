"""A paper compared with what the pack and the house know: sizes, seats, last year.

The pack knows orders of size (parameters marked as assumptions) and seats, also without a
database. The house knows what is allocated, the year's total, and last year's agreement.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zielwerk.packs.model import Year
from zielwerk.reading.model import Doubt, Finding, Found, Measure
from zielwerk.recognition.likeness import alike
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg

OUT_OF_SIZE = msg("Der Betrag passt nicht zur Größenordnung, die das Programm kennt.")
NOT_ALLOCATED = msg("Zugewiesen ist ein anderer Betrag.")
UNLIKE_LAST_YEAR = msg("Der Betrag weicht stark von dem des Vorjahrs ab.")
RENAMED = msg("Im Vorjahr stand ein fast gleicher Titel.")

# The parameters of a year that say what the reader takes for possible, in euros or percent.
SHARE_LEAST, SHARE_MOST = "share_least", "share_most"
STATE_TOTAL, CHANGE_MOST = "state_total", "share_change"
_NEARLY = 0.86


@dataclass(frozen=True)
class LastYear:
    """What a body agreed for the year before."""

    amount_cents: int
    titles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # where its people signed


@dataclass(frozen=True)
class Known:
    """What the house knows of a body and a year before it reads their paper; None: nothing.

    ``allocated_cents`` is what the body may be promised. ``is_whole`` says that one paper
    promises all of it.
    """

    allocated_cents: int | None = None
    total_cents: int | None = None
    before: LastYear | None = None
    is_whole: bool = True


@dataclass(frozen=True)
class Sizes:
    """What is possible in a year, in cents; None where nobody said so."""

    least: int | None
    most: int | None
    total: int | None
    change_percent: int | None


def sizes(pack: Year, known: Known) -> Sizes:
    """The orders of size of a year: what the house knows before what the pack assumes."""

    def stated(code: str) -> int | None:
        found = next((each.value for each in pack.parameters if each.code == code), None)
        return None if found is None else int(Decimal(found))

    def cents(code: str) -> int | None:
        euros = stated(code)
        return None if euros is None else euros * 100

    total = known.total_cents or pack.published_total_cents or cents(STATE_TOTAL)
    return Sizes(cents(SHARE_LEAST), cents(SHARE_MOST), total, stated(CHANGE_MOST))


def out_of_size(amount: int | None, size: Sizes) -> Iterator[Doubt]:
    """An amount beyond what one body can have is in doubt, more so one beyond the state's total.

    Of a programme of 27.7 million euros no body gets 71 million, and none gets 12 euros.
    """
    if amount is None:
        return
    if size.total is not None and amount > size.total:
        words = msg(
            "Der Betrag {amount} ist größer als alles, was das Programm im Jahr hat ({limit}): Ist "
            "er richtig gelesen?"
        )
        yield _sized("reading.more_than_all", words, amount, size.total)
    elif size.most is not None and amount > size.most:
        words = msg(
            "Der Betrag {amount} ist größer, als eine Gebietskörperschaft erwarten lässt "
            "(angenommen: höchstens {limit}): Ist er richtig gelesen?"
        )
        yield _sized("reading.large", words, amount, size.most)
    elif size.least is not None and amount < size.least:
        words = msg(
            "Der Betrag {amount} ist kleiner, als eine Gebietskörperschaft erwarten lässt "
            "(angenommen: mindestens {limit}): Ist er richtig gelesen?"
        )
        yield _sized("reading.small", words, amount, size.least)


def _sized(rule: str, words: str, amount: int, limit: int) -> Doubt:
    return _money(rule, words, {"amount": Cents(amount), "limit": Cents(limit)}, OUT_OF_SIZE)


def _money(rule: str, words: str, params: Mapping[str, object], reason: str) -> Doubt:
    paths = ("budget_cents",)
    return Doubt(paths, Finding(rule, words, params, "uncertain", paths[0]), reason, 0.6)


def not_allocated(amount: int | None, known: Known) -> Iterator[Doubt]:
    """An amount other than the allocation is in doubt; one of several papers may be a part.

    Allocated 1.140.300 €, in the text 1.410.300 €: two digits may have changed places.
    """
    if amount is None or known.allocated_cents is None:
        return
    fits = amount == known.allocated_cents or (
        not known.is_whole and amount < known.allocated_cents
    )
    if not fits:
        words = msg("Im Text stehen {amount}, zugewiesen sind {allocated}: Welcher Betrag gilt?")
        params = {"amount": Cents(amount), "allocated": Cents(known.allocated_cents)}
        yield _money("reading.not_allocated", words, params, NOT_ALLOCATED)


def unlike_last_year(amount: int | None, known: Known, size: Sizes) -> Iterator[Doubt]:
    """An amount far from last year's is in doubt, where no allocation explains it.

    With 100 percent more than twice as much or less than half as much is far.
    """
    before = known.before
    if amount is None or before is None or size.change_percent is None or not known.is_whole:
        return
    if amount == known.allocated_cents:
        return
    more, less = sorted((amount, before.amount_cents), reverse=True)
    if less and more * 100 > less * (100 + size.change_percent):
        words = msg(
            "Im Text stehen {amount}, im Vorjahr waren es {before}: Ist das richtig gelesen?"
        )
        params = {"amount": Cents(amount), "before": Cents(before.amount_cents)}
        yield _money("reading.unlike_last_year", words, params, UNLIKE_LAST_YEAR)


def renamed(measures: Sequence[Found[Measure]], known: Known) -> Iterator[Doubt]:
    """A title that is nearly one of last year's may be the same, misread or renamed.

    Last year "Kompass-Camp", now "Kompass-Gamp": in doubt. The same title is no doubt.
    """
    titles = known.before.titles if known.before else ()
    same = {measure.value.title for measure in measures} | {""}
    for i, measure in enumerate(measures):
        title = measure.value.title
        if title in titles:
            continue
        ranked = sorted((alike(one, title), one) for one in titles if one not in same)
        likeness, near = ranked[-1] if ranked else (0.0, "")
        if likeness >= _NEARLY and _figures(near) == _figures(title):
            words = msg("Der Titel „{title}“ hieß im Vorjahr „{before}“: Ist er richtig gelesen?")
            path = f"measures[{i}].title"
            params = {"title": title, "before": near}
            finding = Finding("reading.renamed", words, params, "uncertain", path)
            yield Doubt((path,), finding, RENAMED, 0.7)


def _figures(title: str) -> list[str]:
    """The numbers of a title: "Robotik 1" and "Robotik 2" are two measures."""
    return [piece for piece in "".join(c if c.isdigit() else " " for c in title).split() if piece]
