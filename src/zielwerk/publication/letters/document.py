"""The public record as a document: the same blocks for page and PDF."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from zielwerk.core import installation
from zielwerk.language import value_text
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Letter, Year
from zielwerk.publication.letters.easy import giver
from zielwerk.publication.letters.record import file_name, letter_of
from zielwerk.rulebook.money import format_euro
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.german import day_text
from zielwerk.typesetting.markdown import blocks_from


def title_of(data: dict[str, Any], letter: Letter) -> str:
    """The document's name in the programme, its year, and its body."""
    title = f"{letter.title.replace('{year}', str(data['year']))}: {data['region']['name']}"
    return f"{title} (Vorführung)" if data["label"] else title


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
        day = day_text(signed or change["recorded_on"])
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
                (b.Text(day_text(signature["date"] or "") or wording["date_unknown"]),),
            )
            for signature in data["signatures"]
        ),
    )


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
    if redactions := data.get("redactions"):
        kinds = Counter(f"{each['place']} ({each['kind']})" for each in redactions)
        told = ", ".join(f"{one}, {n}-mal" if n > 1 else one for one, n in kinds.items())
        yield "Geschwärzt", (b.Text(f"{told}. Veröffentlicht werden Ämter, keine Personen."),)
    yield "Ausgabe", (b.Text(f"{data['edition']} vom {value_text(published.date())}"),)
    yield (
        "Daten",
        (b.Text("Dieselben Angaben liegen als JSON vor, auch eingebettet in der PDF-Datei."),),
    )
