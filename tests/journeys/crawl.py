"""Following every link of the site as one person after the other."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, cycle
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from tests.journeys import every_state
from tests.journeys.pages import forms, links, route
from tests.stage import signed_in
from zielwerk.allocation.models import Scenario
from zielwerk.identity.models import User

NOBODY = "nobody"
Kind = tuple[str, ...]


@dataclass(frozen=True)
class Visit:
    """What one person got at one address; ``fault`` is what went wrong inside."""

    who: str
    address: str
    language: str
    status: int
    content_type: str
    html: str
    moved_to: str
    fault: str

    @property
    def is_page(self) -> bool:
        return self.content_type.startswith("text/html") and self.status not in (301, 302)

    @property
    def onward(self) -> list[str]:
        """Where it leads."""
        return [self.moved_to] if self.moved_to else list(links(self.html, self.address))

    def __str__(self) -> str:
        return f"{self.who}: {self.address}"


@dataclass
class Crawl:
    """All visits.

    Pages are of one kind where the same view shows a case in the same state, or the same year.
    Everybody opens one page of each kind and takes each list away as CSV. Whatever else
    an address can ask for, a workbook and a value of every filter, is asked for by somebody (what
    each value shows is told by test_lists.py); where the crawl is exhaustive, all by everybody.
    """

    is_exhaustive: bool
    visits: list[Visit] = field(default_factory=list)
    first: dict[Kind, tuple[str, str]] = field(default_factory=dict)  # who opened it, where
    values: set[Kind] = field(default_factory=set)  # kind of page, name of a filter
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by kind of page
    states: dict[tuple[str, ...], str] = field(default_factory=dict)
    strays: set[tuple[str, str]] = field(default_factory=set)  # who was led astray, where to

    def run(self, people: list[User]) -> None:
        """Everybody follows all links, then tries what only others were led to."""
        clients = {NOBODY: Client(raise_request_exception=False)}
        for person in people:
            clients[person.email] = signed_in(person)
            clients[person.email].raise_request_exception = False
        opened = {who: self._walk(who, client) for who, client in clients.items()}
        pages = {kind: found for kind, found in self.first.items() if len(kind) == 2}
        for kind, (_, address) in pages.items():
            for who, client in clients.items():
                if kind not in opened[who]:
                    self._get(who, client, address)
        for first, address in {kind[0]: found for kind, found in pages.items()}.values():
            self._get(first, clients[first], address, language="en")
        self._compare(clients)

    def _compare(self, clients: dict[str, Client]) -> None:
        """Every pair of scenarios, by those who may compare in turn."""
        door = reverse("allocation:compare")
        may = [who for who, client in clients.items() if client.get(door).status_code == 200]
        turn = cycle(may)
        for a, b in combinations(Scenario.objects.values_list("pk", flat=True), 2):
            for who in may if self.is_exhaustive else [next(turn)]:
                self._get(who, clients[who], f"{door}?a={a}&b={b}")

    def _walk(self, who: str, client: Client) -> set[Kind]:
        todo = deque(["/", "/arbeit/", *every_state.pages()])
        known, wanted, opened = set(todo), set(todo), set[Kind]()
        while todo:
            address = todo.popleft()
            kind = self._kind(who, address)
            if kind is None or not (address in wanted or self._is_due(kind, opened)):
                continue
            opened.add(kind)
            visit = self._get(who, client, address)
            if visit.status == 200:
                self.first.setdefault(kind, (who, address))
            values = set(self._values(visit, kind))
            wanted |= values
            found = [*visit.onward, *self._sent(visit), *sorted(values)]
            todo.extend(address for address in dict.fromkeys(found) if address not in known)
            known |= set(found)
        return opened

    def _is_due(self, kind: Kind, opened: set[Kind]) -> bool:
        """A page once for each person; a question where it asks for something not asked yet."""
        if self.is_exhaustive:
            return True
        if len(kind) == 2 or kind[-1] == "export=csv":
            return kind not in opened
        asked = self.asked[kind[0]]
        is_new = not asked.issuperset(kind[2:])
        asked.update(kind[2:])
        return is_new

    def _kind(self, who: str, address: str) -> Kind | None:
        """Route and state or year; of what is asked for, the route and the names in it."""
        try:
            match = route(address)
        except Resolver404:
            self.strays.add((who, address))
            return None
        asked = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
        if exported := asked.get("export"):
            return (str(match.route), "", f"export={exported}")
        names = [str(value) for name, value in match.kwargs.items() if name not in ("pk", "ags")]
        of_what = " ".join([self._state(match), *names])
        return (str(match.route), "" if asked else of_what, *sorted(asked))

    def _state(self, match: ResolverMatch) -> str:
        """The state of a page's case, asked once: who only looks changes none."""
        at = (str(match.route), *map(str, match.kwargs.values()))
        if at not in self.states:
            self.states[at] = state_at(match)
        return self.states[at]

    def _sent(self, visit: Visit) -> Iterator[str]:
        """Where the forms of a page lead, as they stand; what is only pressed says so."""
        for form in forms(visit.html, visit.address):
            yield from form.posts
            if form.method == "get":
                for address in (form.action, *form.gets):
                    yield f"{urlsplit(address).path}?{urlencode(form.fields)}"

    def _values(self, visit: Visit, kind: Kind) -> Iterator[str]:
        """A value of every filter of a page of which nobody has asked for one yet, or each."""
        for form in forms(visit.html, visit.address):
            if form.method != "get":
                continue
            for name, values in form.choices.items():
                if not self.is_exhaustive and (kind[0], name) in self.values:
                    continue
                self.values.add((kind[0], name))
                for value in values if self.is_exhaustive else values[-1:]:
                    said = {**form.fields, name: value}
                    yield f"{urlsplit(form.action).path}?{urlencode(said)}"

    def _get(self, who: str, client: Client, address: str, language: str = "de") -> Visit:
        answer = client.get(address, headers={"Accept-Language": language})
        content_type = answer.get("Content-Type", "")
        is_text = content_type.startswith(("text/html", "text/csv"))
        content = answer.getvalue()  # to its end, also of a file: only then is it closed
        html = content.decode() if is_text else ""
        moved_to = answer.get("Location", "")
        fault = repr(answer.exc_info[1]) if getattr(answer, "exc_info", None) else ""
        visit = Visit(
            who, address, language, answer.status_code, content_type, html, moved_to, fault
        )
        self.visits.append(visit)
        return visit


def state_at(match: ResolverMatch) -> str:
    """The state of the case to which an address belongs, empty where it belongs to none."""
    for page, model in every_state.models().items():
        if "pk" in match.kwargs and str(match.route).startswith(begins(page)):
            case = model._default_manager.filter(pk=match.kwargs["pk"]).first()
            return str(getattr(case, "state", ""))
    return ""


@cache
def begins(page: str) -> str:
    """How the addresses of a kind of case begin; no programme names them."""
    return str(resolve(reverse(page, args=[1])).route)
