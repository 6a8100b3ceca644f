"""The document of a notice, from its content alone: what is decided first, then why and how."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from zielwerk.language import translate
from zielwerk.rulebook.grant.conditions import KINDS
from zielwerk.rulebook.refusal import msg
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.german import day_text, euro, paragraphs, text

Content = dict[str, Any]

INVENTED = msg("Für die Vorführung erfunden.")
DECIDES = msg("Was entschieden ist")
REFUSES = msg("Der Antrag vom {day} wird abgelehnt.")
GRANTS = msg(
    "Auf den Antrag vom {day} werden für das {year} bewilligt: {amount}. Beantragt waren {applied}."
)
BINDS = msg(
    "Die Zuwendung ist zweckgebunden. Sie darf allein für die genannten Maßnahmen und in der "
    "genannten Zeit verwendet werden."
)
BY_NEED = msg("Ausgezahlt wird auf Abruf, nach Bedarf.")
SUIT = msg(
    "Gegen diesen Bescheid kann innerhalb von {period} nach seiner Bekanntgabe Klage erhoben "
    "werden beim {at}, {seat}."
)
OBJECTION = msg(
    "Gegen diesen Bescheid kann innerhalb von {period} nach seiner Bekanntgabe Widerspruch "
    "eingelegt werden bei: {at}, {seat}."
)
MONTH, MONTHS = msg("einem Monat"), msg("{months} Monaten")
ON_BEHALF = msg("Im Auftrag")
PASSED_ON = msg("An Träger weiterzugeben.")
RULES = msg(
    "Für diesen Bescheid gilt auf Dauer das Regelwerk der Fassung {version}, mit dem er erlassen "
    "wurde."
)


def notice_document(content: Content) -> b.Document:
    """The notice as a document, in German."""
    grants = bool(content["amount_cents"])
    blocks: list[b.Block] = [
        b.Facts(translate(msg("Zu diesem Bescheid")), tuple(_facts(content))),
        b.Heading(2, translate(DECIDES)),
        b.Paragraph(text(_decided(content))),
    ]
    if grants:
        blocks.append(b.Paragraph(text(translate(BINDS))))
        blocks += [_amounts(content), *_measures(content)]
        blocks += [*_instalments(content), *_plan(content)]
    if content["reason"]:
        blocks += [
            b.Heading(2, translate(msg("Begründung"))),
            *(b.Paragraph(text(part)) for part in paragraphs(content["reason"])),
        ]
    blocks += conditions(content["conditions"], passed_on=translate(PASSED_ON))
    if content["remark"]:
        blocks += [
            b.Heading(2, translate(msg("Hinweise"))),
            *(b.Paragraph(text(part)) for part in paragraphs(content["remark"])),
        ]
    blocks += ending(content)
    return document(content, content["label"], tuple(blocks))


def dated(content: Content, label: str) -> str:
    """What a document is, of which day, and whether it is one of a demo or a trial."""
    lines = [f"{label} vom {day_text(content['day'])}"]
    if content["is_invented"]:
        lines.append(translate(INVENTED))
    elif content["line"]:
        lines.append(translate(content["line"]))
    return ". ".join(lines)


def document(content: Content, label: str, blocks: tuple[b.Block, ...]) -> b.Document:
    """The frame of a notice or an act."""
    return b.Document(
        title=f"{label}: {content['body']['name']} {content['year']}",
        subject=f"{content['programme']} {content['year']}",
        author=content["authority"]["name"],
        date=date.fromisoformat(content["day"]),
        file_number=content["number"],
        label=dated(content, label),
        blocks=blocks,
    )


def _facts(content: Content) -> Iterator[tuple[str, b.Inlines]]:
    yield from parties(content)
    handed_in = day_text(content["handed_in"])
    yield translate(msg("Antrag")), text(f"{content['application']}, {handed_in}")
    if content["agreement"]:
        yield content["agreement_label"], text(content["agreement"])
    if content["basis"]:
        yield translate(msg("Rechtsgrundlage")), text(content["basis"])
    if content["amount_cents"]:
        yield translate(msg("Betrag")), (b.Strong(euro(content["amount_cents"])),)
        share = f", {content['share'].replace('.', ',')} %" if content["share"] else ""
        yield translate(msg("Finanzierungsart")), text(f"{translate(content['form'])}{share}")
        if content["period"]:
            first, last = map(day_text, content["period"])
            yield translate(msg("Zeitraum")), text(f"{first} bis {last}")


def parties(content: Content) -> Iterator[tuple[str, b.Inlines]]:
    """Number, day, who issues and who receives."""
    yield "Aktenzeichen", text(content["number"])
    yield "Datum", text(day_text(content["day"]))
    yield translate(msg("Bewilligungsbehörde")), text(content["authority"]["name"])
    yield translate(msg("Empfängerin")), text(content["body"]["name"])


def _decided(content: Content) -> str:
    day = day_text(content["handed_in"])
    if not content["amount_cents"]:
        return translate(REFUSES).format(day=day)
    return translate(GRANTS).format(
        day=day,
        year=content["year_label"],
        amount=euro(content["amount_cents"]),
        applied=euro(content["applied_cents"]),
    )


def _amounts(content: Content) -> b.Table:
    """What each measure gets in each budget year, beside what was applied for."""
    columns = (
        b.Column(translate(msg("Maßnahme")), share=2),
        b.Column(translate(msg("Haushaltsjahr"))),
        b.Column(translate(msg("Beantragt")), "amount"),
        b.Column(translate(msg("Bewilligt")), "amount"),
    )
    rows = [
        (text(each["title"]), text(year), text(euro(applied)), text(euro(granted)))
        for each in content["measures"]
        for year, applied, granted in years_of(each)
    ]
    foot = (
        text(translate(msg("Summe"))),
        text(""),
        text(euro(content["applied_cents"])),
        text(euro(content["amount_cents"])),
    )
    caption = translate(msg("Bewilligt nach Maßnahme und Haushaltsjahr"))
    return b.Table(caption, columns, tuple(rows), foot)


def _measures(content: Content) -> Iterator[b.Block]:
    """What each measure is: its kind, its time, its seats, who carries it out."""
    for each in content["measures"]:
        rows = (
            (msg("Maßnahmeart"), each["type"]),
            (msg("Erster Tag"), day_text(each["first_day"])),
            (msg("Letzter Tag"), day_text(each["last_day"])),
            (msg("Plätze"), str(each["seats"] or "")),
            (msg("Wer führt durch"), each["carrier"]),
        )
        said = tuple((translate(label), text(value)) for label, value in rows if value)
        if said and each["granted"]:
            yield b.Facts(each["title"], said)


def years_of(measure: Content) -> Iterator[tuple[str, int, int]]:
    """A measure's budget years with what was applied for and granted."""
    for year in sorted({*measure["applied"], *measure["granted"]}):
        yield year, measure["applied"].get(year, 0), measure["granted"].get(year, 0)


