"""The public record of an agreement: plain data from which page, PDF and files are made."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import Agreement
from zielwerk.packs.model import Letter, Year
from zielwerk.programme import queries as programmes
from zielwerk.publication.models import Edition
from zielwerk.rulebook import personal
from zielwerk.rulebook.agreement import FORMS, Clause, Form, Terms
from zielwerk.rulebook.alphabet import hyphenated, searchable
from zielwerk.rulebook.wording import corrections

SCHEMA = Path(__file__).parents[1] / "schema.json"
LETTER = "reading_version"
BETWEEN = " "  # so are the stretches of a wording joined


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of :func:`public_data`, as published."""
    json_schema: dict[str, Any] = json.loads(SCHEMA.read_text())
    return json_schema


def rules_of(record: Agreement | Edition) -> Year:
    """The rules under which an agreement was recorded, whatever the pack says today."""
    return programmes.rules(record.programme, record.year, record.rule_version)


def letter_of(year: Year) -> Letter:
    return next(letter for letter in year.letters if letter.code == LETTER)


def published(data: dict[str, Any], number: int, at: datetime) -> dict[str, Any]:
    """The public record with the number of its edition and the moment of its publication."""
    moment = localtime(at).isoformat(timespec="seconds")
    return {**data, "edition": number, "published_at": moment}


def public_data(agreement: Agreement) -> dict[str, Any]:
    """The public record: offices, not names; no raw signatures, findings or confidence.

    What it still lacks comes with its publication, see :func:`published`.
    """
    terms = agreement.content
    year = rules_of(agreement)
    day = terms.signed_on or localtime(agreement.recorded_at).date()
    kinds, earmarks = year.labels("measure_types", day), year.labels("earmarks", day)
    wording = letter_of(year).parts
    concluded = {"concluded_as": agreement.concluded_as} if agreement.concluded_as else {}
    return {
        "schema": "agreement/1",
        "programme": terms.programme,
        "programme_name": year.programme.name,
        "year": terms.year,
        "edition": 0,
        "published_at": "",
        "file_number": agreement.file_number,
        "ordinal": agreement.ordinal,
        **concluded,
        "region": {"ags": terms.ags, "name": terms.body_name, "kind": terms.body_kind},
        "ministry": terms.ministry,
        "granting_authority": terms.granting_authority,
        "budget_name": year.budget_name,
        "granted": year.grants,
        "amount_cents": terms.amount_cents,
        "own_share_cents": terms.own_share_cents,
        "currency": "EUR",
        "changes": changes(agreement),
        "measures": [
            {
                "type": measure.type,
                "type_label": kinds[measure.type],
                "title": measure.title,
                "amount_cents": measure.amount_cents,
                "seats": measure.seats,
                "place": measure.place,
                "target": measure.target,
            }
            for measure in terms.measures
        ],
        "legal_areas": list(terms.legal_areas),
        "frameworks": list(terms.frameworks),
        "earmarks": [
            {
                "code": earmark.code,
                "label": earmarks.get(earmark.code, earmark.code),
                "amount_cents": earmark.amount_cents,
                "inside_total": earmark.inside_total,
            }
            for earmark in terms.earmarks
        ],
        "meeting": terms.meeting,
        "signatures": [
            {
                "party": signature.party,
                "office": signature.office,
                "place": signature.place,
                "date": signature.date,
            }
            for signature in terms.signatures
        ],
        "clauses": [public_clause(clause) for clause in terms.clauses],
        "notice": wording["notice"] if terms.clauses else wording["notice_data_only"],
        "invented": agreement.is_invented,
        "label": label_of(agreement, wording),
    }


def changes(agreement: Agreement) -> list[dict[str, Any]]:
    """How the agreement came to its amount: first agreed, then each change; empty without one."""
    versions = recorded.history(agreement)
    if len(versions) == 1:
        return []
    return [
        {
            "file_number": version.file_number,
            "number": version.version - 1,
            "form": FORMS[Form(version.form)] if version.form else "",
            "basis": version.basis,
            "signed_on": _iso(version.content.signed_on),
            "recorded_on": localtime(version.recorded_at).date().isoformat(),
            "amount_cents": version.amount_cents,
        }
        for version in versions
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def file_name(rules: Year, ags: str, ending: str, ordinal: int = 1) -> str:
    """The name of a document's file: "zielvereinbarung-2024-06440.pdf", a second one "…-2.pdf"."""
    which = f"-{ordinal}" if ordinal > 1 else ""
    return f"{hyphenated(rules.programme.document.label)}-{rules.year}-{ags}{which}.{ending}"


def label_of(agreement: Agreement, wording: dict[str, str]) -> str:
    """The label wherever the agreement shows; empty outside a demo."""
    if agreement.is_invented:
        return wording["demo_label"]
    return wording["trial_label"] if agreement.is_trial else ""


def names_in(terms: Terms, data: dict[str, Any]) -> list[str]:
    """Names of signatories that stand somewhere in the public data, however they are written."""
    public = BETWEEN.join(_texts(data))
    names = dict.fromkeys(signature.name for signature in terms.signatures if signature.name)
    return [name for name in names if personal.says(public, name)]


def _texts(value: Any) -> Iterator[str]:
    """Every text of the data; the stretches of a wording first as they read, then as signed."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        stretches = [each for each in value if isinstance(each, dict) and "text" in each]
        yield from (each["text"] for each in stretches)
        yield from (each.get("signed") or each["text"] for each in stretches)
        for item in value:
            if item not in stretches:
                yield from _texts(item)
    elif isinstance(value, str):
        yield value


def public_clause(clause: Clause) -> dict[str, Any]:
    """A clause as stretches of text; a corrected one carries the signed wording."""
    return {
        "number": clause.number,
        "title": clause.title,
        "wording": [
            {"text": stretch.reads, "signed": stretch.signed}
            if stretch.is_correction
            else {"text": stretch.reads}
            for stretch in corrections(clause.signed, clause.text)
        ],
    }


def public_text(data: dict[str, Any]) -> str:
    """Everything a visitor may look for in an agreement: of its public data and nothing else."""
    region = data["region"]
    parts = [region["name"], region["kind"], region["ags"], str(data["year"]), data["ministry"]]
    for measure in data["measures"]:
        parts += [measure["title"], measure["place"] or "", measure["target"] or ""]
    parts += [measure["type_label"] for measure in data["measures"]]
    parts += [earmark["label"] for earmark in data["earmarks"]]
    return searchable(dict.fromkeys(filter(None, parts)))
