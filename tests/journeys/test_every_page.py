"""Every page, in every state of every case, as everybody: it opens, or says why it does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.urls import get_resolver, resolve, reverse

from tests.house.test_house import routes
from tests.journeys import every_state, languages
from tests.journeys.crawl import NOBODY, Crawl, Visit
from tests.journeys.offers import Offers
from tests.journeys.pages import route, visible
from tests.journeys.programmes import WALKED
from tests.stage import everybody
from zielwerk.core.cases import KINDS
from zielwerk.packs import loading as packs
from zielwerk.strategy import queries as regional

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b[a-z][a-z0-9]*_[a-z0-9_]+\b")  # "sgb2_employable"
NOT_LINKED = {
    "gesund": "asked by the monitoring",
    "sitzung": "asked by the script of every page",
    "sitzung/weiter": "where the sign-in leads that a page opens when its session is over",
    "arbeit/programm/<year:year>/freigabe": "of a draft: see test_releases.py",
    "arbeit/rechtsnachfolgen/neu/<slug:code>": "carried out already: see test_within_the_year.py",
    "kalender.ics": "its address is a secret, told once",
    "zustimmung": "the same: see tests/rooms/strategy/test_links.py",
    "zustimmung/schriftstueck": "the same",
    "arbeit/entwuerfe/<int:pk>/vorschlaege/planung": "where plans changed since: see negotiated.py",
    "arbeit/entwuerfe/kuerzung/<int:year>": "where something is uncovered: test_after_cut.py",
    "arbeit/strategien/<int:pk>/ruecknahme-fuer": "of a consent on paper: test_for_bodies.py",
    "arbeit/abschluesse/neu/<int:pk>": "of a text that nobody concludes yet: see test_access.py",
    "arbeit/abschluesse/<int:pk>/unterschreiben": "with a key: see test_electronic_pages.py",
    "arbeit/abschluesse/<int:pk>/unterschrift": "on paper: see rooms/conclusion/test_pages.py",
    "arbeit/abschluesse/<int:pk>/unterschriften/<int:number>/streichen": "the same",
    "arbeit/eingabe/<str:key>": "where something was typed and could not be sent",
    "arbeit/eingabe/<str:key>/verwerfen": "the same",
}
NOT_LINKED |= {
    "einrichten": "of an empty installation: see tests/browser/test_first_run.py",
    "einrichten/<slug:slug>": "the same",
    "arbeit/einrichtung/<slug:slug>": "where something is missing: not in a demo",
    "arbeit/gemeinsam/<year:year>/<slug:stage>": "where several wait: see test_together.py",
    "arbeit/gemeinsam/decken": "the same",
    "arbeit/akte/<slug:kind>/<int:pk>/anbieten": "when its time is over: see rooms/filing",
    "arbeit/akte/<slug:kind>/<int:pk>/antwort": "the same",
    "arbeit/antraege/<int:pk>/angaben/sichern": "while one types: browser/test_applications.py",
    "arbeit/antraege/<int:pk>/massnahmen/<int:key>/sichern": "the same",
    "arbeit/antraege/<int:pk>/bescheid": "where a draft was given up: see granted.py",
    "arbeit/bescheide/aenderungen/<int:pk>/entwurf": "of the authority's own: see granted.py",
    "arbeit/bescheide/<int:pk>/freimelden": "of a body with a notice: rooms/granting/test_pages.py",
}
# In a demo nobody has an access of her own to keep: see the tests of
# the room identity, and tests/browser/test_signing_in.py.
NOT_LINKED |= dict.fromkeys(
    (
        "anmelden/bestaetigen",
        "anmelden/dienst",
        "anmelden/dienst/<str:provider_id>",
        "anmelden/einladung",
        "anmelden/passkey",
        "arbeit/personen/<int:pk>/einladen",
        "arbeit/personen/<int:pk>/wiederherstellen",
        "arbeit/zugang/app",
        "arbeit/zugang/bestaetigen",
        "arbeit/zugang/codes",
        "arbeit/zugang/nachweise/<int:pk>/entfernen",
        "arbeit/zugang/passkey",
        "arbeit/zugang/passwort",
    ),
    "not in a demo",
)
PUBLISH = "arbeit/veroeffentlichen/<year:year>/<ags:ags><further:ordinal>"
NOT_LINKED[PUBLISH] = "where few bodies agree, each agreement is published or put forward"
NOT_EVERYWHERE = {
    "arbeit/abschluesse/<int:pk>/unterschrift",
    "arbeit/bescheide/<int:pk>/freimelden",
    PUBLISH,
}
"""Of those, what is linked where a text of the demo waits on paper, where the body of the demo's
coordinator has a notice, and where many bodies agree."""
LIKE_A_CASE: dict[str, list[object]] = {
    "agreements:review": [1],
    "agreements:compare": [1],
    "allocation:allocation": [1],
    "desk:case": [2024, "ags", 1],
    "ledger:transfer": [1],
}
ABOUT_PEOPLE = {"identity:account": [], "identity:person": [1]}
WALKED_ON = {"sqlite": {"aqb_hessen"}, "postgresql": {"lotsenfonds_nordmark"}}
REDIRECTS, REFUSALS = (301, 302), (403, 404, 405, 422)


@dataclass(frozen=True)
class Walked:
    """A crawl, and which states there were to see and which there should have been."""

    crawl: Crawl
    offers: Offers
    there: set[tuple[str, str]]
    wanted: set[tuple[str, str]]
    english: set[str]  # wordings of the packs
    german: set[str]  # what people and packs said, and no English page can say otherwise

    @cached_property
    def said(self) -> dict[str, languages.Said]:
        """All that the pages say, by the language in which they were asked for."""
        found = {"de": languages.Said(), "en": languages.Said()}
        for one in self.pages:
            found[one.language].read(one.html)
        return found

    def where(self, text: str) -> set[str]:
        """The routes of the pages on which something stands."""
        return {str(route(one.address).route) for one in self.pages if text in one.html}

    @property
    def visits(self) -> list[Visit]:
        assert len(self.crawl.visits) > 500
        return self.crawl.visits

    @property
    def pages(self) -> list[Visit]:
        return [one for one in self.visits if one.is_page]


@pytest.fixture(scope="module", params=WALKED, ids=str)
def walked(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[Walked]:
    """The site of a programme walked once, by all people of its demo and by nobody."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(PROGRAMME=request.param.programme),
        transaction.atomic(),
    ):
        every_state.put(request.param)
        crawl = Crawl(is_exhaustive=bool(request.config.getoption("--exhaustive")))
        there, wanted = set(every_state.pages_by_state()), every_state.states()
        people = everybody()
        crawl.run(people)
        offers = Offers()
        offers.run(crawl, people)
        english = languages.english_data(request.param.programme)
        german = languages.german_data(request.param.programme)
        transaction.set_rollback(True)
    with override_settings(PROGRAMME=request.param.programme):  # which names some addresses
        yield Walked(crawl, offers, there, wanted, english, german)


