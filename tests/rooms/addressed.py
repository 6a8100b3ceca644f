"""Every address of the house, of the first of each thing that the counted worlds have."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import URLResolver, get_resolver, reverse

from tests.rooms import money
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements.models import Intake, Lesson
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.auditing.models import Inquiry, Verification
from zielwerk.conclusion.models import Conclusion, Signature, SignedFile
from zielwerk.config import world
from zielwerk.core import cases
from zielwerk.core.models import Job
from zielwerk.drafting.changes import AMOUNT, ChangeKind
from zielwerk.funding.models import Application, Paper
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.identity.models import User
from zielwerk.ledger.models import Transfer
from zielwerk.measures.models import Delivery, Measure, OverallTarget, PlannedMeasure
from zielwerk.messaging.models import Mail
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.passing.models import PassOn, ProviderPaper
from zielwerk.programme.models import Party, YearRelease
from zielwerk.strategy.models import ConsentRequest, Strategy
from zielwerk.succession.models import SuccessionAct

HESSE, HOME, AGREED, YEAR = world.HESSE, world.MAIN_KINZIG, 2024, money.YEAR
KEY = "known here"  # of a calendar
OF_TARGETS = ("overall_target", "overall_target_step", "edit_target", "tick_target")
OF_ACTS = ("act", "act_step", "write_act", "document_of_act", "preview_of_act", "enter_of_act")
OF_RECORDINGS = ("intake", "intake_step", "review", "compare", "text")

NUMBERED = {
    "conclusion:strike": Signature,
    "conclusion:file": SignedFile,
    "funding:paper": Paper,
    "passing:paper": ProviderPaper,
}


def addresses() -> Iterator[tuple[str, str]]:
    """The name of every address of the house, and one that has it, of the first of each thing."""
    drafts = Scenario.objects.filter(state="draft").order_by("pk")
    first = {
        **{kind.page.partition(":")[0]: kind.model for kind in cases.KINDS.values()},
        "ui": Job,
        **{f"agreements:{name}": Intake for name in OF_RECORDINGS},
        "agreements:withdraw_lesson": Lesson,
        "auditing": Verification,
        "auditing:inquiry": Inquiry,
        "auditing:release": Inquiry,
        "identity": User,
        "desk:delivery": Measure,
        "desk:end_delivery": Delivery,
        "ledger": Transfer,
        "measures": PlannedMeasure,
        **{f"measures:{name}": OverallTarget for name in OF_TARGETS},
        "messaging": Mail,
        "filing": Adjustment,
        "granting": GrantNotice,
        **{f"granting:{name}": GrantAct for name in OF_ACTS},
        "granting:draft": Application,
        "passing:draft": GrantNotice,
        "programme": Party,
        "programme:release": YearRelease,
        "programme:release_step": YearRelease,
        "strategy:withdraw_request": ConsentRequest,
        "conclusion:begin": DraftDocument,
        "allocation:allocation": BodyAllocation,
    }
    del first["allocation"]  # of scenarios a draft, which every page shows
    for name, slots in routes(get_resolver()):
        room = name.split(":")[0]
        given: dict[str, Any] = {
            "ags": HOME,
            "ordinal": 1,
            "number": 1,
            "ending": "json",
            "slug": "kennzahlen",
            "kind": "intake",
            "stage": "veroeffentlichen",
            "verb": "confirm" if name == "desk:together" else "kuerzen",
            "key": "nichts",
            "name": "nichts",
            "provider_id": "nichts",
            "code": packs.successions(HESSE)[0].code,
            "aspect": "goals",
        }
        if room == "funding":
            given["key"] = 1
        if room in ("granting", "passing"):
            given |= {"kind": "sent", "measure": "1"}
        if room == "filing":
            given["kind"] = Adjustment.seal_name
        given["year"] = AGREED if room in ("desk", "publication") else YEAR
        given["address"] = next(
            (
                kind.tables[0].steps[0].address
                for kind in cases.KINDS.values()
                if name == f"{kind.page}_step"
            ),
            "",
        )
        model = first.get(name) or first.get(room)
        if "pk" in slots:
            given["pk"] = model.objects.earliest("pk").pk if model else drafts[0].pk
        if name in NUMBERED:
            given["number"] = NUMBERED[name].objects.earliest("pk").pk
        if room == "succession":  # the one that was carried out
            given["pk"] = SuccessionAct.objects.latest("pk").pk
        yield name, reverse(name, kwargs={slot: given[slot] for slot in slots})
    pair = f"?a={drafts[0].pk}&b={drafts[1].pk}"
    yield "allocation:compare of two", reverse("allocation:compare") + pair
    yield "messaging:calendar of one", f"{reverse('messaging:calendar')}?schluessel={quote(KEY)}"
    yield "strategy:answer of one", f"{reverse('strategy:answer')}?schluessel={quote(KEY)}"
    draft = Strategy.objects.latest("pk")
    for door in ("ask", "record_consent"):
        yield (
            f"strategy:{door} of one",
            f"{reverse(f'strategy:{door}', args=[draft.pk])}?akteur=SGB II",
        )
    said_at = f"?{urlencode({'stelle': AMOUNT, 'art': ChangeKind.VALUE})}"
    page = DraftDocument.objects.earliest("pk").pk
    for door in ("place", "change", "comment", "comment_internally"):
        yield f"negotiation:{door} of one", reverse(f"negotiation:{door}", args=[page]) + said_at
    signed = reverse("conclusion:enter", args=[Conclusion.objects.earliest("pk").pk])
    yield "conclusion:enter of one", f"{signed}?stelle=body/2"
    yield "strategy:edit of a draft", reverse("strategy:edit", args=[draft.pk])
    yield "strategy:strategy of a draft", reverse("strategy:strategy", args=[draft.pk])
    issued = GrantAct.objects.filter(state="issued").earliest("pk")
    waiting = GrantNotice.objects.exclude(state="issued").earliest("pk")
    begun = PassOn.objects.filter(state="draft").earliest("pk")
    for name, case in (
        *(
            ("granting:act", issued),
            ("granting:notice", waiting),
            ("granting:notice_step", waiting),
        ),
        *(("passing:pass_on", begun), ("passing:write", begun)),
    ):
        stage = ["erlassen"] if name.endswith("_step") else []
        yield f"{name} of a {case.state}", reverse(name, args=[case.pk, *stage])
    chosen = urlencode([("v", pk) for pk in PassOn.objects.values_list("pk", flat=True)])
    yield "passing:remind of all", f"{reverse('passing:remind')}?{chosen}"
    for page in ("year", "season"):
        yield f"desk:{page} of money", reverse(f"desk:{page}", kwargs={"year": YEAR})


def routes(resolver: URLResolver, room: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every route's name and the slots of its address."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, pattern.namespace or room)
        else:
            yield f"{room}:{pattern.name}".lstrip(":"), set(pattern.pattern.converters)