def _instalments(content: Content) -> Iterator[b.Block]:
    yield b.Heading(2, translate(msg("Auszahlung")))
    if not content["instalments"]:
        yield b.Paragraph(text(translate(BY_NEED)))
        return
    columns = (
        b.Column(translate(msg("Tag"))),
        b.Column(translate(msg("Haushaltsjahr"))),
        b.Column(translate(msg("Betrag")), "amount"),
    )
    rows = tuple(
        (text(day_text(each["day"])), text(str(each["year"])), text(euro(each["cents"])))
        for each in content["instalments"]
    )
    foot = (text(translate(msg("Summe"))), text(""), text(euro(content["amount_cents"])))
    yield b.Table(translate(msg("Raten")), columns, rows, foot)


def _plan(content: Content) -> Iterator[b.Block]:
    plan = content["plan"]
    yield b.Heading(2, translate(msg("Finanzierungsplan")))
    incomes = [*plan["incomes"], [translate(msg("diese Zuwendung")), plan["grant_cents"]]]
    if plan["open_cents"]:
        incomes.append([translate(msg("noch zu decken")), plan["open_cents"]])
    for caption, first, lines in (
        (msg("Was es kostet"), msg("Kostenart"), plan["costs"]),
        (msg("Wer bezahlt"), msg("Finanzierungsquelle"), incomes),
    ):
        columns = (
            b.Column(translate(first), share=2),
            b.Column(translate(msg("Betrag")), "amount"),
        )
        rows = tuple((text(label), text(euro(cents))) for label, cents in lines)
        foot = (text(translate(msg("Summe"))), text(euro(sum(cents for _, cents in lines))))
        if rows:
            yield b.Table(translate(caption), columns, rows, foot)


def conditions(stated: Iterable[Content], said: str = "", passed_on: str = "") -> Iterator[b.Block]:
    """The ancillary provisions, by what the law calls them; nothing where there are none.

    ``said`` stands before them, ``passed_on`` behind each that is to be passed on.
    """
    kind = ""
    for number, each in enumerate(stated, 1):
        if number == 1:
            yield b.Heading(2, translate(msg("Nebenbestimmungen")))
            if said:
                yield b.Paragraph(text(said))
        if each["kind"] != kind:
            kind = each["kind"]
            yield b.Heading(3, translate(KINDS[kind]))
        cited = f" ({each['citation']})" if each["citation"] else ""
        title = b.Strong(f"{number}. {each['title']}")
        mark = f" {passed_on}" if passed_on and each["inherits"] else ""
        yield b.Paragraph((title, b.Text(f". {each['text']}{cited}{mark}")))


def ending(content: Content) -> Iterator[b.Block]:
    """The instruction on remedies, and the rules that stay with it."""
    remedy = content["remedy"]
    months = remedy["months"]
    period = translate(MONTH) if months == 1 else translate(MONTHS).format(months=months)
    sentence = SUIT if remedy["kind"] == "suit" else OBJECTION
    yield b.Heading(2, translate(msg("Rechtsbehelfsbelehrung")))
    said = translate(sentence).format(period=period, at=remedy["at"], seat=remedy["seat"])
    yield b.Paragraph(text(said))
    yield b.Paragraph(text(translate(RULES).format(version=content["rule_version"])))
    authority = content["authority"]
    signature = b.Signature(authority["name"], translate(ON_BEHALF), authority["seat"])
    yield b.SignatureBlock((signature,))
