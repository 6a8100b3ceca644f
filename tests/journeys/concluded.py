"""Conclusions in the states that the demo lacks, and all that both sides do on their pages."""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tests.journeys import pages
from tests.journeys.pages import take
from tests.stage import signed_in
from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion, Signature
from zielwerk.config.cast import Cast
from zielwerk.config.world_conclusion import TARIK, conclusion, signed
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.signatures import FORMS_OF, Way, places_of

NOTE = "Keine Einwände, Beschluss Nr. 12"


def coordinators() -> list[User]:
    """The one person who coordinates the two bodies that conclude, as she acts for each."""
    person = User.objects.get(email=TARIK[0])
    posts = person.posts.order_by("pk").values_list("pk", flat=True)
    return [let_in(User.objects.get(pk=person.pk), localdate(), post) for post in posts]


def make(cast: Cast) -> None:
    """Of the year before: one abandoned and begun anew, and one after each stage but the last."""
    year, at = packs.years(settings.PROGRAMME)[0] - 1, timezone.now() - timedelta(days=2)
    abandoned = conclusion(cast, cast.body, settings.PROGRAMME, year, at, but=0)
    first, _ = _pair(cast, year, abandoned.ags)
    take(signed_in(first), page_of(abandoned), "abbrechen", note="Eine Zahl fehlt")
    draft = DraftDocument.objects.get(pk=abandoned.draft_id)
    _take_stages(cast, signed(cast, cast.body, draft, at, but=0), 1)
    for body, count in zip(coordinators(), range(2, _stages(year)), strict=False):
        _take_stages(cast, conclusion(cast, body, settings.PROGRAMME, year, at, but=0), count)


def _stages(year: int) -> int:
    """How many stages a conclusion passes."""
    some = Conclusion.objects.filter(year=year).first()
    assert some
    return sum(bool(step.act) for step in queries.lifecycle_of(some).steps)


def _pair(cast: Cast, year: int, ags: str) -> tuple[User, User]:
    return cast.pair(queries.concluding_side(settings.PROGRAMME, year), ags)


def _take_stages(cast: Cast, case: Conclusion, count: int) -> None:
    """Take so many stages of a conclusion on its page, the last one by the second person."""
    first, second = (signed_in(one) for one in _pair(cast, case.year, case.ags))
    page = page_of(case)
    stages = [step for step in queries.lifecycle_of(case).steps if step.act]
    for step in stages[:count]:
        typed = {"note": NOTE} if step.notes else {}
        take(second if step.four_eyes else first, page, step.address, **typed)


def page_of(case: Conclusion) -> str:
    return reverse("conclusion:conclusion", args=[case.pk])


def act(cast: Cast) -> None:
    """All that is done on the pages of the conclusion that waits for its last signature."""
    case = on_paper(cast, Conclusion.objects.filter(state=ConclusionState.SIGNING).earliest("pk"))
    first, second = (signed_in(one) for one in _pair(cast, case.year, case.ags))
    page = page_of(case)
    paper = first.get(f"{page}/fassung.pdf").content
    scan = SimpleUploadedFile("unterschrieben.pdf", paper, "application/pdf")
    shown = sha256(paper).hexdigest()  # as the page says that compares it first
    pages.press(first, f"{page}/exemplar", f"{page}/exemplar", datei=scan, gezeigt=shown)
    resolved = {"organ": "Kreistag", "am": f"{localdate():%d.%m.%Y}", "nummer": "12"}
    pages.press(first, f"{page}/beschluss", f"{page}/beschluss", **resolved)
    sign(first, case)
    struck = Signature.objects.filter(conclusion=case).earliest("pk")
    door = f"{page}/unterschriften/{struck.pk}/streichen"
    pages.press(first, door, door, grund="Falsche Person")
    sign(first, case)
    for step in ("pruefen", "zuruecknehmen"):
        take(first, page, step)
    take(first, page, "pruefen")
    take(second, page, "zurueckgeben", note="Das Siegel ist unleserlich")
    take(first, page, "abbrechen", note="Eine Zahl fehlt")
    take(first, page, "aufnehmen")
    _take_stages(cast, case, _stages(case.year))
    begin(cast)
    if queries.may_decide_of(settings.PROGRAMME):
        door = reverse("conclusion:signing", args=[case.ags])
        said = {"aemter": "Landrätin", "formen": ["hand"], "grund": "Hauptsatzung"}
        pages.press(first, door, door, **said)


def on_paper(cast: Cast, case: Conclusion) -> Conclusion:
    """The same text on the other way: signing in one file is given up, and begun on paper."""
    first = signed_in(_pair(cast, case.year, case.ags)[0])
    take(first, page_of(case), "abbrechen", note="Auf Papier")
    door = reverse("conclusion:begin", args=[case.draft_id])
    pages.press(first, door, door, weg=Way.PAPER)
    return Conclusion.objects.filter(draft=case.draft_id).latest("pk")


def begin(cast: Cast) -> None:
    """Begin one of the first text that stands and that may be concluded."""
    for draft in DraftDocument.objects.filter(state=DraftState.SETTLED).order_by("pk"):
        if not queries.why_not_begun(draft, localdate()):
            first, _ = _pair(cast, draft.year, draft.ags)
            door = reverse("conclusion:begin", args=[draft.pk])
            pages.press(signed_in(first), door, door)
            return
    raise AssertionError("no text stands")


def sign(client: Client, case: Conclusion) -> None:
    """Enter every signature that is missing; the other side's came by post."""
    page = page_of(case)
    names = iter(("Erika Beispiel", "Petra Muster", "Paul Probe"))
    there = queries.unsigned(case, queries.signatures(case))
    for place in there:
        form = next(form for form in place.forms if form in FORMS_OF[case.way])
        typed = {
            "name": next(names),
            "amt": place.office,
            "am": f"{localdate():%d.%m.%Y}",
            "form": form,
        }
        if place.needs_seal:
            typed["siegel"] = "on"
        door = f"{page}/unterschrift?stelle={place.id}"
        pages.press(client, door, f"{page}/unterschrift", **typed)
    assert set(places_of(case.sides)) == {
        each.place for each in queries.counting(case, queries.signatures(case))
    }
