"""The demo of every programme, and that no page says what only another programme would."""

import re

from django.test import Client

from tests.journeys.programmes import HESSE, NORDMARK, SUEDLAND, Example
from tests.stage import html_of, signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.config.cast import BEGAN
from zielwerk.core import audit
from zielwerk.identity.models import User
from zielwerk.ledger import queries as ledger
from zielwerk.publication.models import Edition

WALKED_ON = {
    "sqlite": {"aqb_hessen", "lotsenfonds_nordmark"},
    "postgresql": {"kreisbudget_suedland"},
}
# Words that only this programme uses: its state, ministry, authority, places, its document.
OWN_WORDS = {
    HESSE: re.compile("Hessen|Hessisch|HMSI|AQB|Regierungspräsid|Kinzig|Wiesbaden"),
    NORDMARK: re.compile("Nordm[aä]rk|NMAT|LFN|Lotsen|Sandhafen|Fördervereinbarung"),
    SUEDLAND: re.compile("Südl[aä]nd|StMAA|KBS|Kreisbudget|Bezirksregierung|Sonnbruck"),
}
RANDOM = re.compile('name="csrfmiddlewaretoken" value="[^"]*"')
INSIDE = ("/arbeit/", "/arbeit/vereinbarungen", "/arbeit/erfassungen", "/arbeit/erfassungen/neu")


def test_the_demo_is_made_of_the_programme_and_lawful(example: Example, db: None) -> None:
    cast = world.build()
    found = list(Agreement.objects.all())
    assert found
    assert {one.programme for one in found} == {example.programme}
    assert {one.pk for one in found} == set(Edition.objects.values_list("agreement", flat=True))
    assert cast.body.ags in {one.ags for one in found}
    assert cast.officer.organisation == example.ministry
    desk, _ = cast.takers("recording", example.year, example.ags)
    assert example.authority in {desk.organisation, cast.authority.organisation}
    assert list(audit.verify()) == []
    assert list(ledger.faults()) == []
    assert list(ledger.disagreements(example.programme)) == []
    assert [one.version for one in found if one.version > 1] == [2]


def test_no_page_speaks_the_words_of_another_programme(
    example: Example, played: world.Cast
) -> None:
    terms = world.invented()[0]
    world.record_and_publish(played, terms, is_invented=True, at=BEGAN)
    one, there = f"{terms.year}/{terms.ags}", f"/{example.address}"
    shown = "".join(
        Client().get(address).getvalue().decode()
        for address in ("/", f"{there}.csv", f"{there}.json", f"{there}/{one}", "/anmelden")
    )
    for person in User.objects.all():
        for address in (*INSIDE, f"/arbeit/vereinbarungen/{one}"):
            shown += signed_in(person).get(address).getvalue().decode()
    shown = RANDOM.sub("", shown)  # three letters of a name may stand in it by chance
    assert OWN_WORDS[example].search(shown)
    for other, words in OWN_WORDS.items():
        if other != example:
            assert not words.findall(shown)


def test_agreements_are_called_what_the_programme_calls_them(
    example: Example, played: world.Cast
) -> None:
    terms = world.invented()[0]
    world.record_and_publish(played, terms, is_invented=True, at=BEGAN)
    there = f"/{example.address}"
    one = f"{there}/{terms.year}/{terms.ags}"
    for language, names in (("de", example.documents), ("en", example.documents_en)):
        client = Client(headers={"Accept-Language": language})
        listed = html_of(client.get("/").content)
        assert f"<h1>{names}</h1>" in listed
        assert f"<title> {names} –" in listed
        assert re.search(f'<nav .*?aria-current="true">{names}</a>', listed, re.DOTALL)
        assert f'<li><a href="{there}">{names}</a></li>' in client.get(one).content.decode()
    public = Client()
    page = public.get(one).content.decode()
    assert f"{example.document} {terms.year}: {terms.body_name}" in page
    assert re.search(rf">{example.document}(?:<[^>]*>| )*\(PDF,", page)
    files = {
        f"{there}.csv": f"vorfuehrung-{example.address}.csv",
        f"{there}?export=xlsx": f"vorfuehrung-{example.address}",
        f"{one}.csv": f"vorfuehrung-{example.stem}-{terms.year}-{terms.ags}.csv",
        f"{one}.pdf": f"{example.stem}-{terms.year}-{terms.ags}.pdf",
    }
    for address, name in files.items():
        answer = public.get(address)
        assert f'filename="{name}' in answer["Content-Disposition"]
        assert answer.getvalue(), address  # read to its end, which closes its file
    upload = signed_in(played.officer).get("/arbeit/erfassungen/neu").content.decode()
    for other in {HESSE, NORDMARK} - {example}:
        assert other.document not in page + upload + public.get("/").content.decode()


def test_an_invented_signature_is_that_of_who_gives_the_money(
    example: Example, played: world.Cast
) -> None:
    offices = {
        HESSE: {("ministry", "Staatsministerin", "Wiesbaden")},
        NORDMARK: {("ministry", "Ministerin", "Sandhafen")},
        SUEDLAND: {
            ("authority", "Bezirkspräsidentin", seat)
            for seat in ("Sonnbruck", "Rebstadt", "Uferstadt", "Tannstadt")
        },
    }
    signed = {
        (one.party, one.office, one.place)
        for terms in world.invented()
        for one in terms.signatures
        if one.party != "region"
    }
    assert signed == offices[example]
