"""Pages of drafts show what the document says, and nothing of the other side's notes."""

import pytest
from django.conf import settings

from tests.rooms.money import AT
from tests.rooms.negotiation.made import Table, measure, sent
from tests.stage import signed_in
from zielwerk.drafting.views import NOTHING_AGREED, nodes, plain
from zielwerk.negotiation import actions
from zielwerk.negotiation.actions import NewComment
from zielwerk.rulebook.refusal import Refused

LIST = "/arbeit/entwuerfe"


def test_the_page_says_what_text_and_document_say(table: Table) -> None:
    page = signed_in(table.drafter).get(f"{LIST}/{table.draft.pk}").content.decode()
    for node in nodes(table.text):
        assert node.text.split(" (")[0].split("\n")[0][:30] in page.replace("&amp;", "&")
    assert (NOTHING_AGREED in page) == (NOTHING_AGREED in plain(table.text))


def test_files_of_a_version_are_the_document(table: Table) -> None:
    client, at = signed_in(table.drafter), f"{LIST}/{table.draft.pk}/fassungen/1"
    assert client.get(f"{at}.txt").content.decode() == plain(table.text)
    assert client.get(f"{at}.pdf").content.startswith(b"%PDF-1.7")
    data = client.get(f"{at}.json").json()
    assert (data["hash"], data["check_code"]) == (table.now().digest, table.now().code)
    assert client.get(f"{LIST}/{table.draft.pk}/fassungen/2.pdf").status_code == 404
    assert client.get(f"{at}.exe").status_code == 404


def test_a_comment_says_something_and_is_not_endless(hessian: Table) -> None:
    sent(hessian)
    new = NewComment(hessian.now(), measure(hessian), "§ 5", "\u200b ")
    for verb in (actions.comment, actions.comment_internally):
        with pytest.raises(Refused, match="fehlt der Text"):
            verb(hessian.partner, new, at=AT)
    long = NewComment(hessian.now(), measure(hessian), "§ 5", "x" * 5001)
    with pytest.raises(Refused, match="länger"):
        actions.comment(hessian.partner, long, at=AT)


def test_what_was_typed_comes_back_with_the_reason(hessian: Table) -> None:
    sent(hessian)
    client = signed_in(hessian.partner)
    piece = next(clause.pieces[0].id for clause in hessian.text.clauses if clause.is_negotiable)
    door = f"{LIST}/{hessian.draft.pk}/aendern?stelle={piece}&art=wording"
    answer = client.post(door, {"text": "Ein {neuer} Satz", "fassung": "1", "reason": "Kürzer"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Geschweifte Klammern" in page
    assert "Ein {neuer} Satz" in page
    assert "Kürzer" in page


def test_a_draft_of_another_programme_or_year_is_not_made(hessian: Table) -> None:
    wish = actions.DraftYear(settings.PROGRAMME, 1999)
    with pytest.raises(Refused, match="keine Verhandlung"):
        actions.draft_year(hessian.drafter, wish, at=AT)