def test_there_is_a_case_in_every_state(walked: Walked) -> None:
    assert walked.wanted - walked.there == set()


def test_what_is_offered_is_not_refused(walked: Walked) -> None:
    assert walked.offers.faults == []
    routes_pressed = {name for _, name in walked.offers.pressed}
    assert "publication:publication_step" in routes_pressed
    agree_many = settings.PROGRAMME == "aqb_hessen"
    assert "publication:begin" in routes_pressed or not agree_many
    assert {role for role, _ in walked.offers.pressed} >= {"ministry", "authority", "body"}


def test_no_page_fails(walked: Walked) -> None:
    assert [f"{one} {one.fault}" for one in walked.visits if one.status >= 500 or one.fault] == []
    expected = {200, *REDIRECTS, *REFUSALS}
    assert [f"{one} {one.status}" for one in walked.visits if one.status not in expected] == []


def test_no_link_leads_nowhere(walked: Walked) -> None:
    assert walked.crawl.strays == set()


def test_every_page_has_one_heading_in_the_language_asked_for(walked: Walked) -> None:
    assert {one.language for one in walked.pages} == {"de", "en"}
    for one in walked.pages:
        assert len(re.findall(r"<h1\b", one.html)) == 1, one
        assert f'<html lang="{one.language}"' in one.html, one


def test_english_pages_say_what_is_german(walked: Walked) -> None:
    pages = [one for one in walked.pages if one.language == "en"]
    assert len(pages) > 40
    assert len(walked.german) > 100
    unsaid = languages.unsaid_german(walked.said["en"], walked.german, walked.english)
    assert {text: walked.where(text) for text in unsaid} == {}


def test_german_pages_show_no_english(walked: Walked) -> None:
    unsaid = languages.unsaid_english(walked.said["de"])
    assert {text: walked.where(text) for text in unsaid} == {}


def test_no_attribute_holds_markup_and_nothing_is_escaped_twice(walked: Walked) -> None:
    assert walked.said["de"].markup_in_attributes == set()
    assert walked.said["en"].markup_in_attributes == set()
    for one in walked.pages:
        assert "&lt;span" not in one.html, one
        for picture in one.html.split("<svg")[1:]:
            assert "<span" not in picture.partition("</svg>")[0], one


def test_a_german_text_that_is_not_said_is_found() -> None:
    page = '<html lang="en"><p>{}</p><p lang="de">Anlauf nehmen</p></html>'
    said = languages.said(page.format("see below"))
    assert languages.unsaid_german(said, {"Anlauf nehmen"}) == set()
    hidden = '<a aria-label="to Anlauf nehmen">x</a>'
    for text in ("A measure: Anlauf nehmen.", hidden):
        said = languages.said(page.format(text))
        assert languages.unsaid_german(said, {"Anlauf nehmen"}) == {"Anlauf nehmen"}
    assert languages.unsaid_german(languages.said(page.format("Gebietskörperschaft")), set())
    english = languages.said('<html lang="de"><p>Regional body</p></html>')
    assert languages.unsaid_english(english)


PARTS = ("todo", "facts", "money", "documents", "notes", "timeline", "neighbours")
"""The parts that the house declares for a page about one thing, in their order."""


