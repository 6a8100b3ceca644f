"""A text sent in: read, or refused with a sentence at its field."""

from collections.abc import Container, Iterable
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from zielwerk.agreements import queries
from zielwerk.agreements.actions import Received
from zielwerk.agreements.models import Lesson as Taught
from zielwerk.core.uploads import content
from zielwerk.packs import loading as packs
from zielwerk.reading.agreement import read
from zielwerk.reading.expected import wordings
from zielwerk.reading.model import Reading
from zielwerk.reading.papers import AMENDMENT
from zielwerk.recognition.lessons import Lesson, lessons
from zielwerk.recognition.own import own_words
from zielwerk.recognition.source import decode
from zielwerk.recognition.words import TOKEN
from zielwerk.rulebook.agreement import Clause, Earmark, Measure, Signature, Terms
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui.tags.values import said

IS_AMENDMENT = Refusal(
    "agreements.is_amendment",
    msg(
        "Der Text ist eine Änderung. Sie wird bei dem Schriftstück erfasst, das sie ändert: dort "
        "„Änderung erfassen“."
    ),
)


def read_text(name: str, raw: bytes) -> Received:
    """Read an agreement's text; raises Refused with a sentence for what is none."""
    text = decode(raw, most_bytes=settings.AGREEMENT_TEXT_LIMIT)
    programme: str = settings.PROGRAMME
    taught = queries.lessons_in_use(programme)
    reading = read(
        text,
        programme=packs.programme(programme),
        bodies=packs.bodies(programme),
        organisations=packs.organisations(programme),
        years=[year for code, year in packs.available() if code == programme],
        load=partial(packs.load, programme),
        house=partial(queries.known, programme),
        lessons=lessons(Lesson(one.read, one.meant) for one in taught),
        others=packs.programmes(),
    )
    if reading.kind == AMENDMENT:
        raise Refused(IS_AMENDMENT)
    doubts = [path for path, evidence in reading.evidence.items() if not evidence.certain]
    doubts.sort(key=lambda path: reading.evidence[path].start)
    terms = queries.with_ministry(terms_of(reading))
    own = own_words(wordings(packs.load(programme, reading.year), packs.bodies(programme)))
    kept = {**review_data(reading), "terms": terms.to_json(), "lessons": used(text, taught, own)}
    return Received(name, raw, terms, kept, doubts)


def used(text: str, taught: Iterable[Taught], own: Container[str]) -> list[dict[str, str]]:
    """The entries of the table that were used: those whose word stands in the text.

    A word of the programme's ``own`` is never taken for another one.
    """
    words = set(TOKEN.findall(text))
    return [
        {"read": one.read, "meant": one.meant, "origin": one.origin}
        for one in taught
        if one.read in words and (one.read == one.meant or one.read not in own)
    ]


def review_data(reading: Reading) -> dict[str, Any]:
    """A reading's evidence and questions, kept for its review, as plain data."""
    return {
        "evidence": {path: asdict(evidence) for path, evidence in reading.evidence.items()},
        "budget_readings": list(reading.budget_readings),
        "proposals": [asdict(proposal) for proposal in reading.proposals],
        "findings": [
            {
                "msgid": finding.msgid,
                "params": {key: json_value(value) for key, value in finding.params.items()},
                "severity": finding.severity,
                "place": finding.place,
            }
            for finding in reading.findings
        ],
    }


def json_value(value: object) -> object:
    """A value of a finding as JSON; a value that is no text names its type (see `finding_text`)."""
    match value:
        case Label():
            return {"label": str(value)}
        case Cents():
            return {"cents": int(value)}
        case date():
            return {"day": value.isoformat()}
        case tuple() | list():
            return [json_value(item) for item in value]
    return value


def terms_of(reading: Reading) -> Terms:
    """The reading as an agreement's terms, the body under its official name.

    An amount that the text leaves open is 0 until somebody enters it.
    Of a notice that the authority gives, nothing says which ministry there is.
    """
    region, giver = reading.region, reading.parties[0]
    is_notice = giver.role == "authority"
    official = {body.ags: body for body in packs.bodies(reading.programme)}.get(region.ags or "")
    return Terms(
        programme=reading.programme,
        year=reading.year,
        ags=region.ags or "",
        body_name=official.name if official else region.name,
        body_kind=(str(official.kind.label) if official else region.kind) or "",
        ministry="" if is_notice else giver.name,
        amount_cents=reading.budget_cents or 0,
        own_share_cents=reading.own_share_cents,
        granting_authority=giver.name if is_notice else reading.granting_authority or "",
        frameworks=reading.frameworks,
        legal_areas=reading.legal_areas,
        measures=tuple(
            Measure(
                measure.type or "",
                measure.title,
                measure.amount_cents,
                measure.seats,
                measure.place,
                measure.target,
            )
            for measure in reading.measures
        ),
        earmarks=tuple(
            Earmark(earmark.code, earmark.amount_cents, earmark.inside_total)
            for earmark in reading.earmarks
        ),
        meeting=reading.meeting.label if reading.meeting else "",
        resolution=reading.resolution.label if reading.resolution else "",
        signatures=tuple(
            Signature(
                signature.party,
                signature.name,
                signature.office,
                signature.place,
                signature.date.isoformat() if signature.date else None,
                signature.raw,
                signature.acting,
            )
            for signature in reading.signatures
        ),
        clauses=tuple(
            Clause(
                clause.number,
                clause.title,
                clause.text,
                reading.evidence[f"clauses[{index}].text"].quote,
            )
            for index, clause in enumerate(reading.clauses)
        ),
    )


class UploadForm(forms.Form):
    """A text file, or the text itself; an error is shown at its field."""

    conditions: ClassVar = {"file": _("Datei oder Text"), "text": _("Datei oder Text")}

    file = forms.FileField(
        label=_("Textdatei"),
        required=False,
        help_text=_(
            "Eine Textdatei (.txt), wie die Texterkennung sie liefert, bis 300.000 Zeichen."
        ),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    text = forms.CharField(
        label=_("Oder den Text hier einfügen"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        file: UploadedFile[Any] | None = data.get("file")
        pasted = data.get("text") or ""
        if bool(file) == bool(pasted.strip()):
            raise forms.ValidationError(
                _("Bitte geben Sie entweder eine Datei oder einen Text an.")
            )
        field = "file" if file else "text"
        limit = settings.AGREEMENT_TEXT_LIMIT
        try:
            raw = content(file, limit) if file else pasted.encode()
            name = (file.name if file else None) or str(_("eingefügter Text"))
            data["received"] = read_text(name, raw)
        except Refused as refused:
            for refusal in refused.refusals:
                self.add_error(field, said(refusal))
        return data
