"""What people see and press: the body, its head, the Träger, the state, and everybody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from tests.rooms.passing import made
from tests.stage import html_of, moved, press, signed_in
from zielwerk.config.cast import Cast
from zielwerk.core.papers import TEST_VIRUS
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.passing import actions, queries
from zielwerk.passing.actions import NewPaper, NewSpent
from zielwerk.passing.models import PassOn, ProviderPaper, Spent
from zielwerk.rulebook.passing.course import PassState
from zielwerk.rulebook.passing.ways import Document

LIST = "/arbeit/weiterleitungen"


def page_of(person: User, case: PassOn, door: str = "") -> str:
    answer = signed_in(person).get(f"{LIST}/{case.pk}{door}")
    assert answer.status_code == 200, answer.status_code
    return html_of(answer.content)


def status(person: User, address: str) -> int:
    return signed_in(person).get(address).status_code


def test_from_the_notice_to_being_in_force_by_pressing(hesse: Cast) -> None:
    notice = made.issued(hesse)
    client = signed_in(hesse.body)
    page = html_of(client.get(reverse("granting:notice", args=[notice.pk])).content)
    assert "Weiterleitung beginnen" in page
    measure = made.begun(hesse, notice).measure
    PassOn.objects.get()
    answer = client.post(f"{LIST}/neu/{notice.pk}/{measure}")
    assert answer.status_code == 302
    case = PassOn.objects.latest("pk")
    form = html_of(client.get(answer["Location"]).content)
    assert "Das steht der Weiterleitung noch entgegen" in form or "nichts entgegen" in form
    way = made.way(case)
    sent = {
        "revision": str(case.revision),
        "art": way.code,
        "traeger": str(made.party(hesse).pk),
        "zweck": "Werkstatt für zwölf Menschen",
        f"betrag_{made.year()}": "30.000,00",
        "kofinanzierung": "5.000",
        "plaetze": "12",
        "rate_1_tag": f"01.07.{made.year()}",
        "rate_1_betrag": "15.000",
    }
    for check in way.checks:
        sent[f"pruefung_{check}"] = next(iter(made.CHECKS[check].outcomes))
        sent[f"grund_{check}"] = made.REASON
    answer = client.post(f"{LIST}/{case.pk}/entwurf", sent)
    assert answer.status_code == 302, html_of(answer.content)
    form = html_of(client.get(answer["Location"]).content)
    assert "Der Weiterleitung steht nichts entgegen." in form
    assert "15.000,00" in form  # what no instalment pays is told
    assert press(client, case, "vorlegen").status_code == 302
    head = signed_in(made.head(hesse))
    assert "vorgelegte Weiterleitung ist in Kraft zu setzen" in html_of(
        head.get("/arbeit/").content
    )
    asked = html_of(head.get(f"{LIST}/{case.pk}/in-kraft-setzen").content)
    assert "30.000,00" in asked
    assert press(head, case, "in-kraft-setzen").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.amount_cents) == (PassState.IN_FORCE, 30_000_00)
    shown = page_of(hesse.body, case)
    for words in ("Werkstatt für zwölf Menschen", "Nebenbestimmungen, die weitergelten", "(PDF)"):
        assert words in shown


def test_half_an_instalment_is_told_at_its_field(hesse: Cast) -> None:
    case = made.drafted(hesse)
    sent = {"revision": str(case.revision), "rate_1_tag": f"01.07.{made.year()}"}
    answer = signed_in(hesse.body).post(f"{LIST}/{case.pk}/entwurf", sent)
    assert answer.status_code == 422
    assert "Zur Rate gehören Tag und Betrag." in html_of(answer.content)


def test_the_traeger_sees_its_own_and_nothing_else(hesse: Cast) -> None:
    notice = made.issued(hesse)
    own = made.concluded(hesse, made.drafted(hesse, notice, cents=9_000_00))
    others = made.concluded(hesse, made.drafted(hesse, notice, made.another(hesse), cents=8_000_00))
    drafted = made.drafted(hesse, notice, cents=1_000_00)
    traeger = signed_in(hesse.provider)
    rows = html_of(traeger.get(LIST).content)
    assert own.file_number in rows
    assert others.file_number not in rows
    assert drafted.file_number not in rows
    assert "9.000" in page_of(hesse.provider, own)
    assert traeger.get(f"{LIST}/{own.pk}/dokument").status_code == 200
    for case in (others, drafted):
        for door in ("", "/dokument", "/ausgaben", "/unterlagen", "/entwurf"):
            assert traeger.get(f"{LIST}/{case.pk}{door}").status_code in (403, 404), door
        assert traeger.get(f"{LIST}/{case.pk}").status_code == 404
    assert traeger.get(f"{LIST}/montag").status_code == 403
    csv = traeger.get(f"{LIST}?export=csv").getvalue().decode()
    assert own.file_number in csv
    assert others.file_number not in csv


def test_a_neighbour_sees_nothing_of_it(hesse: Cast) -> None:
    case = made.concluded(hesse)
    neighbour = moved(hesse.body, "06440")
    for door in ("", "/dokument", "/ausgaben"):
        assert status(neighbour, f"{LIST}/{case.pk}{door}") == 404
    assert case.file_number not in html_of(signed_in(neighbour).get(LIST).content)


@pytest.mark.parametrize("document", [Document.CONTRACT, Document.NOTICE])
def test_the_state_sees_amounts_and_reads_only_what_is_public_law(
    hesse: Cast, document: Document
) -> None:
    case = made.concluded(hesse, made.drafted(hesse, document=document))
    may_read = document is Document.NOTICE
    for person in (hesse.officer, hesse.authority):
        page = page_of(person, case)
        assert str(case.carrier) in page
        assert ("Nebenbestimmungen, die weitergelten" in page) is may_read
        assert status(person, f"{LIST}/{case.pk}/dokument") == (200 if may_read else 404)
    assert status(hesse.auditor, f"{LIST}/{case.pk}/dokument") == 200


def test_drafts_are_the_bodys_and_the_auditors(hesse: Cast) -> None:
    case = made.drafted(hesse)
    for person, expected in (
        (hesse.body, 200),
        (hesse.auditor, 200),
        (hesse.officer, 404),
        (hesse.authority, 404),
        (hesse.provider, 404),
    ):
        assert status(person, f"{LIST}/{case.pk}") == expected, person


def test_body_and_traeger_note_what_was_spent_and_the_last_entry_counts(hesse: Cast) -> None:
    case = made.concluded(hesse)
    for person, cents in ((hesse.body, "1.000"), (hesse.provider, "2.500,50")):
        sent = {
            "jahr": str(made.year()),
            "tag": f"{made.at(2):%d.%m.%Y}",
            "verausgabt": cents,
            "belegt": "9",
        }
        answer = signed_in(person).post(f"{LIST}/{case.pk}/ausgaben", sent)
        assert answer.status_code == 302, html_of(answer.content)
    assert Spent.objects.count() == 2  # nothing is edited
    assert "2.500,50" in page_of(hesse.body, case)
    gone = {"jahr": str(made.year()), "tag": f"{made.at(2):%d.%m.%Y}", "verausgabt": ""}
    client = signed_in(hesse.body)
    assert client.post(f"{LIST}/{case.pk}/ausgaben", gone).status_code == 422  # without a reason
    gone["vermerk"] = "Falsches Projekt"
    assert client.post(f"{LIST}/{case.pk}/ausgaben", gone).status_code == 302
    assert "2.500,50" not in page_of(hesse.body, case).partition("Verlauf")[0]


def test_more_spent_than_passed_on_is_a_fact_and_shown(hesse: Cast) -> None:
    case = made.concluded(hesse)
    new = NewSpent(case, made.year(), made.at(2).date(), case.amount_cents + 1)
    actions.note_spent(hesse.body, new, at=made.at(2))
    assert "mehr als weitergegeben" in page_of(hesse.body, case)


def test_papers_come_are_read_by_both_sides_and_struck_again(hesse: Cast) -> None:
    case = made.concluded(hesse)
    code = made.way(case).papers[0].code
    new = NewPaper(case, code, "plan.pdf", b"%PDF-1.7 Plan")
    paper = actions.keep_paper(hesse.provider, new, at=made.at(2))
    door = f"{LIST}/{case.pk}/unterlagen/{paper.pk}"
    for person, expected in (
        (hesse.body, 200),
        (hesse.provider, 200),
        (hesse.auditor, 200),
        (hesse.authority, 404),
    ):
        assert status(person, door) == expected, person
    assert "plan.pdf" in page_of(hesse.body, case)
    strike, sent = f"{LIST}/{case.pk}/unterlagen/streichen", {"unterlage": code}
    for seen in ("", "x", "²", paper.pk - 1, paper.pk + 1):  # nobody strikes what she did not see
        assert signed_in(hesse.body).post(strike, {**sent, "gesehen": seen}).status_code == 409
    answer = signed_in(hesse.body).post(strike, {**sent, "gesehen": paper.pk})
    assert answer.status_code == 302
    assert "plan.pdf" not in page_of(hesse.body, case).partition("Verlauf")[0]
    assert ProviderPaper.objects.count() == 2
    assert bytes(paper.file.content)  # type: ignore[union-attr]  # what came stays in the files


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF " + TEST_VIRUS, "mit der Virenscanner getestet werden"),
        (b"MZ\x00", "weder PDF noch Bild"),
    ],
)
def test_a_paper_that_is_not_taken_says_why(hesse: Cast, content: bytes, sentence: str) -> None:
    """What a Träger hands in is judged like what a body hands in."""
    case = made.concluded(hesse)
    door, code = f"{LIST}/{case.pk}/unterlagen", queries.way_of(case).papers[0].code
    file = SimpleUploadedFile("plan.pdf", content, "application/pdf")
    answer = signed_in(hesse.provider).post(door, {"art": code, "datei": file})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ProviderPaper.objects.exists()


def test_an_order_inherits_no_conditions_of_a_grant(hesse: Cast) -> None:
    case = made.concluded(hesse, made.drafted(hesse, document=Document.ORDER))
    assert case.content
    assert case.content["conditions"] == []
    assert case.content["proof_due"] == ""
    assert [each["label"] for each in case.content["checks"]] == ["Vergabe", "Umsatzsteuer"]


def test_an_act_that_takes_from_it_shows_at_once(hesse: Cast) -> None:
    """A fact is recorded; what is passed on is then more than the notice grants."""
    case = made.concluded(hesse)
    around = queries.around_of(case, made.at(2).date())
    assert sum(around.rest_with.values()) == 0
    assert queries.warnings_of(case, made.at(2).date()) == ()


def test_a_person_of_the_traeger_who_only_administers_sees_none(hesse: Cast) -> None:
    made.concluded(hesse)
    hesse.provider.posts.update(role="provider_administrator")
    person = let_in(User.objects.get(pk=hesse.provider.pk), made.at().date())
    assert signed_in(person).get(LIST).status_code == 403


def test_a_traeger_reads_nothing_of_what_its_body_weighed_or_gave_to_others(hesse: Cast) -> None:
    case = made.concluded(hesse, made.drafted(hesse, cents=10_000_00))
    page = page_of(hesse.provider, case)
    assert "10.000" in page
    for inside in (
        made.REASON,
        "Was geprüft ist",
        "der Maßnahme bewilligt",
        "anders weitergegeben",
    ):
        assert inside not in page
        assert inside in page_of(hesse.body, case)


def test_why_it_was_sent_back_is_read_by_its_body_and_the_auditors_alone(hesse: Cast) -> None:
    case = actions.put_forward(hesse.body, made.drafted(hesse), at=made.at(1))
    head, why = made.head(hesse), "Der Träger ist uns zu teuer."
    case = actions.send_back(head, case, note=why, at=made.at(1))
    case = made.concluded(hesse, case, days=2)
    end = "Der Kurs entfällt."
    actions.end(head, case, note=end, at=made.at(3))
    people = (hesse.body, hesse.auditor, hesse.provider, hesse.officer, hesse.authority)
    pages = [page_of(person, case) for person in people]
    assert [why in page for page in pages] == [True, True, False, False, False]
    assert all(end in page for page in pages)  # what came afterwards everybody is told
    file = reverse("filing:case_file", args=[case.seal_name, case.pk])
    files = [html_of(signed_in(each).get(file).content) for each in (hesse.body, hesse.authority)]
    assert [why in page for page in files] == [True, False]


def test_the_document_is_seen_before_it_is_in_force_and_by_nobody_outside(hesse: Cast) -> None:
    case = made.drafted(hesse, document=Document.NOTICE)
    door = f"{LIST}/{case.pk}/vorschau.pdf"
    answer = signed_in(hesse.body).get(door)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert door in page_of(hesse.body, case)
    assert {status(person, door) for person in (hesse.provider, hesse.officer)} == {404}
    made.concluded(hesse, case)
    kept = signed_in(hesse.body).get(f"{LIST}/{case.pk}/dokument").content
    assert signed_in(hesse.body).get(door).content == kept


def test_what_comes_into_force_names_nobody_as_next(hesse: Cast) -> None:
    case = made.drafted(hesse)
    press(signed_in(hesse.body), case, "vorlegen")
    head = signed_in(made.head(hesse))
    answer = press(head, case, "in-kraft-setzen")
    said = html_of(head.get(answer["Location"]).content)
    assert "In Kraft: " in said
    assert "Am Zug: ." not in said


def test_a_desk_says_which_papers_are_missing(hesse: Cast) -> None:
    case = made.concluded(hesse)
    desk = html_of(signed_in(hesse.provider).get("/arbeit/").content)
    assert case.file_number in desk
    late = [each.paper.label for each in next(queries.owed([case], localdate())).late]
    assert late
    assert all(str(label) in desk for label in late)
    assert f"{LIST}/montag" in html_of(signed_in(hesse.body).get("/arbeit/").content)