def test_every_page_of_a_case_has_the_parts_of_the_house_in_their_order(walked: Walked) -> None:
    """In every state, for everybody: pages of cases, and of what cases lead to."""
    about = {str(resolve(reverse(kind.page, args=[1])).route) for kind in KINDS.values()}
    ags = packs.bodies(settings.PROGRAMME)[0].ags  # addresses are of the programme's own bodies
    for name, args in LIKE_A_CASE.items():
        known = [ags if arg == "ags" else arg for arg in args]
        about.add(str(resolve(reverse(name, args=known)).route))
    persons = {str(resolve(reverse(name, args=k)).route) for name, k in ABOUT_PEOPLE.items()}
    seen = set()
    for one in walked.pages:
        parts = re.findall(r'data-part="(\w+)"', one.html)
        path = str(route(one.address).route)
        if path in persons:
            assert parts == [part for part in PARTS if part in parts], one
        elif path not in about:
            assert parts == [], one
        elif one.status == 200:
            assert parts == [part for part in PARTS if part in parts], one
            assert {"todo", "timeline"} <= {*parts}, one
            assert {"facts", "money"} & {*parts}, one
            todo = one.html.index('data-part="todo"')
            assert one.html.index("zw-case__state") < todo < one.html.index('id="schritte"'), one
            seen.add(path)
    assert seen == about


def test_a_page_with_many_headings_says_what_is_on_it(walked: Walked) -> None:
    for one in walked.pages:
        headings = re.findall(r"<h2(?![^>]*\sclass=)[^>]*>", one.html[one.html.index("<main") :])
        assert ('class="zw-contents"' in one.html) == (len(headings) > 4), one
        for anchor in re.findall(r'<li><a href="#([^"]+)">', one.html):
            assert f'id="{anchor}"' in one.html, (one, anchor)


def test_no_page_and_no_file_shows_an_internal_code(walked: Walked) -> None:
    files = [one for one in walked.visits if "export=csv" in one.address and one.html]
    assert files
    shown = {
        (code, str(route(one.address).route))
        for one in [*walked.pages, *files]
        for code in CODE.findall(visible(one.html))
    }
    assert shown == set()


def test_every_route_was_opened_by_somebody(walked: Walked) -> None:
    """By a link, or by opening what a form sends to; an address that nothing names is a fault."""
    all_routes = {path for path, _ in routes(get_resolver().url_patterns)}
    reached = {str(route(one.address).route) for one in walked.visits if one.status != 404}
    assert all_routes - reached | NOT_EVERYWHERE == set(NOT_LINKED) | unasked()
    pressed = {str(route(one.address).route) for one in walked.visits if one.status == 405}
    opened = {str(route(one.address).route) for one in walked.visits if one.status in (200, 302)}
    assert all_routes - opened - pressed | NOT_EVERYWHERE == set(NOT_LINKED) | unasked()


def unasked() -> set[str]:
    """The addresses of consents, in a programme whose strategies ask nobody for one.

    And those by which the ministry keeps a strategy for a body, where none does; and those of
    papers, where an application asks for none of its own.
    """
    years = [packs.load(settings.PROGRAMME, year) for year in packs.years(settings.PROGRAMME)]
    asks = any(rules.regional_actors for rules in years)
    keeps = regional.is_drafted_for_bodies(settings.PROGRAMME)
    where, found = "arbeit/strategien", set[str]()
    if not asks:
        of_one = ("bitten", "ruecknahme", "zustimmung")
        found |= {f"{where}/bitten/<int:pk>", *(f"{where}/<int:pk>/{name}" for name in of_one)}
    if not (asks and keeps):
        found |= {f"{where}/<int:pk>/{name}-fuer" for name in ("ruecknahme", "zustimmung")}
    if not keeps:
        found |= {f"{where}/neu-fuer", f"{where}/<int:pk>/bearbeiten-fuer"}
    if all(each.once_in for rules in years for each in rules.application_attachments):
        papers = "arbeit/antraege/<int:pk>/anlagen"
        found |= {papers, f"{papers}/<int:number>", f"{papers}/herausnehmen"}
    return found


def test_everybody_tries_what_others_open_and_nobody_gets_in(walked: Walked) -> None:
    by_route = sorted((str(route(one.address).route), one.who, one.status) for one in walked.visits)
    closed = 0
    for path, visits in groupby(by_route, key=lambda one: one[0]):
        inside = path.startswith("arbeit/")
        for _, who, status in visits:
            closed += status in (403, 404)
            assert not (inside and who == NOBODY and status == 200), path
    assert closed > 50


def test_every_list_was_filtered_and_taken_away_in_both_formats(walked: Walked) -> None:
    kinds = walked.crawl.first
    lists = {kind[0] for kind in kinds if kind[-1].startswith("export=")}
    assert len(lists) > 12
    public = reverse("publication:editions").lstrip("/")
    assert f"{public}.csv" in {kind[0] for kind in kinds}
    for path in lists - {"", public}:  # whose CSV has an address of its own
        formats = {kind[-1] for kind in kinds if kind[0] == path}
        assert formats >= {"export=csv", "export=xlsx"}, path
    assert len(walked.crawl.values) > 20
