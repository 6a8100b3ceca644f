"""What the body adds from its own means is read as such and never taken for the budget."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import generator
from tests.reading.conftest import read_text
from zielwerk.packs import loading
from zielwerk.packs.model import Body
from zielwerk.reading.agreement import Reading
from zielwerk.rulebook.money import format_euro

Read = Callable[[str], Reading]
OWN, TOTAL = 20_000_00, 480_000_00


def written(sentence: str) -> str:
    """An agreement whose clause about money says only this."""
    year = loading.load("aqb_hessen", 2024)
    bodies: list[Body] = list(loading.bodies_in("aqb_hessen", 2024))
    text = generator.write(generator.truth(Random(5), year, bodies), year, generator.Layout())
    start = text.index("Das HMSI stellt")
    return text[:start] + sentence + "\n\n" + text[text.index("§ 5\n", start) :]


@pytest.mark.parametrize(
    "sentence",
    [
        "Das HMSI stellt insgesamt 480.000 Euro bereit. Der Eigenanteil beträgt 20.000 Euro.",
        "Der Landkreis bringt einen Eigenanteil von 20.000 Euro auf, das Land gibt 480.000 Euro.",
        "Zu einem Eigenanteil in Höhe von 20.000 Euro kommen 480.000 Euro des Landes.",
        "Zuzüglich eines Eigenanteils von insgesamt 20.000 Euro gewährt das Land 480.000 Euro.",
        "Das Land gewährt 480.000 Euro; 20.000 Euro trägt die Region als Eigenanteil.",
        "Das Land gewährt 480.000 Euro bei einem Eigenanteil von 20.000 Euro.",
        "Das Land gewährt 480.000 Euro. Hinzu kommen 20.000 Euro Eigenmittel.",
        "Das Land gewährt 480.000 Euro.\n\nEigenanteil: 20.000 Euro (in Worten: zwanzigtausend "
        "Euro).",
        "Neben dem Eigenanteil der Region von 20.000 Euro stehen insgesamt 480.000 Euro bereit.",
    ],
)
def test_an_own_share_beside_the_budget(reading: Read, sentence: str) -> None:
    read = reading(written(sentence))
    assert (read.own_share_cents, read.budget_cents) == (OWN, TOTAL)
    assert read.evidence["own_share_cents"].certain
    assert read.evidence["own_share_cents"].quote == "20.000 Euro"
    assert read.evidence["budget_cents"].certain


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Land gewährt 480.000 Euro.",
        "Das Land gewährt 480.000 Euro ohne Eigenanteil.",
        "Das Land gewährt 480.000 Euro. Ein Eigenanteil ist nicht zu erbringen.",
    ],
)
def test_no_own_share_is_none_for_certain(reading: Read, sentence: str) -> None:
    read = reading(written(sentence))
    assert (read.own_share_cents, read.budget_cents) == (None, TOTAL)
    assert read.evidence["own_share_cents"].certain


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Land gewährt 480.000 Euro. Ein Eigenanteil von zehn Prozent wird erwartet.",
        "Nach Abzug des Eigenanteils gewährt das Land 480.000 Euro.",
    ],
)
def test_an_own_share_without_its_amount_is_asked_for(reading: Read, sentence: str) -> None:
    read = reading(written(sentence))
    assert (read.own_share_cents, read.budget_cents) == (None, TOTAL)
    assert not read.evidence["own_share_cents"].certain
    assert read.evidence["budget_cents"].certain


def test_two_own_shares_are_never_one_for_certain(reading: Read) -> None:
    both = "Der Eigenanteil beträgt 20.000 Euro. "
    read = reading(written(f"Das Land gewährt 480.000 Euro. {both}{both.replace('2', '3')}"))
    assert not read.evidence["own_share_cents"].certain
    assert read.budget_cents == TOTAL


@given(own=st.integers(1_000, 90_000), total=st.integers(100_000, 900_000), is_first=st.booleans())
def test_whatever_the_amounts_are_and_whichever_comes_first(
    own: int, total: int, is_first: bool
) -> None:
    share = f"Der Eigenanteil beträgt {format_euro(own * 100, 'de')}."
    money = f"Das Land stellt insgesamt {format_euro(total * 100, 'de')} bereit."
    read = read_text(written(f"{share} {money}" if is_first else f"{money} {share}"))
    assert (read.own_share_cents, read.budget_cents) == (own * 100, total * 100)
