"""Signed files that are wrong, as whoever brings them to the page meets them: told, never kept."""

import io
from collections import Counter
from collections.abc import Callable
from copy import copy
from datetime import timedelta
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from django.test import Client

from tests.journeys.pages import visible
from tests.rooms.conclusion import electronic, made, paper
from tests.rooms.conclusion.electronic import STRANGER, key, newest, places, signed
from tests.rooms.conclusion.made import SIGNED, Desk
from tests.rooms.conclusion.test_electronic_pages import confirming, sent
from tests.rooms.conclusion.test_pages import page_of
from tests.rooms.conclusion.test_paper_pages import encrypted, repeated
from tests.rooms.conftest import Together
from tests.rooms.money import AT
from tests.signing.foreign import bare_sign
from tests.stage import signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.conclusion import actions
from zielwerk.conclusion.models import Comparison, Conclusion, Signature, SignedFile
from zielwerk.config.demo_authority import issue
from zielwerk.core import audit
from zielwerk.ledger import queries as ledger
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.signatures import places_of
from zielwerk.signing.keys import Person

SQLITE_ALONE = True  # what a file is is the same on every database


@pytest.fixture(autouse=True)
def _trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    electronic.trust(tmp_path / "stellen", monkeypatch)


def altered(content: bytes) -> bytes:
    """A signed file with one page fewer, saved by a program that cares for no signature."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        del opened.pages[0]
        opened.save(saved)
    return saved.getvalue()


def test_what_is_wrong_with_a_signed_file_is_told_on_the_page_and_nothing_kept(
    hessian: Desk,
) -> None:
    case = electronic.begun(hessian)
    first, door = signed_in(hessian.first), f"{page_of(case)}/exemplar"
    ministry, district, _ = places(case)
    mine = signed(case, ministry, key("Erika Beispiel"))
    twice = bare_sign(mine, district, key("Erika Beispiel"))
    short = issue(electronic.AUTHORITY, Person("Ex Pirata", "", ""), AT, life=timedelta(seconds=1))
    expired = bare_sign(newest(case), ministry, short)
    unknown = signed(case, ministry, key("Fritz Fremd", STRANGER))
    for content, sentence in (
        (altered(mine), "unterschrieben hat, wurde danach geändert"),
        (twice, "Erika Beispiel hat zweimal unterschrieben."),
        (expired, "Das Zertifikat von Ex Pirata galt vom"),
        (unknown, "Das Zertifikat von Fritz Fremd kommt von keiner Prüfstelle"),
        (encrypted(newest(case)), "Das PDF ist verschlüsselt."),
        (repeated(newest(case), 500), "Die Datei ist nicht unterschrieben."),
        (b"PK\x03\x04", "Die Datei ist kein PDF, sondern ein ZIP-Archiv."),
        (mine[: len(mine) // 2], "Das PDF ist beschädigt"),
        (b"", "Die übertragene Datei ist leer."),
    ):
        answer = first.post(door, {"datei": sent(content)})
        assert answer.status_code == 422, sentence
        assert sentence in visible(answer.content.decode())
    assert not SignedFile.objects.exists()
    assert not Signature.objects.exists()


def test_a_signature_by_somebody_else_stands_beside_the_office_it_was_to_be(
    hessian: Desk,
) -> None:
    """No file says who holds an office: whoever checks reads both, before it is kept and after."""
    case = electronic.begun(hessian)
    first, page = signed_in(hessian.first), page_of(case)
    content = signed(case, places(case)[0], key("Willi Wichtig", office="Hausmeister"))
    shown = first.post(f"{page}/exemplar", {"datei": sent(content)}).content.decode()
    for html in (shown, _after(first, page, confirming(shown, f"{page}/exemplar"))):
        told = visible(html)
        assert "Wer unterschreiben sollte, und wen das Zertifikat nennt" in told
        assert "Willi Wichtig" in told
        assert "Hausmeister" in told
        assert places_of(case.sides)[places(case)[0]].office in told


def _after(client: Client, page: str, fields: dict[str, str]) -> str:
    assert client.post(f"{page}/exemplar", fields).status_code == 302
    return client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_both_sides_bring_a_scan_at_one_moment_and_each_is_kept_once(
    hessian: Desk, together: Together
) -> None:
    [case] = together([lambda: paper.begun(hessian)])
    mine, theirs = (paper.unread(case, b"%PDF-1.7" + more) for more in (b"\n", b"\n\n"))
    sides = ((hessian.first, mine), (hessian.body, theirs), (hessian.body, mine))
    answers = together(
        [partial(told, partial(actions.keep_scan, who, scan, at=SIGNED)) for who, scan in sides]
    )
    assert Counter(answers) == {"done": 2, "conclusion.kept_already": 1}
    counts = [SignedFile.objects.count, Comparison.objects.count, lambda: list(audit.verify())]
    assert [together([each])[0] for each in counts] == [2, 2, []]


@pytest.mark.django_db(transaction=True)
def test_who_conclude_at_one_moment_make_one_agreement_and_move_its_money_once(
    hessian: Desk, together: Together
) -> None:
    def ready() -> Conclusion:
        case = paper.begun(hessian)
        made.sign(hessian, case)
        return made.checked(hessian, case)

    def became() -> tuple[int, int, list[object]]:
        agreements = Agreement.objects.filter(concluded_as=case.file_number).count()
        cents = ledger.agreed_cents(case.programme, case.year, case.ags)
        return agreements, cents, list(audit.verify())

    [case] = together([ready])
    seen = [copy(case) for _ in range(3)]
    answers = together(
        [partial(told, partial(actions.conclude, hessian.second, one, at=SIGNED)) for one in seen]
    )
    assert Counter(answers)["done"] == 1
    assert together([became]) == [(1, case.amount_cents, [])]


@pytest.mark.django_db(transaction=True)
def test_both_sides_approve_at_one_moment_and_one_version_is_approved(
    hessian: Desk, together: Together
) -> None:
    """The second side approves what the first has approved, never what it did not see yet."""
    table = hessian.table

    def reopened() -> DraftDocument:
        return negotiation.reopen(table.drafter, table.now(), note="Eine Zahl fehlt", at=AT)

    def approved() -> str:
        settled = negotiation.settle(table.second, table.now(), at=AT)
        assert paper.begun(hessian).digest == settled.digest
        return settled.state

    together([reopened])
    [seen] = together([table.now])
    answers = together(
        [
            partial(told, partial(negotiation.accept, table.partner, copy(seen), at=AT)),
            partial(told, partial(negotiation.settle, table.second, copy(seen), at=AT)),
        ]
    )
    assert (answers[0], answers[1] == "done") == ("done", False)
    assert together([approved]) == [DraftState.SETTLED]


def told(work: Callable[[], object]) -> str:
    """What a person would get: "done", or the rule by which she was refused."""
    try:
        work()
    except Refused as refused:
        return refused.refusals[0].rule
    return "done"
