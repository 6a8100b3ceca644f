"""The JSON Schema of what is read from an agreement."""

from typing import Any

_Node = dict[str, Any]


def schema() -> _Node:
    """Return the JSON Schema (2020-12) of :meth:`Reading.as_json`.

    Every field is described in German, then English.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Vereinbarung, gelesen / Agreement as read",
        **_object(
            "Was aus dem Text einer Vereinbarung gelesen wurde.",
            "What was read from the text of an agreement.",
            {**_what(), **_lists(), **_evidence()},
        ),
    }


def _what() -> _Node:
    return {  # what the paper is, for whom, and the money
        "programme": _text(
            "Kennung des Programms.", "Code of the programme.", examples=["aqb_hessen"]
        ),
        "year": _node("integer", "Programmjahr.", "Programme year.", minimum=2000, maximum=2099),
        "kind": _choice(
            "Art des Schriftstücks: Vereinbarung, Bescheid oder Änderung.",
            "Kind of paper: agreement, notice or amendment.",
            "agreement",
            "notice",
            "amendment",
        ),
        "state": _choice(
            "Stand: unterschrieben, Entwurf, Abschrift oder Muster.",
            "State: signed, draft, copy or template.",
            "signed",
            "draft",
            "copy",
            "template",
        ),
        "parties": {
            "type": "array",
            "description": "Wer das Geld gibt und wer es bekommt, auch in einem Bescheid. / "
            "Who gives the money and who gets it, in a notice, too.",
            "minItems": 2,
            "maxItems": 2,
            "items": _party(),
        },
        "budget_cents": _node(
            ["integer", "null"],
            "Budget in Eurocent, null wenn der Betrag mehr als eine Lesart zulässt.",
            "Budget in euro cents, null if the amount may be several.",
            minimum=1,
        ),
        "budget_readings": {
            "type": "array",
            "description": "Was als Budget in Frage kommt, wo der Betrag offen ist. / "
            "What the budget may be where the amount is open.",
            "items": {"type": "integer", "minimum": 1},
        },
        "own_share_cents": _node(
            ["integer", "null"],
            "Eigenanteil in Eurocent, null wenn keiner genannt ist.",
            "Own share in euro cents, null if none is stated.",
            minimum=0,
        ),
        "granting_authority": _maybe(
            "Bewilligungsbehörde, null wenn nicht genannt.",
            "Granting authority, null if not named.",
        ),
    }


def _party() -> _Node:
    return _object(
        "Eine Seite.",
        "One side.",
        {
            "role": _side(),
            "name": _text("Name nach der Liste.", "Name as in the list."),
            "kind": _maybe(
                "Art der Gebietskörperschaft, null beim Geldgeber.",
                "Kind of regional body, null for the giver.",
            ),
            "ags": _maybe(
                "Schlüssel der Gebietskörperschaft, null beim Geldgeber.",
                "Key of the regional body, null for the giver.",
                pattern="^[0-9A-Za-z]{1,12}$",
            ),
        },
    )


def _side() -> _Node:
    return _choice("Seite.", "Side.", "ministry", "authority", "region")


def _lists() -> _Node:
    return {
        "frameworks": _array(
            "Bezugsrahmen, wie der Text sie nennt.",
            "Frameworks of reference as the text names them.",
            _text("Titel.", "Title."),
        ),
        "legal_areas": _array(
            "Rechtskreise.",
            "Legal areas.",
            _text("Rechtskreis.", "Legal area.", examples=["SGB II"]),
        ),
        "measures": _array(
            "Maßnahmen in der Reihenfolge des Textes.",
            "Measures in the order of the text.",
            _measure(),
        ),
        "earmarks": _array("Zweckbindungen.", "Earmarks.", _earmark()),
        "meeting": {**_meeting(), "type": ["object", "null"]},
        "resolution": {**_resolution(), "type": ["object", "null"]},
        "signatures": _array("Unterschriften.", "Signatures.", _signature()),
        "clauses": _array(
            "Abschnitte.",
            "Clauses.",
            _clause(),
        ),
    }


def _measure() -> _Node:
    return _object(
        "Eine Maßnahme.",
        "One measure.",
        {
            "type": _maybe(
                "Maßnahmenart, null wenn keine bekannte Überschrift darüber steht.",
                "Type of measure, null where no known heading stands above it.",
                examples=[
                    "training_preparation",
                    "training_and_coaching",
                    "qualification",
                    "staff_training",
                ],
            ),
            "title": _text("Titel.", "Title."),
            "amount_cents": _node(
                ["integer", "null"],
                "Betrag der Maßnahme in Eurocent, null wenn keiner genannt ist.",
                "Amount of the measure in euro cents, null if none is named.",
            ),
            "seats": _node(
                ["integer", "null"],
                "Plätze, null wenn keine genannt sind.",
                "Seats, null if none are named.",
            ),
            "place": _maybe("Ort, null wenn keiner genannt ist.", "Place, null if none is named."),
            "target": _maybe(
                "Zielwert im Wortlaut, null wenn keiner genannt ist.",
                "Target as worded, null if none is named.",
                examples=["10 Vermittlungen"],
            ),
        },
    )


def _earmark() -> _Node:
    return _object(
        "Eine Zweckbindung.",
        "One earmark.",
        {
            "code": _text("Kennung.", "Code.", examples=["language", "part_time_training"]),
            "amount_cents": _node(
                ["integer", "null"],
                "Betrag in Eurocent, null wenn keiner genannt ist.",
                "Amount in euro cents, null if none is named.",
            ),
            "inside_total": _choice(
                "Ob der Betrag im Budget enthalten ist.",
                "Whether the amount is inside the budget.",
                "yes", "no", "unknown",
            ),
        },
    )  # fmt: skip


def _meeting() -> _Node:
    return _object(
        "Vereinbarte Besprechung, null wenn keine genannt ist.",
        "Meeting agreed on, null if none is named.",
        {
            "season": _choice(
                "Jahreszeit.", "Season.", "spring", "summer", "autumn", "winter", None
            ),
            "label": _text("Wortlaut.", "Wording."),
        },
    )


def _resolution() -> _Node:
    return _object(
        "Genannter Beschluss, null wenn keiner genannt ist.",
        "Resolution that is named, null if none is.",
        {
            "organ": _text("Organ.", "Organ."),
            "date": _maybe("Tag (ISO 8601).", "Day (ISO 8601).", format="date"),
            "label": _text("Wortlaut.", "Wording."),
        },
    )


def _signature() -> _Node:
    return _object(
        "Eine Unterschrift; was nicht lesbar ist, ist null.",
        "One signature; what is illegible is null.",
        {
            "party": _side(),
            "name": _maybe("Name.", "Name."),
            "office": _maybe("Amt.", "Office."),
            "place": _maybe("Ort.", "Place."),
            "date": _maybe("Datum (ISO 8601).", "Date (ISO 8601).", format="date"),
            "raw": _text(
                "Zeile mit Ort und Datum und unlesbare Handschrift, unverändert.",
                "Line of place and date and illegible handwriting, unchanged.",
            ),
            "acting": _choice(
                "Unterschrift in Vertretung oder im Auftrag.",
                "Signed in another's stead.",
                "i. V.",
                "i. A.",
                None,
            ),
        },
    )


def _clause() -> _Node:
    return _object(
        "Ein Abschnitt.",
        "One clause.",
        {
            "number": _text("Zählung.", "Number.", examples=["Präambel", "§ 1"]),
            "title": _text("Überschrift.", "Heading."),
            "text": _text("Wortlaut, Zeilenenden geheilt.", "Wording, line ends healed."),
        },
    )


def _evidence() -> _Node:
    return {
        "findings": _array(
            "Fragen und Auffälligkeiten.",
            "Questions and remarks.",
            _object(
                "Eine Frage.",
                "One finding.",
                {
                    "severity": _choice("Art.", "Severity.", "question", "uncertain", "error"),
                    "place": _text("Abschnitt oder Pfad.", "Clause or path."),
                    "sentence": _text("Frage in Worten.", "The question in words."),
                },
            ),
        ),
        "proposals": _array(
            "Wörter der Abschnitte, die falsch erkannt sein können, und was gemeint sein kann.",
            "Words of clauses that may be misread, and what may be meant.",
            _proposal(),
        ),
        "confidence": {
            "type": "object",
            "description": "Sicherheit je Pfad, bei Listen die der Vollständigkeit. / "
            "Certainty by path; for a list that it is complete.",
            "additionalProperties": _object(
                "Sicherheit eines Wertes.",
                "Certainty of a value.",
                {
                    "score": _node("number", "0 bis 1.", "0 to 1.", minimum=0, maximum=1),
                    "certain": _node(
                        "boolean", "Braucht keinen zweiten Blick.", "Needs no second look."
                    ),
                },
            ),
        },
    }


def _proposal() -> _Node:
    return _object(
        "Ein Wort; der Wortlaut behält es, wie es erkannt wurde.",
        "One word; the wording keeps it as it was recognised.",
        {
            "path": _text(
                "Pfad des Wortlauts.", "Path of the wording.", examples=["clauses[1].text"]
            ),
            "at": _node("integer", "Stelle im Wortlaut.", "Place in the wording.", minimum=0),
            "before": _text("Erkanntes Wort.", "Word as recognised."),
            "after": _text("Was gemeint sein kann.", "What may be meant."),
            "start": _node("integer", "Anfang im Text.", "Start in the text.", minimum=0),
            "end": _node("integer", "Ende im Text.", "End in the text.", minimum=0),
        },
    )


def _node(kind: str | list[str], german: str, english: str, **rules: object) -> _Node:
    return {"type": kind, "description": f"{german} / {english}", **rules}


def _text(german: str, english: str, **rules: object) -> _Node:
    return _node("string", german, english, **rules)


def _maybe(german: str, english: str, **rules: object) -> _Node:
    return _node(["string", "null"], german, english, **rules)


def _choice(german: str, english: str, *values: str | None) -> _Node:
    return {"enum": list(values), "description": f"{german} / {english}"}


def _array(german: str, english: str, items: _Node) -> _Node:
    return {"type": "array", "description": f"{german} / {english}", "items": items}


def _object(german: str, english: str, properties: _Node) -> _Node:
    return {
        "type": "object",
        "description": f"{german} / {english}",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
