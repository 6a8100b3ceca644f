"""What pages of the setup show: the steps in their order, what each is about, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from zielwerk.core import permissions
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.refusal import msg
from zielwerk.setup import queries
from zielwerk.setup.models import SetupStep
from zielwerk.setup.queries import Row

Step = SetupStep.Step
SLUGS: dict[str, str] = {
    Step.PROGRAMME: "programm",
    Step.MINISTRY: "ministerium",
    Step.AUTHORITIES: "behoerden",
    Step.BODIES: "koerperschaften",
    Step.ADDRESS: "adresse",
    Step.MAIL: "e-mail",
    Step.ADMINISTRATOR: "verwaltung",
}
STEPS = {slug: step for step, slug in SLUGS.items()}
LEADS = {
    Step.PROGRAMME: msg(
        "Das Programmpaket bringt die Regeln der Jahre mit. Stimmt das Programm nicht, wählt "
        "ZIELWERK_PROGRAMME ein anderes; eigene Pakete nennt ZIELWERK_PACKS."
    ),
    Step.MINISTRY: msg("Wer das Programm steuert."),
    Step.AUTHORITIES: msg(
        "So stehen die Bewilligungsbehörden im Programmpaket. Stimmt etwas nicht, wird das Paket "
        "geändert."
    ),
    Step.BODIES: msg(
        "So stehen die Gebietskörperschaften im Programmpaket. Stimmt etwas nicht, wird das Paket "
        "geändert."
    ),
    Step.ADDRESS: msg("Unter welcher Adresse die Leute diese Anwendung erreichen."),
    Step.MAIL: msg("Womit diese Anwendung E-Mails verschickt."),
    Step.ADMINISTRATOR: msg(
        "Wer alle weiteren Personen anlegt. Sie bekommt einen Einmal-Link, mit dem sie ihren "
        "Zugang einrichtet; damit endet diese Einrichtung."
    ),
}
BUTTONS = {
    Step.MAIL: msg("Probe-E-Mail senden"),
    Step.ADMINISTRATOR: msg("Anlegen und Einmal-Link zeigen"),
}
ADMINISTRATOR = "ministry_administrator"
CONFIRM = msg("Bestätigen und weiter")
DRAFT, GOOD = msg("Entwurf"), msg("gilt")


@dataclass(frozen=True)
class Page:
    """A step as its page shows it: where one came from, and what was done of it already."""

    step: SetupStep.Step
    number: int
    total: int
    kept: SetupStep | None
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = ()
    facts: Sequence[tuple[str, object]] = ()

    @property
    def title(self) -> str:
        return gettext(str(self.step.label))

    @property
    def lead(self) -> str:
        return gettext(LEADS[self.step])

    @property
    def button(self) -> str:
        return gettext(BUTTONS.get(self.step, CONFIRM))


def page(step: str, order: Sequence[str], today: date) -> Page:
    """What the page of a step shows of pack and settings."""
    shown: dict[str, Any] = {
        Step.PROGRAMME: _programme,
        Step.AUTHORITIES: _authorities,
        Step.BODIES: _bodies,
        Step.ADDRESS: _address,
        Step.MAIL: _mail,
    }
    found = shown[Step(step)](today) if step in shown else {}
    kept = queries.taken().get(step)
    return Page(Step(step), list(order).index(step) + 1, len(order), kept, **found)


def _programme(today: date) -> dict[str, Any]:
    code = settings.PROGRAMME
    drafts, running = programmes.draft_years(code), programmes.running_year(code, today)
    programme = packs.programme(code)
    states = {year: gettext(DRAFT if year in drafts else GOOD) for year in packs.years(code)}
    states[running] = gettext("läuft") if running not in drafts else states[running]
    return {
        "facts": ((gettext("Programm"), programme.name), (gettext("Code"), code)),
        "columns": (gettext("Programmjahr"), gettext("Stand")),
        "rows": [(str(year), state) for year, state in states.items()],
    }


def _authorities(today: date) -> dict[str, Any]:
    rules = packs.load(settings.PROGRAMME, programmes.running_year(settings.PROGRAMME, today))
    found = competence.named(rules.organisations, "authority", rules.period)
    return {
        "columns": (gettext("Bewilligungsbehörde"), gettext("Sitz")),
        "rows": [(each.name, each.seat) for each in found],
    }


def _bodies(today: date) -> dict[str, Any]:
    programme = settings.PROGRAMME
    found = packs.bodies_in(programme, programmes.running_year(programme, today))
    key = gettext(packs.programme(programme).identifier.name)
    return {
        "columns": (gettext("Gebietskörperschaft"), key),
        "rows": [(programmes.body_title(body), body.ags) for body in found],
    }


def _address(today: date) -> dict[str, Any]:
    environment = settings.ENVIRONMENT
    return {
        "facts": (
            (gettext("Eingestellt (ZIELWERK_URL, ZIELWERK_HOSTS)"), environment.address),
            (
                gettext("Verschlüsselt (ZIELWERK_HTTPS)"),
                gettext("ja") if environment.https else gettext("nein"),
            ),
        )
    }


def _mail(today: date) -> dict[str, Any]:
    if not queries.has_mail():
        unset = gettext("nicht eingestellt (ZIELWERK_SMTP_URL, ZIELWERK_MAIL_FROM)")
        return {"facts": ((gettext("Versand über"), unset),)}
    is_smtp = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    way = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if is_smtp else settings.EMAIL_BACKEND
    user = settings.EMAIL_HOST_USER or "–"
    return {
        "facts": (
            (gettext("Versand über"), way),
            (gettext("Anmeldung dort als"), user),
            (gettext("Absender"), settings.DEFAULT_FROM_EMAIL),
        )
    }


@dataclass(frozen=True)
class Item:
    """A row of the checklist as a person sees it; ``url`` is empty where she has no door to it."""

    row: Row
    url: str


def items(user: Any, today: date) -> list[Item]:
    """The whole checklist, each row with the door that this person has."""
    return [Item(row, _url(user, row)) for row in queries.checklist(today)]


def missing(user: Any, today: date) -> list[Item]:
    """What is still missing, for the desk of who administers people; nothing in a demo."""
    if settings.DEMO or ADMINISTRATOR not in user.roles:
        return []
    return [item for item in items(user, today) if not item.row.is_done]


def _url(user: Any, row: Row) -> str:
    if not row.door or permissions.role_refusal(user, row.permission):
        return ""
    return reverse(row.door, args=[SLUGS[row.step]] if row.step else [])
