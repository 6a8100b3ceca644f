"""Pages of drafts show what the document says, and nothing of the other side's notes."""

from dataclasses import replace

import pytest
from django.conf import settings

from tests.rooms.money import AT, YEAR
from tests.rooms.negotiation.made import (
    Table,
    another_coordinator,
    answer_all,
    measure,
    propose,
    renamed,
    sent,
)
from tests.stage import signed_in
from zielwerk.config import world_plans
from zielwerk.drafting.changes import Change, ChangeKind
from zielwerk.drafting.views import NOTHING_AGREED, nodes, plain
from zielwerk.language import sentence
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan
from zielwerk.measures.models import PlannedMeasure
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import Edit, NewAnswer, NewComment
from zielwerk.negotiation.models import CheckAnswer, CheckRecord
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import NewParty, NewRelation, enter_party
from zielwerk.rulebook.checking import ALSO_FUNDED, Finding, Severity
from zielwerk.rulebook.refusal import Refused, Said

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


def test_a_body_reads_nothing_of_what_another_body_plans(hessian: Table) -> None:
    title, other = "Werkstatt für den Einstieg", "Werkstatt zum Einstieg"
    ours, theirs = hessian.cast.body, another_coordinator(hessian)
    both = [NewRelation(one.ags) for one in (ours, theirs)]
    new = NewParty(settings.PROGRAMME, "Werkhof (erfunden)", "provider", both)
    party = enter_party(hessian.cast.officer, new, at=AT)
    rules = packs.load(settings.PROGRAMME, YEAR)
    kind = next(each.code for each in rules.measure_types if each.has_participants)
    for who, name in ((ours, title), (theirs, other)):
        plan = world_plans.complete(rules, name, kind, 10_000_00)
        plan = replace(plan, passing_on="contract", party=party.pk, carrier=party.name)
        measures.plan(who, NewPlan(settings.PROGRAMME, YEAR, who.ags, plan), at=AT)
    planned = PlannedMeasure.objects.get(title=other)
    draft = actions.redraft(hessian.drafter, hessian.now(), at=AT)
    actions.send(hessian.drafter, draft, at=AT)
    door = f"{LIST}/{draft.pk}/pruefung"
    page = signed_in(ours).get(door).content.decode()
    assert "derselbe Träger bei einer anderen Gebietskörperschaft" in page
    assert other not in page
    assert planned.file_number not in page
    page = signed_in(hessian.drafter).get(door).content.decode()
    assert other in page
    assert planned.file_number in page
    key = next(
        one.key for one in queries.findings(hessian.now(), AT.date()) if "elsewhere" in one.key
    )
    answer = actions.answer_check(ours, NewAnswer(hessian.now(), key, "Eine andere."), at=AT)
    assert other not in answer.sentence + answer.key
    assert planned.file_number not in answer.sentence + answer.key
    assert answer.key == f"elsewhere:{PlannedMeasure.objects.get(title=title).file_number}"


def test_an_answer_that_was_kept_with_a_digest_of_the_neighbour_stays_one(hessian: Table) -> None:
    sent(hessian)
    draft, asked = hessian.now(), Said(ALSO_FUNDED, {"title": "Werkstatt"})
    columns = {"draft": draft, "sentence": sentence(asked), "by": "user:1", "at": AT}
    given = [CheckAnswer(key=f"elsewhere:MP-1:{'0a' * 6}", answer="Nein.", **columns)]
    finding = Finding("elsewhere:MP-1", Severity.QUESTION, "§ 5", asked)
    assert queries.answers(given, [finding])[finding.key].answer == "Nein."
    kept = {"key": given[0].key, "severity": "question", "place": "§ 5", "basis": ""}
    record = CheckRecord(draft=draft, version=1, findings=[{**kept, "de": "?", "en": "?"}])
    assert [each.key for each in queries.recorded(record)] == [finding.key]


def test_an_error_in_another_answer_is_there_to_see(hessian: Table) -> None:
    sent(hessian)
    answer_all(hessian)
    door = f"{LIST}/{hessian.draft.pk}/pruefung"
    client = signed_in(hessian.partner)
    key = next(one.key for one in queries.findings(hessian.now(), AT.date()))
    assert '<details class="zw-more" open>' not in client.get(door).content.decode()
    answer = client.post(door, {"frage": key, "antwort": " "})
    assert answer.status_code == 422
    assert answer.content.decode().count('<details class="zw-more" open>') == 1
    question = next(iter(queries.findings(hessian.now(), AT.date())))
    told = client.post(door, {"frage": question.key, "antwort": "So bleibt es."}, follow=True)
    assert f"Beantwortet: „{sentence(question.said)}“" in told.content.decode()


def test_a_yes_by_telephone_says_whose_it_was_and_how_it_came(hessian: Table) -> None:
    sent(hessian)
    one = propose(hessian.drafter, hessian, renamed(hessian, "Camp am See"))
    door = f"{LIST}/{hessian.draft.pk}/vorschlaege"
    client = signed_in(hessian.drafter)
    typed = {"von": "Frau Roth", "am": "1.9.2024", "antwort": "Einverstanden"}
    answer = client.post(f"{door}/{one.number}/annehmen", {**typed, "weg": ""})
    assert answer.status_code == 422  # nobody says for her on which way it came
    client.post(f"{door}/{one.number}/annehmen", {**typed, "weg": "telephone"})
    page = " ".join(signed_in(hessian.partner).get(door).content.decode().split())
    assert "am Telefon gesagt, eingetragen von" in page
    assert "Frau Roth, 01.09.2024: Einverstanden" in page
    again = client.get(f"{door}/{one.number}/annehmen")
    assert again.status_code == 302  # nothing is left to decide


def test_each_link_to_decide_says_about_which_proposal(hessian: Table) -> None:
    sent(hessian)
    for title in ("Camp am See", "Camp am Wald"):
        propose(hessian.drafter, hessian, renamed(hessian, title))
    client = signed_in(hessian.partner)
    page = client.get(f"{LIST}/{hessian.draft.pk}/vorschlaege").content.decode()
    for number in (1, 2):
        assert f'Annehmen<span class="kern-sr-only">: Vorschlag {number}</span>' in page


def test_every_version_is_there_as_each_kind_of_file(hessian: Table) -> None:
    actions.edit(hessian.drafter, hessian.now(), renamed(hessian, "Camp am See"), at=AT)
    page = signed_in(hessian.drafter).get(f"{LIST}/{hessian.draft.pk}/vergleich").content.decode()
    for number in (1, 2):
        for ending in ("pdf", "txt", "json"):
            assert f"/fassungen/{number}.{ending}" in page


def test_at_a_paragraph_it_stands_that_another_proposal_drops_the_whole(hessian: Table) -> None:
    text = "Erstens.\n\nZweitens."
    own = Change(ChangeKind.ADD, "eigene-1", title="Teilhabe", text=text)
    draft = actions.edit(hessian.drafter, hessian.now(), Edit(1, "Ergänzung", own), at=AT)
    actions.send(hessian.drafter, draft, at=AT)
    for node, kind in (("eigene-1/1", ChangeKind.WORDING), ("eigene-1", ChangeKind.DROP)):
        change = Change(kind, node, text="Zuerst.")
        propose(hessian.partner, hessian, Edit(2, "Ergänzung 1", change))
    place = f"{LIST}/{draft.pk}/stelle?stelle=eigene-1%2F1"
    page = signed_in(hessian.drafter).get(place).content.decode()
    assert "Mehrere Vorschläge zu derselben Stelle" in page
    assert f'href="{LIST}/{draft.pk}/vorschlaege#v2"' in page
