"""Where two wordings of one agreement stand beside each other, what changed is told and marked."""

from dataclasses import replace

import pytest

from tests.stage import AT, html_of, signed_in
from zielwerk.agreements import actions
from zielwerk.agreements.actions import Received
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.rulebook.agreement import Clause, Terms

pytestmark = pytest.mark.django_db

WORDING = (
    Clause("§ 4", "Haushaltsmittel", "Das Land stellt 1.600.100 Euro bereit."),
    Clause("§ 5", "Ziele", "Folgende Projekte:\n• Startklar!\n• Team-Camp"),
)
AMENDED = (
    replace(WORDING[0], text="Das Land stellt 1.650.300 Euro  bereit."),
    replace(WORDING[1], text="Folgende Projekte:\n• Team-Camp\n• Startklar!"),
)
REWRAPPED = (replace(WORDING[0], text="Das Land stellt  1.600.100 Euro bereit."), WORDING[1])
TERMS = replace(world.main_kinzig(), clauses=WORDING)


def begun(cast: world.Cast, terms: Terms, read: Terms | None = None) -> Intake:
    reading = {"evidence": {}} | ({"terms": read.to_json()} if read else {})
    text = repr(terms).encode()
    return actions.begin(cast.officer, Received("text.txt", text, terms, reading, ()), at=AT)


@pytest.fixture
def recorded(cast: world.Cast) -> Intake:
    """The agreement with its first wording, recorded by two persons."""
    return actions.confirm(
        cast.head, actions.accept(cast.officer, begun(cast, TERMS), at=AT), at=AT
    )


def page_of(cast: world.Cast, intake: Intake) -> str:
    answer = signed_in(cast.officer).get(f"/arbeit/erfassungen/{intake.pk}", follow=True)
    return html_of(answer.content)


@pytest.mark.usefixtures("recorded")
def test_another_text_of_an_agreement_is_told_word_by_word(cast: world.Cast) -> None:
    page = page_of(cast, begun(cast, replace(TERMS, clauses=AMENDED)))
    assert "2 Unterschiede" in page
    assert "§ 4: statt „Das Land stellt" not in page
    assert "§ 4: statt 1.600.100 Euro nun 1.650.300 Euro (+ 50.200 Euro)" in page
    assert "§ 5: „Team-Camp“ steht nun vor „Startklar!“" in page
    assert "1.600.100</del>" in page


@pytest.mark.usefixtures("recorded")
def test_white_space_is_no_difference(cast: world.Cast) -> None:
    page = page_of(cast, begun(cast, replace(TERMS, clauses=REWRAPPED)))
    assert "Alles stimmt überein" in page


def test_what_the_reviewer_corrected_stands_in_the_wording(cast: world.Cast) -> None:
    misread = (replace(WORDING[0], text="Das Land stellt 1.600.lOO Euro bereit."), WORDING[1])
    intake = begun(cast, TERMS, replace(TERMS, clauses=misread))
    page = page_of(cast, actions.accept(cast.officer, intake, at=AT))
    assert "Was beim Prüfen berichtigt wurde" in page
    assert "1.600.100</ins>" in page
