"""From a recorded agreement to its publication: plain data, page and PDF."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import Agreement
from zielwerk.core import installation
from zielwerk.language import value_text
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.easy import Easy
from zielwerk.packs.model import Letter, Year
from zielwerk.programme import queries as programmes
from zielwerk.publication.models import Edition
from zielwerk.rulebook.agreement import FORMS, Clause, Form, Terms
from zielwerk.rulebook.alphabet import hyphenated, searchable
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.wording import corrections
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.markdown import blocks_from

SCHEMA = Path(__file__).parent / "schema.json"
LETTER = "reading_version"


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
    """Names of signatories that stand somewhere in the public data."""
    public = " ".join(json.dumps(data, ensure_ascii=False).split())
    return [
        signature.name
        for signature in terms.signatures
        if signature.name and signature.name in public
    ]


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


def public_text(terms: Terms, year: Year) -> str:
    """Everything a visitor may look for in an agreement."""
    kinds = {kind.code: kind.label for kind in year.measure_types}
    parts = [terms.body_name, terms.body_kind, terms.ags, str(terms.year), terms.ministry]
    parts += [measure.title for measure in terms.measures]
    parts += [kinds[measure.type] for measure in terms.measures]
    return searchable(dict.fromkeys(parts))


def title_of(data: dict[str, Any], letter: Letter) -> str:
    """The document's name in the programme, its year, and its body."""
    title = f"{letter.title.replace('{year}', str(data['year']))}: {data['region']['name']}"
    return f"{title} (Vorführung)" if data["label"] else title


