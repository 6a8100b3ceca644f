"""What went in comes out or is reported as uncertain; nothing wrong is reported as certain."""

from collections.abc import Callable
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading import generator, judging
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading
from zielwerk.rulebook.refusal import Refused

Read = Callable[[str], Reading]
SEEDS = st.integers(0, 2_000)
QUIET = settings(
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Sentences a heavily damaged text may be answered with instead of a reading.
ANSWERS = {
    "",
    "reading.no_amount",
    "reading.amount_ambiguous",
    "reading.unknown_body",
    "reading.no_body",
    "reading.no_agreement",
    "reading.no_year",
    "reading.year_without_pack",
}


def _read_or_answer(reading: Read, text: str) -> tuple[Reading | None, str]:
    try:
        return reading(text), ""
    except Refused as refused:
        return None, refused.refusals[0].rule


@QUIET
@given(number=SEEDS)
def test_a_clean_text_comes_out_complete_and_certain(
    number: int, year: Year, bodies: list[Body], reading: Read
) -> None:
    random = Random(number)
    said = generator.truth(random, year, bodies)
    read = reading(generator.write(said, year, generator.layout(random)))
    assert list(judging.missing_or_doubted(said, read)) == []
    assert list(judging.wrong_but_certain(said, read)) == []


@QUIET
@given(number=SEEDS, letters=st.sampled_from([0.002, 0.005, 0.01, 0.02]))
def test_nothing_wrong_is_certain_in_a_damaged_text(
    number: int, letters: float, year: Year, bodies: list[Body], reading: Read
) -> None:
    random = Random(number)
    said = generator.truth(random, year, bodies)
    clean = generator.write(said, year, generator.layout(random))
    faults = generator.Noise(letters, hyphen_blanks=0.5, habits=generator.HABITS[:3])
    text = generator.damage(clean, random, faults)
    read, answer = _read_or_answer(reading, text)
    assert answer in ANSWERS
    if read is not None:
        assert list(judging.wrong_but_certain(said, read)) == []
        assert all(text[one.start : one.end] == one.quote for one in read.evidence.values())


@QUIET
@given(number=SEEDS)
def test_layout_and_odd_characters_alone_cost_nothing(
    number: int, year: Year, bodies: list[Body], reading: Read
) -> None:
    """Soft hyphens, ligatures, decomposed umlauts and the like change no value."""
    random = Random(number)
    said = generator.truth(random, year, bodies)
    clean = generator.write(said, year, generator.layout(random))
    habits = tuple(random.sample(generator.HABITS, 3))
    read = reading(generator.damage(clean, random, generator.Noise(habits=habits)))
    assert list(judging.missing_or_doubted(said, read)) == []


def test_every_body_is_told_from_every_other(year: Year, bodies: list[Body], reading: Read) -> None:
    for number, body in enumerate(bodies):
        said = generator.truth(Random(number), year, [body])
        read = reading(generator.write(said, year, generator.Layout()))
        assert read.region.ags == body.ags
        assert read.evidence["parties[1].ags"].certain


def test_most_titles_of_a_lightly_damaged_text_stay_certain(
    year: Year, bodies: list[Body], reading: Read
) -> None:
    """A reader that doubted everything would be honest and useless."""
    certain = titles = 0
    for number in range(40):
        random = Random(number)
        said = generator.truth(random, year, bodies)
        clean = generator.write(said, year, generator.layout(random))
        read = reading(generator.damage(clean, random, generator.Noise(letters=0.001)))
        titles += len(read.measures)
        certain += sum(
            read.evidence[f"measures[{i}].title"].certain for i in range(len(read.measures))
        )
    assert certain > 0.75 * titles
