"""`zielwerk setup`: from an empty database to the first administrator, at the command line.

Asks where it can, takes options, a file or the environment where it cannot; tells what is there
already and goes on where it stopped.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import override

from zielwerk.core import installation
from zielwerk.core.surroundings import Exit, Unusable, WrongUse
from zielwerk.identity.actions import Operator
from zielwerk.language import sentence, translate
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.rulebook.writing import written
from zielwerk.setup import actions, panels, queries
from zielwerk.setup.actions import Appointment, NewStep
from zielwerk.setup.models import SetupStep
from zielwerk.ui.tags.values import moment

Step = SetupStep.Step
OPERATOR = Operator("cli:setup")
GIVEN = ("ministry", "admin_name", "admin_email", "admin_function", "test_mail")
CODE = msg("Im Browser unter {address}/einrichten, mit diesem Code (er gilt einmal): {code}")
THERE = msg("schon da: {step} ({day} Uhr)")
DONE = msg("erledigt: {step}")
LATER = msg("später: {step}")
ASK = msg("{step}: {shown} Bestätigen? [J/n]")
MINISTRY = msg("Name des Ministeriums [{name}]:")
TEST_MAIL = msg("Probe-E-Mail an (leer: später):")
ADMIN = {
    "admin_name": msg("Erste Personenverwaltung, Name (leer: später):"),
    "admin_email": msg("Ihre E-Mail-Adresse:"),
    "admin_function": msg("Funktion (darf leer bleiben):"),
}
LINK = msg("Einmal-Link für {address}, gültig bis {until} Uhr; er wird nur jetzt gezeigt:")
PERSON_THERE = msg("schon da: {step}. Weitere Personen legt die Personenverwaltung an.")
MISSING = msg("Es fehlt noch: {names}")
ALL_THERE = msg("Es ist alles da, um zum ersten Mal Geld zuzusagen.")
ASKS_NOBODY = msg(
    "Niemand kann gefragt werden: Nennen Sie --admin-name und --admin-email (oder "
    "ZIELWERK_SETUP_ADMIN_NAME und ZIELWERK_SETUP_ADMIN_EMAIL, oder eine Datei mit --file)."
)
ODD_FILE = msg("{place} lässt sich nicht lesen: {reason}.")
ODD_NAME = msg("{place}: „{name}“ ist keine Angabe der Einrichtung; es gibt: {known}.")
NO_ADDRESS = msg("„{value}“ ist keine E-Mail-Adresse.")
STOPPED = msg("Abgebrochen. Was erledigt ist, bleibt; zielwerk setup macht hier weiter.")


def setup(arguments: list[str]) -> int:
    """`zielwerk setup [OPTIONS]`."""
    options = parsed(arguments)
    if options.code:
        print(code_line(settings.ENVIRONMENT.address, options.lang))
        return Exit.DONE
    refuse_elsewhere()
    given = {**from_environment(), **from_file(options.file), **from_options(options)}
    dialogue = Dialogue(given, options.lang, asks=sys.stdin.isatty() and not options.yes)
    with override(options.lang):
        try:
            return dialogue.run()
        except EOFError:
            print(translate(STOPPED, options.lang), file=sys.stderr)
            return Exit.REFUSED


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("zielwerk setup")
    parser.add_argument("--ministry", help="its name; by default the pack's")
    parser.add_argument("--admin-name", help="the first administrator of people")
    parser.add_argument("--admin-email")
    parser.add_argument("--admin-function")
    parser.add_argument("--test-mail", metavar="ADDRESS", help="send a mail there")
    parser.add_argument("--file", help="a TOML file with these names, e.g. admin_name")
    parser.add_argument("--yes", action="store_true", help="ask nothing, take the pack's word")
    parser.add_argument("--code", action="store_true", help="only print a code for the browser")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    return parser.parse_args(arguments)


def refuse_elsewhere() -> None:
    """A demo is never set up as anything else."""
    if installation.kind() == installation.Kind.DEMO:
        raise Unusable(installation.IS_DEMO)
    if settings.DEMO:
        raise Unusable(IN_DEMO)


IN_DEMO = Refusal(
    "setup.in_demo",
    msg(
        "Mit ZIELWERK_DEMO=1 wird nichts eingerichtet: Das sind die Einstellungen einer Vorführung."
    ),
)


def code_line(address: str, language: str = "de") -> str:
    """A new code, and where it is typed in; refused where there is nothing to set up."""
    refuse_elsewhere()
    if not queries.is_open():
        raise Refused(actions.CLOSED)
    params = {"address": address, "code": actions.new_code(timezone.now())}
    return sentence(Said(CODE, params), language)


def from_environment() -> dict[str, str]:
    found = {name: os.environ.get(f"ZIELWERK_SETUP_{name.upper()}", "").strip() for name in GIVEN}
    return {name: value for name, value in found.items() if value}


def from_options(options: argparse.Namespace) -> dict[str, str]:
    found = {name: getattr(options, name) for name in GIVEN}
    return {name: value for name, value in found.items() if value}


def from_file(path: str | None) -> dict[str, str]:
    """What a file says; raises WrongUse with its first fault."""
    if not path:
        return {}
    try:
        read = tomllib.loads(Path(path).read_bytes().decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = {"place": path, "reason": str(error).rstrip(".")}
        raise WrongUse(Refusal("setup.odd_file", ODD_FILE, reason)) from error
    for name, value in read.items():
        if name not in GIVEN or not isinstance(value, str):
            params = {"place": path, "name": name, "known": ", ".join(GIVEN)}
            raise WrongUse(Refusal("setup.odd_name", ODD_NAME, params))
    return read


class Dialogue:
    """The steps one after the other, each an act of its own; ``asks`` where somebody is there."""

    def __init__(self, given: Mapping[str, str], language: str, *, asks: bool) -> None:
        self.given, self.language, self.asks = given, language, asks

    def run(self) -> int:
        today = timezone.localdate()
        for step in panels.SLUGS:
            if step != Step.ADMINISTRATOR:
                self.step(Step(step), today)
        code = self.administrator()
        missing = [row for row in queries.checklist(today) if not row.is_done]
        names = "; ".join(translate(row.title, self.language) for row in missing)
        self.say(MISSING if missing else ALL_THERE, names=names)
        return code

    def say(self, text: str, **params: Any) -> None:
        print(sentence(Said(text, params), self.language), flush=True)

    def ask(self, key: str, question: str, **params: Any) -> str:
        """What was given under a key, else what somebody answers, else nothing."""
        if key in self.given:
            return written(self.given[key])
        if not self.asks:
            return ""
        return written(input(sentence(Said(question, params), self.language) + " "))

    def step(self, step: SetupStep.Step, today: Any) -> None:
        """One step: told where it was taken, else taken with what is given or answered."""
        title = translate(str(step.label), self.language)
        kept, facts = queries.taken().get(step), dict(queries.what_there_is(step, today))
        if kept and not self.is_wanted_again(step):
            self.say(THERE, step=title, day=moment(kept.taken_at))
            return
        if not self.is_agreed(step, title, facts):
            self.say(LATER, step=title)
            return
        actions.take(OPERATOR, NewStep(step, facts), at=timezone.now())
        self.say(DONE, step=title)

    def is_wanted_again(self, step: str) -> bool:
        name = {Step.MINISTRY: "ministry", Step.MAIL: "test_mail"}.get(Step(step), "")
        return bool(name and name in self.given)

    def is_agreed(self, step: str, title: str, facts: dict[str, Any]) -> bool:
        """Whether a step may be taken; what is typed goes into its facts."""
        if step == Step.MINISTRY:
            facts["name"] = self.ask("ministry", MINISTRY, name=facts["name"]) or facts["name"]
            return True
        if step == Step.MAIL:
            to = self.address("test_mail", TEST_MAIL)
            if to:
                actions.send_test_mail(to)
            return bool(to)
        if not self.asks:
            return True
        asked = Said(ASK, {"step": title, "shown": shown(facts)})
        answer = input(sentence(asked, self.language) + " ")
        return answer.strip().lower() in ("", "j", "ja", "y", "yes")

    def address(self, name: str, question: str) -> str:
        """An e-mail address; asked for again where it is none, refused where nobody is asked."""
        while value := self.ask(name, question):
            try:
                validate_email(value)
            except ValidationError:
                fault = Refusal("setup.no_address", NO_ADDRESS, {"value": value})
                if name in self.given or not self.asks:
                    raise WrongUse(fault) from None
                print(sentence(fault, self.language))
            else:
                return value
        return ""

    def administrator(self) -> int:
        """Appoint the first administrator, unless there is somebody, or nobody is to be yet."""
        title = translate(str(Step.ADMINISTRATOR.label), self.language)
        if not queries.is_empty():
            self.say(PERSON_THERE, step=title)
            return Exit.DONE
        name = self.ask("admin_name", ADMIN["admin_name"])
        email = self.address("admin_email", ADMIN["admin_email"]) if name else ""
        if not (name and email):
            if not self.asks:
                raise WrongUse(Refusal("setup.asks_nobody", ASKS_NOBODY))
            self.say(LATER, step=title)
            return Exit.DONE
        function = self.ask("admin_function", ADMIN["admin_function"])
        now = timezone.now()
        new = Appointment(name, email, function, queries.ministry(timezone.localdate(now)))
        person, path = actions.appoint(OPERATOR, new, at=now)
        until = moment(now + timedelta(days=settings.LINK_DAYS))
        self.say(LINK, address=person.email, until=until)
        print(settings.ENVIRONMENT.address + path)
        return Exit.DONE


def shown(facts: Mapping[str, Any]) -> str:
    """What a step is about, in a line."""
    values = [value for value in facts.values() if value]
    words = [
        ", ".join(str(one[-1] if isinstance(one, list | tuple) else one) for one in value)
        if isinstance(value, list | tuple)
        else str(value)
        for value in values
    ]
    return "; ".join(words) + "." if words else ""
