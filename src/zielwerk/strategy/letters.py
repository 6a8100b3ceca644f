"""The mail by which an actor is asked for consent; whoever asks sees it before."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.timezone import localtime

from zielwerk.core import installation
from zielwerk.core.words import body_of
from zielwerk.language import sentence, translate, value_text
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.strategy.models import ConsentRequest

HEADING = msg("{body}: Bitte um Zustimmung zu: {title}")
GREETING = msg("Guten Tag {name},")
GREETING_TO_NOBODY = msg("Guten Tag,")
ASKED = msg(
    "{body} bittet {office} um Zustimmung zu: {strategy}, „{title}“, Fassung {version}. Gefragt "
    "sind Sie als: {label}."
)
READ = msg(
    "Unter diesem Link lesen Sie das Schriftstück und seine Schwerpunkte und stimmen zu oder "
    "lehnen ab. Ein Benutzerkonto brauchen Sie nicht:"
)
VALID = msg(
    "Der Link gilt bis {until} und nur für eine Antwort. Wer ihn hat, kann antworten: Bitte geben "
    "Sie ihn nicht weiter. Allein durch Öffnen geschieht nichts."
)


@dataclass(frozen=True)
class Letter:
    """The heading and the body of a mail, as plain text in German."""

    heading: str
    body: str


def request(asked: ConsentRequest, path: str) -> Letter:
    """The mail of a request; ``path`` is the address of its link."""
    strategy = asked.strategy
    charter = packs.programme(strategy.programme).strategy
    assert charter
    body, name = body_of(strategy), asked.addressee
    slots: dict[str, object] = {
        "body": body,
        "office": str(asked.office),
        "strategy": str(charter.label),
        "title": str(strategy.title),
        "version": strategy.version,
        "label": str(asked.label),
    }
    until = value_text(localtime(asked.expires_at), "de")
    kind = [translate(line)] if (line := installation.line()) else []
    parts = [
        *kind,
        sentence(Said(GREETING, {"name": name})) if name else GREETING_TO_NOBODY,
        sentence(Said(ASKED, slots)),
        READ,
        settings.ENVIRONMENT.address + path,
        sentence(Said(VALID, {"until": until})),
    ]
    heading = sentence(Said(HEADING, slots))
    return Letter(" ".join(heading.split())[:200], "\n\n".join(parts) + "\n")
