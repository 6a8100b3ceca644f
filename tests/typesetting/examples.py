"""A document that uses every block and every inline, as an agreement might."""

from datetime import date

from zielwerk.typesetting import blocks as b

DATA = '{"programme": "aqb_hessen", "note": "Größe"}\r\n'.encode()

WORDING = (
    "Das Land und der Landkreis verbessern gemeinsam die Chancen benachteiligter Menschen auf "
    "dem Ausbildungs- und Arbeitsmarkt. Sie setzen die ihnen zur Verfügung stehenden "
    "Kompetenzen dafür ein, dass die vereinbarten Ziele erreicht werden. Die Entscheidung über "
    "den Mitteleinsatz erfolgt auf Grundlage der regionalen Ausbildungs- und "
    "Arbeitsmarktstrategie, die mit den Akteuren der Rechtskreise abgestimmt ist."
)
MEASURES = (
    ("Startklar! Kreativ in die Ausbildung", "Ausbildungsvorbereitung", "412.000,00 €"),
    ("Team-Camp: Berufsorientierung für junge Menschen", "Ausbildungsvorbereitung", "88.100,50 €"),
    ("Teilzeitausbildung mit Coaching für Alleinerziehende", "Ausbildung", "1.011.111,10 €"),
    ("Sprachförderung Deutsch für den Beruf", "Qualifizierung", "88.888,40 €"),
)


def words(text: str) -> b.Inlines:
    return (b.Text(text),)


def clause(number: str, title: str) -> b.Clause:
    return b.Clause(
        number,
        title,
        (
            b.Paragraph(
                (
                    b.Text("Das "),
                    b.Correction(signed="HMS!", reads="HMSI"),
                    b.Text(" verfolgt mit dem Budget ein Ziel. " + WORDING),
                )
            ),
            b.Paragraph(words(WORDING)),
        ),
    )


def agreement(clauses: int = 4) -> b.Document:
    return b.Document(
        title="Zielvereinbarung 2024: Main-Kinzig-Kreis",
        subject="Hessisches Ausbildungs- und Qualifizierungsbudget 2024",
        author="Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales",
        date=date(2024, 7, 1),
        file_number="ZV-2024-06435",
        label="Für die Vorführung erfunden",
        attachments=(
            b.Attachment("daten.json", "application/json", "Dieselben Angaben als Daten", DATA),
        ),
        blocks=(
            b.Notice("info", "Lesefassung", words("Maßgeblich ist das unterzeichnete Original.")),
            b.Heading(1, "Vertragspartner"),
            b.Facts(
                "Vertragspartner",
                (
                    ("Land", words("Hessisches Ministerium für Arbeit, Integration und Soziales")),
                    ("Landkreis", words("Main-Kinzig-Kreis (Gemeindeschlüssel 06435)")),
                    (
                        "Bewilligende Stelle für Zuwendungen aus dem Budget",
                        words("Regierungspräsidium Kassel"),
                    ),
                    ("Vereinbart, noch nicht bewilligt", (b.Strong("1.600.100,00 €"),)),
                ),
            ),
            b.Heading(1, "Maßnahmen"),
            b.Heading(2, "Überblick"),
            b.Table(
                "Maßnahmen nach Titel und Betrag",
                (b.Column("Titel"), b.Column("Art"), b.Column("Betrag", "amount")),
                tuple(tuple(words(cell) for cell in row) for row in MEASURES),
                (words("Summe"), words(""), words("1.600.100,00 €")),
            ),
            b.BulletList(tuple(words(title) for title, _, _ in MEASURES)),
            b.NumberedList((words("Antrag stellen"), words("Bescheid abwarten")), start=3),
            b.Notice("warning", "Kein Geld", words("Erst der Zuwendungsbescheid gewährt Geld.")),
            b.Heading(1, "Wortlaut"),
            *(clause(f"§ {n}", f"Gemeinsame Ziele {n}") for n in range(1, clauses + 1)),
            b.Paragraph(
                (
                    b.Text("Siehe auch "),
                    b.Link("das Portal", "https://example.org/ziele?jahr=2024"),
                    b.Text(", "),
                    b.Emphasis("ausführlich"),
                    b.Text(" und "),
                    b.Text("in plain English", "en"),
                    b.Text(". "),
                    b.Correction(signed="inn", reads=""),
                    b.Correction(signed="", reads="im"),
                )
            ),
            b.SignatureBlock(
                (
                    b.Signature("Für das Land", "Staatssekretärin", "Wiesbaden", "1. Juli 2024"),
                    b.Signature(
                        "Für den Main-Kinzig-Kreis",
                        "Landrat",
                        "Gelnhausen",
                        "Datum im Original nicht lesbar",
                    ),
                )
            ),
        ),
    )