def easy_measures(
    data: dict[str, Any], words: Easy
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The titles of measures by type, each type in lines of Leichte Sprache.

    A type of which the programme has no such words goes by its own label.
    """
    titles: dict[tuple[str, ...], list[str]] = {}
    for measure in data["measures"]:
        lines = words.measure_types.get(measure["type"]) or (measure["type_label"],)
        titles.setdefault(lines, []).append(measure["title"])
    return [(lines, tuple(of_type)) for lines, of_type in titles.items()]


def easy_amount(cents: int) -> str:
    """An amount in Leichte Sprache: "1.600.100 Euro", with cents only where there are some."""
    return format_euro(cents).removesuffix("\N{NO-BREAK SPACE}€").removesuffix(",00") + " Euro"


def easy_kind(data: dict[str, Any], words: Easy) -> tuple[str, ...]:
    """The kind of the body in Leichte Sprache; nothing where the programme has no such words."""
    kinds = packs.programme(data["programme"]).body_kinds
    codes = [kind.code for kind in kinds if kind.label == data["region"]["kind"]]
    return words.body_kinds.get(codes[0], ()) if codes else ()


def giver(data: dict[str, Any], rules: Year) -> str:
    """Who gave the document: its ministry, or the authority where the ministry is no side of it."""
    is_ministry = "ministry" in rules.programme.document.sides
    return str(data["ministry"] if is_ministry else data["granting_authority"])


def is_granted_by(data: dict[str, Any], rules: Year) -> bool:
    """Whether the document names an authority of which the programme tells."""
    authorities = competence.named(rules.organisations, "authority", rules.period)
    return data["granting_authority"] in {each.name for each in authorities}


def document(data: dict[str, Any], rules: Year) -> b.Document:
    """The public record as a document, the same for page and PDF, worded as in ``rules``."""
    letter = letter_of(rules)
    published = datetime.fromisoformat(data["published_at"])
    return b.Document(
        title=title_of(data, letter),
        subject=f"{data['programme_name']} {data['year']}",
        author=giver(data, rules),
        date=published.date(),
        file_number=data["file_number"],
        label=data["label"] or installation.line() or None,
        blocks=tuple(_blocks(data, letter.parts)),
        attachments=(
            b.Attachment(
                file_name(rules, data["region"]["ags"], "json", data.get("ordinal", 1)),
                "application/json",
                "Dieselben Angaben als strukturierte Daten",
                json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode(),
            ),
        ),
    )


def _blocks(data: dict[str, Any], wording: dict[str, str]) -> Iterator[b.Block]:
    if data["label"]:
        yield b.Notice("warning", "Vorführung", (b.Text(data["label"]),))
    yield b.Notice("info", wording["heading_notice"], (b.Text(data["notice"]),))
    yield b.Heading(1, wording["heading_parties"])
    region = data["region"]
    key = packs.programme(data["programme"]).identifier.name
    yield b.Facts(
        wording["heading_parties"],
        (
            *_givers(data),
            (
                region["kind"],
                (b.Text(f"{region['name']} ({key} {region['ags']})"),),
            ),
        ),
    )
    yield b.Heading(1, wording["heading_amount"])
    slots = {
        "amount": format_euro(data["amount_cents"]),
        "budget_name": data["budget_name"],
        "granting_authority": data["granting_authority"] or wording["authority_unknown"],
    }
    yield from blocks_from(
        wording["amount"], {slot: slots[slot] for slot in ("amount", "budget_name")}
    )
    yield from _changes(data)
    if not data.get("granted"):
        authority = {"granting_authority": slots["granting_authority"]}
        yield from blocks_from(wording["no_grant"], authority)
    if (own_share := data.get("own_share_cents")) is not None:
        said = f"Eigenanteil der Gebietskörperschaft, zusätzlich: {format_euro(own_share)}"
        yield b.Paragraph((b.Text(said),))
    yield from _earmarks(data, wording)
    yield b.Heading(1, wording["heading_measures"])
    yield from _measures(data)
    yield from _list(wording["heading_legal_areas"], data["legal_areas"])
    yield from _list(wording["heading_frameworks"], data["frameworks"])
    yield from _list(wording["heading_meeting"], [data["meeting"]] if data["meeting"] else [])
    yield b.Heading(1, wording["heading_signatures"])
    yield _signatures(data, wording)
    if data["clauses"]:
        yield b.Heading(1, wording["heading_wording"])
        yield b.Paragraph((b.Text(wording["corrections"]),))
        for clause in data["clauses"]:
            yield b.Clause(clause["number"], clause["title"], tuple(_clause(clause)))
    yield b.Heading(1, wording["heading_record"])
    yield b.Facts(wording["heading_record"], tuple(_record(data)))


def _givers(data: dict[str, Any]) -> Iterator[tuple[str, b.Inlines]]:
    """Who gives the money: the ministry where it is a side, the authority whose notice does."""
    if data["ministry"] and "ministry" in packs.programme(data["programme"]).document.sides:
        yield "Ministerium", (b.Text(data["ministry"]),)
    if data.get("granted") and data["granting_authority"]:
        yield "Bewilligungsbehörde", (b.Text(data["granting_authority"]),)


def _changes(data: dict[str, Any]) -> Iterator[b.Block]:
    """The history of the amount, where it was changed."""
    rows = []
    for change in data.get("changes", ()):
        signed = change["signed_on"]
        day = _day(signed or change["recorded_on"])
        when = f"am {day}" if signed else f"erfasst am {day}"
        said = f"Zuerst {'bewilligt' if data.get('granted') else 'vereinbart'}, {when}"
        if change["number"]:
            said = f"{change['form']} {change['number']} ({change['basis']}), {when}"
        rows.append((said, (b.Text(format_euro(change["amount_cents"])),)))
    if rows:
        yield b.Heading(2, "Änderungen")
        yield b.Facts("Änderungen", tuple(rows))


def _earmarks(data: dict[str, Any], wording: dict[str, str]) -> Iterator[b.Block]:
    if data["earmarks"]:
        rows = []
        for earmark in data["earmarks"]:
            cents = earmark["amount_cents"]
            amount = format_euro(cents) if cents is not None else wording["earmark_without_amount"]
            rows.append((earmark["label"], (b.Text(amount),)))
        yield b.Heading(2, wording["heading_earmarks"])
        yield b.Facts(wording["heading_earmarks"], tuple(rows))


def _measures(data: dict[str, Any]) -> Iterator[b.Block]:
    by_type: dict[str, list[str]] = {}
    for measure in data["measures"]:
        said = "; ".join(_beside(measure))
        title = measure["title"] + (f": {said}" if said else "")
        by_type.setdefault(measure["type_label"], []).append(title)
    for label, titles in by_type.items():
        yield b.Heading(2, label)
        yield b.BulletList(tuple((b.Text(title),) for title in titles))


def _beside(measure: dict[str, Any]) -> Iterator[str]:
    """What the agreement says of a measure beside its title."""
    if (cents := measure.get("amount_cents")) is not None:
        yield format_euro(cents)
    if (seats := measure.get("seats")) is not None:
        yield "ein Platz" if seats == 1 else f"{seats} Plätze"
    yield from filter(None, (measure.get("place"), measure.get("target")))


def _list(heading: str, items: list[str]) -> Iterator[b.Block]:
    if items:
        yield b.Heading(1, heading)
        yield b.BulletList(tuple((b.Text(item),) for item in items))


def _signatures(data: dict[str, Any], wording: dict[str, str]) -> b.Block:
    sides = {
        "ministry": data["ministry"],
        "authority": data["granting_authority"] or wording["authority_unknown"],
        "region": data["region"]["name"],
    }
    return b.Table(
        caption=wording["heading_signatures"],
        columns=tuple(b.Column(title) for title in ("Für", "Amt", "Ort", "Datum")),
        rows=tuple(
            (
                (b.Text(sides[signature["party"]]),),
                (b.Text(signature["office"] or "unbekannt"),),
                (b.Text(signature["place"] or "unbekannt"),),
                (b.Text(_day(signature["date"]) or wording["date_unknown"]),),
            )
            for signature in data["signatures"]
        ),
    )


def _day(iso: str | None) -> str:
    return value_text(datetime.fromisoformat(iso).date()) if iso else ""


BULLETS = ("• ", "- ", "– ", "* ", "· ", "▪ ")


def _clause(clause: dict[str, Any]) -> Iterator[b.Block]:
    """A clause's wording: lines that begin with a bullet are a list, others paragraphs."""
    items: list[b.Inlines] = []
    for line in _lines(clause["wording"]):
        first = line[0]
        if isinstance(first, b.Text) and first.text.startswith(BULLETS):
            items.append((b.Text(first.text[2:]), *line[1:]))
            continue
        if items:
            yield b.BulletList(tuple(items))
            items = []
        yield b.Paragraph(line)
    if items:
        yield b.BulletList(tuple(items))


def _lines(wording: list[dict[str, str]]) -> Iterator[b.Inlines]:
    """Stretches cut at line ends; a corrected stretch stands between blanks like any word."""
    line: list[b.Inline] = []
    for stretch in wording:
        if stretch["text"].startswith("\n") and line:
            yield tuple(line)
            line = []
        elif line:
            line.append(b.Text(" "))
        if "signed" in stretch:
            reads = " ".join(stretch["text"].split())
            line.append(b.Correction(signed=stretch["signed"], reads=reads))
            continue
        first, *others = stretch["text"].removeprefix("\n").split("\n")
        line.append(b.Text(first))
        for other in others:
            yield tuple(line)
            line = [b.Text(other)]
    if line:
        yield tuple(line)


def _record(data: dict[str, Any]) -> Iterator[tuple[str, tuple[b.Inline, ...]]]:
    published = datetime.fromisoformat(data["published_at"])
    yield "Aktenzeichen", (b.Text(data["file_number"]),)
    if number := data.get("concluded_as"):
        yield "Herkunft", (b.Text(f"hier geschlossen ({number}), nicht nach Papier erfasst"),)
    yield "Ausgabe", (b.Text(f"{data['edition']} vom {value_text(published.date())}"),)
    yield (
        "Daten",
        (b.Text("Dieselben Angaben liegen als JSON vor, auch eingebettet in der PDF-Datei."),),
    )
