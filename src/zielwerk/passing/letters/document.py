"""The document of a pass-on, from its content alone: an onward notice, a contract, or an order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zielwerk.granting.letters.document import Content, conditions, dated
from zielwerk.language import translate
from zielwerk.passing.letters.content import content_of
from zielwerk.passing.models import PassOn
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.passing.ways import Document
from zielwerk.rulebook.refusal import msg
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.german import day_text, euro, paragraphs, text

BY_NOTICE = msg(
    "{body} leitet aus der Zuwendung, die mit {notice} vom {day} bewilligt ist, {amount} an "
    "{party} weiter."
)
BY_CONTRACT = msg(
    "{body} und {party} schließen diesen Vertrag: Aus der Zuwendung, die mit {notice} vom {day} "
    "bewilligt ist, erhält {party} für die Maßnahme {amount}."
)
BY_ORDER = msg(
    "{body} beauftragt {party} mit der Durchführung der Maßnahme. Das Entgelt beträgt {amount}; es "
    "wird aus der Zuwendung bezahlt, die mit {notice} vom {day} bewilligt ist."
)
SENTENCES = {
    Document.NOTICE: BY_NOTICE,
    Document.CONTRACT: BY_CONTRACT,
    Document.ORDER: BY_ORDER,
}
BINDS = msg(
    "Das Geld ist zweckgebunden. Es darf allein für die genannte Maßnahme und in den genannten "
    "Haushaltsjahren verwendet werden."
)
INHERITED = msg(
    "Die folgenden Nebenbestimmungen des Bescheids gelten weiter. An die Stelle der "
    "Bewilligungsbehörde tritt die Gebietskörperschaft, an die der Empfängerin der Träger, an die "
    "des Bescheids dieses Schriftstück; die Prüfrechte der Bewilligungsbehörde und des "
    "Rechnungshofs bleiben."
)
OWN_PROOF = msg(
    "Nachzuweisen ist an dem Tag, der oben genannt ist, nicht an dem der Gebietskörperschaft."
)
PROVES = msg("Die Verwendung ist der Gebietskörperschaft bis zum {day} nachzuweisen.")
BY_NEED = msg("Ausgezahlt wird auf Anforderung, nach Bedarf.")
TAKES_PLACE = msg("Dies tritt an die Stelle von {number}.")
ON_BEHALF = msg("Im Auftrag")
NOT_IN_FORCE = msg("ENTWURF, nicht in Kraft.")
RULES = msg("Es gilt auf Dauer das Regelwerk der Fassung {version}, mit dem der Bescheid erging.")


def document_of(content: Content) -> b.Document:
    """The document, in German."""
    kind = Document(content["document"])
    blocks: list[b.Block] = [
        b.Facts(translate(msg("Zu diesem Schriftstück")), tuple(_facts(content))),
        b.Heading(2, translate(msg("Was weitergegeben wird"))),
        b.Paragraph(text(_said(content, kind))),
    ]
    if content["changes"]:
        blocks.append(b.Paragraph(text(translate(TAKES_PLACE).format(number=content["changes"]))))
    if kind is not Document.ORDER:
        blocks.append(b.Paragraph(text(translate(BINDS))))
    if content["purpose"]:
        blocks.append(b.Heading(2, translate(msg("Zweck"))))
        blocks += [b.Paragraph(text(part)) for part in paragraphs(content["purpose"])]
    blocks += [_amounts(content), *_instalments(content), *_proof(content)]
    blocks += conditions(content["conditions"], _inherited(content))
    if kind is Document.NOTICE:
        blocks.append(b.Heading(2, translate(msg("Rechtsbehelfsbelehrung"))))
        blocks += [b.Paragraph(text(part)) for part in paragraphs(content["remedy"])]
    blocks.append(b.Paragraph(text(translate(RULES).format(version=content["rule_version"]))))
    blocks.append(_signatures(content, kind))
    return _framed(content, tuple(blocks))


def _inherited(content: Content) -> str:
    """How the conditions of the notice are to be read; the Träger has its own day of proof."""
    said = [INHERITED, OWN_PROOF] if content["proof_due"] else [INHERITED]
    return " ".join(translate(each) for each in said)


def _framed(content: Content, blocks: tuple[b.Block, ...]) -> b.Document:
    label = translate(content["label"])
    return b.Document(
        title=f"{label}: {content['measure']['title']}",
        subject=f"{content['programme']} {content['year']}",
        author=content["body"]["name"],
        date=date.fromisoformat(content["day"]),
        file_number=content["number"],
        label=dated(content, label),
        blocks=blocks,
    )


def _facts(content: Content) -> Iterator[tuple[str, b.Inlines]]:
    yield "Aktenzeichen", text(content["number"])
    yield "Datum", text(day_text(content["day"]))
    yield translate(msg("Gebietskörperschaft")), text(content["body"]["name"])
    yield translate(msg("Träger")), text(content["party"])
    yield translate(msg("Maßnahme")), text(content["measure"]["title"])
    yield translate(msg("Bescheid")), text(content["notice"]["number"])
    if content["notice"]["authority"]:
        yield translate(msg("Bewilligungsbehörde")), text(content["notice"]["authority"])
    yield translate(msg("Betrag")), (b.Strong(euro(content["amount_cents"])),)
    if content["seats"]:
        yield translate(msg("Plätze")), text(str(content["seats"]))
    if content["other_cents"]:
        yield translate(msg("Kofinanzierung")), text(euro(content["other_cents"]))


def _said(content: Content, kind: Document) -> str:
    return translate(SENTENCES[kind]).format(
        body=content["body"]["name"],
        party=content["party"],
        notice=content["notice"]["number"],
        day=day_text(content["notice"]["day"]),
        amount=euro(content["amount_cents"]),
    )


def _amounts(content: Content) -> b.Table:
    """What is passed on by budget year."""
    rows = tuple((text(year), text(euro(cents))) for year, cents in content["by_year"].items())
    foot = (text(translate(msg("Summe"))), text(euro(content["amount_cents"])))
    columns = (
        b.Column(translate(msg("Haushaltsjahr"))),
        b.Column(translate(msg("Betrag")), "amount"),
    )
    caption = translate(msg("Betrag je Haushaltsjahr"))
    return b.Table(caption, columns, rows, foot)


def _instalments(content: Content) -> Iterator[b.Block]:
    if not content["instalments"]:
        yield b.Paragraph(text(translate(BY_NEED)))
        return
    columns = (b.Column(translate(msg("Tag"))), b.Column(translate(msg("Betrag")), "amount"))
    rows = tuple((text(day_text(day)), text(euro(cents))) for day, cents in content["instalments"])
    yield b.Table(translate(msg("Raten")), columns, rows)


def _proof(content: Content) -> Iterator[b.Block]:
    """The day of the proof, and what is to be handed in."""
    if not content["proof_due"] and not content["papers"]:
        return
    yield b.Heading(2, translate(msg("Nachweis und Unterlagen")))
    if content["proof_due"]:
        said = translate(PROVES).format(day=day_text(content["proof_due"]))
        yield b.Paragraph(text(said))
    if content["papers"]:
        yield b.BulletList(tuple(text(each["label"]) for each in content["papers"]))


def _signatures(content: Content, kind: Document) -> b.SignatureBlock:
    """Who issues an onward notice (§ 37 Abs. 3 VwVfG); of a contract both parties."""
    seat = content["body"]["seat"]
    if kind is Document.NOTICE:
        signs = b.Signature(content["body"]["name"], translate(ON_BEHALF), seat)
        return b.SignatureBlock((signs,))
    body, party = content["body"]["name"], content["party"]
    return b.SignatureBlock((b.Signature(body, "", seat), b.Signature(party, "")))


def preview_of(case: PassOn, day: date) -> b.Document:
    """What the document would be if it came into force on a day, marked as none."""
    document = document_of(content_of(case, day))
    return replace(document, label=f"{translate(NOT_IN_FORCE)} {document.label}")


def file_name(case: PassOn) -> str:
    """The name of its file: "weiterleitung-2026-06435-wl-2026-0001.pdf"."""
    return f"weiterleitung-{case.year}-{case.ags}-{hyphenated(case.file_number)}.pdf"
