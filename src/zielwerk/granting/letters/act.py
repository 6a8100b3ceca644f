"""The document of an act on a notice: what changes, on what it rests, what stands now."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from zielwerk.granting import queries
from zielwerk.granting.letters.content import head, remedy
from zielwerk.granting.letters.document import Content, document, ending, parties
from zielwerk.granting.letters.standing import standing_blocks, standing_content
from zielwerk.granting.models import GrantAct
from zielwerk.language import translate
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.rulebook.grant.amounts import added, effects, whole
from zielwerk.rulebook.grant.grounds import GROUNDS, Ground
from zielwerk.rulebook.grant.paths import PATHS, REACHES, Kind
from zielwerk.rulebook.refusal import msg
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.german import day_text, euro, paragraphs, text


def act_content(act: GrantAct, day: date) -> dict[str, Any]:
    """All that an act of a day says: before, after, and what it rests on."""
    rules, draft = packs.load(act.programme, act.year), queries.ActDraft.of(act)
    body, path = queries.body_of_case(act), PATHS[Kind(act.kind)]
    baseline = queries.baseline(act, day)
    before = baseline.amounts
    after = added(before, draft.amounts)
    measures = {m.key: m.title for m in queries.applied(act.notice).content.measures}
    return {
        **head(act, rules, body, day),
        "kind": act.kind,
        "label": str(path.label),
        "basis": basis_of(act, rules),
        "ground": str(ground.label) if (ground := ground_of(act)) else "",
        "notice": act.notice.file_number,
        "notice_day": act.notice.issued_on.isoformat() if act.notice.issued_on else "",
        "counts_from": (draft.effective or day).isoformat(),
        "changes": [
            {
                "title": measures.get(each.measure, each.measure),
                "measure": each.measure,
                "year": each.year,
                "before": each.before_cents,
                "after": each.after_cents,
            }
            for each in effects(before, after)
        ],
        "before_cents": whole(before),
        "baseline": baseline.baseline,
        "baseline_day": baseline.baseline_day.isoformat() if baseline.baseline_day else "",
        "amount_cents": whole(draft.amounts),
        "after_cents": whole(after),
        **standing_content(act, day, rules),
        "issued_to": _issued_to(act),
        **{name: draft.stored[name] for name in RESTS_ON},
        "remedy": remedy(act, rules, body, day),
    }


def basis_of(act: GrantAct, rules: Year) -> str:
    """On what an act rests: its ground or section in the act, else what its notice rests on."""
    law = rules.notice.procedure_act if rules.notice else "VwVfG"
    ground = ground_of(act)
    own = ground.basis_in(law) if ground else PATHS[Kind(act.kind)].basis_in(law)
    return own or str((act.notice.content or {}).get("basis", ""))


def ground_of(act: GrantAct) -> Ground | None:
    """The ground that was chosen, where its kind needs one."""
    return GROUNDS.get(Kind(act.kind), {}).get(queries.ActDraft.of(act).ground)


def _issued_to(act: GrantAct) -> str:
    """To whom the notice was issued, where that is another body than the one that has it now."""
    body = (act.notice.content or {}).get("body", {})
    return str(body["name"]) if body and body["ags"] != act.ags else ""


RESTS_ON = (
    *("reason", "reach", "heard", "unheard", "discretion"),
    *("known", "deceit", "event", "evidence", "asked"),
)
CHANGES = msg("Der Bescheid {number} vom {day} ändert sich wie folgt, mit Wirkung vom {from_}.")
OPERATIVE = {
    Kind.WITHDRAWAL: msg(
        "Der Bescheid {number} vom {day} wird im unten genannten Umfang zurückgenommen, mit "
        "Wirkung vom {from_}."
    ),
    Kind.REVOCATION: msg(
        "Der Bescheid {number} vom {day} wird im unten genannten Umfang widerrufen, mit Wirkung "
        "vom {from_}."
    ),
    Kind.REDUCTION: msg(
        "Die auflösende Bedingung des Bescheids {number} vom {day} ist eingetreten. Seine "
        "Zuwendung hat sich mit dem {from_} wie folgt ermäßigt."
    ),
    Kind.FINAL: msg(
        "Die mit dem Bescheid {number} vom {day} vorläufig bewilligte Zuwendung wird endgültig wie "
        "folgt festgesetzt, mit Wirkung vom {from_}."
    ),
    Kind.LAPSE: msg(
        "Der Bescheid {number} vom {day} hat sich im unten genannten Umfang erledigt, mit dem "
        "{from_}."
    ),
}
"""The sentence that decides, where it is no mere change."""
DECEIT = msg("Die Empfängerin hat getäuscht, gedroht oder bestochen")
ASKED = {True: msg("frei gemeldet"), False: msg("Bitte oder Zustimmung der Empfängerin")}


def act_document(content: Content) -> b.Document:
    """The act as a document, in German."""
    blocks: list[b.Block] = [
        b.Facts(translate(msg("Zu diesem Bescheid")), tuple(_facts(content))),
        b.Heading(2, translate(msg("Was sich ändert"))),
        b.Paragraph(
            text(
                translate(OPERATIVE.get(content["kind"], CHANGES)).format(
                    number=content["notice"],
                    day=day_text(content["notice_day"]),
                    from_=day_text(content["counts_from"]),
                )
            )
        ),
    ]
    if content["amount_cents"] or any(c["before"] != c["after"] for c in content["changes"]):
        blocks += [_table(content), *standing_blocks(content)]
    for label, words in (
        (msg("Begründung"), content["reason"]),
        (msg("Ermessen"), content["discretion"]),
    ):
        if words:
            blocks.append(b.Heading(2, translate(label)))
            blocks += [b.Paragraph(text(part)) for part in paragraphs(words)]
    blocks += ending(content)
    return document(content, translate(content["label"]), tuple(blocks))


def _facts(content: Content) -> Iterator[tuple[str, b.Inlines]]:
    yield from parties(content)
    yield translate(msg("Bescheid")), text(content["notice"])
    if content["issued_to"]:
        yield translate(msg("Ergangen an")), text(content["issued_to"])
    if content["baseline_day"]:
        since = f"{content['baseline']}, {day_text(content['baseline_day'])}"
        yield translate(msg("Ausgangsstand")), text(since)
    if content["basis"]:
        yield translate(msg("Rechtsgrundlage")), text(content["basis"])
    if content["ground"]:
        yield translate(msg("Grund")), text(translate(content["ground"]))
    if content["reach"]:
        yield translate(msg("Wirkung")), text(translate(REACHES[content["reach"]]))
    for label, name in (
        (msg("Anhörung beendet"), "heard"),
        (msg("Kenntnis aller Tatsachen"), "known"),
        (msg("Ereignis"), "event"),
        (ASKED[content["kind"] == Kind.RELEASE], "asked"),
    ):
        if content[name]:
            yield translate(label), text(day_text(content[name]))
    if content["deceit"]:
        yield translate(DECEIT), text(translate(msg("ja")))
    for label, name in (
        (msg("Von der Anhörung abgesehen"), "unheard"),
        (msg("Beleg"), "evidence"),
    ):
        if content[name]:
            yield translate(label), text(content[name])


def _table(content: Content) -> b.Table:
    columns = (
        b.Column(translate(msg("Maßnahme")), share=2),
        b.Column(translate(msg("Haushaltsjahr"))),
        b.Column(translate(msg("Bisher")), "amount"),
        b.Column(translate(msg("Künftig")), "amount"),
    )
    rows = tuple(
        (
            text(each["title"]),
            text(str(each["year"])),
            text(euro(each["before"])),
            text(euro(each["after"])),
        )
        for each in content["changes"]
    )
    foot = (
        text(translate(msg("Summe"))),
        text(""),
        text(euro(content["before_cents"])),
        text(euro(content["after_cents"])),
    )
    return b.Table(translate(msg("Bisher und künftig bewilligt")), columns, rows, foot)
