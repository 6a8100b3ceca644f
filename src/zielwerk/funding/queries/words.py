"""The words of a year's rules for the codes of an application, and its values as people read them.

Used by pages, files and the receipt alike.
"""

from collections.abc import Iterator, Mapping

from zielwerk.language import German, translate, value_text
from zielwerk.packs.model import Year
from zielwerk.rulebook.application import FORMS, Application, AppliedMeasure
from zielwerk.rulebook.application.answers import THERE
from zielwerk.rulebook.refusal import msg

LABELS: Mapping[str, str] = {
    "form": msg("Finanzierungsart"),
    "share": msg("Anteil der Förderung in Prozent"),
    "early_start": msg("Beginn vor der Entscheidung ab"),
    "early_reason": msg("Begründung des vorzeitigen Beginns"),
    "late_reason": msg("Begründung der verspäteten Einreichung"),
    "title": msg("Titel"),
    "planned": msg("geplant als"),
    "type": msg("Maßnahmeart"),
    "first_day": msg("Erster Tag"),
    "last_day": msg("Letzter Tag"),
    "seats": msg("Plätze"),
    "staff": msg("Personal in Stellen"),
    "places": msg("Orte"),
    "language": msg("Sprachanteil"),
    "earmark": msg("Zweckbindung"),
    "passing_on": msg("Art der Weitergabe"),
    "carrier": msg("Wer führt durch"),
    "concept": msg("Was gemacht wird"),
    "goals": msg("Was erreicht werden soll"),
    "cost": msg("Kosten"),
    "income": msg("Finanzierung"),
}
"""What each field of an application is called, by the last part of its place."""
BODY_ITSELF = msg("die Gebietskörperschaft selbst")
YES_OR_NO: Mapping[str, str] = {"": msg("noch nicht gesagt"), "yes": msg("ja"), "no": msg("nein")}
TABLES = {
    "type": "measure_types",
    "earmark": "earmarks",
    "passing_on": "passing_on",
    "cost": "cost_categories",
    "income": "cost_sources",
}
"""In which table of the rules the codes of a field are."""


class Words:
    """The labels of a year's rules."""

    def __init__(self, rules: Year) -> None:
        self.rules = rules

    def said(self, table: str, code: str) -> German:
        """The label of a code; the code itself where the rules know it no more."""
        for each in getattr(self.rules, table):
            if each.code == code:
                return German(str(each.label), each.label_en)
        return German(code)

    def german(self, table: str, code: str) -> str:
        return str(self.said(table, code))

    def choices(self, field: str) -> list[tuple[str, German]]:
        """The codes that a field may hold, with their labels."""
        rows = getattr(self.rules, TABLES[field])
        return [(each.code, German(str(each.label), each.label_en)) for each in rows]

    def place(self, place: str, titles: Mapping[str, str], language: str = "de") -> str:
        """The name of a place as people say it: "Kurs A: Kosten, Honorare 2026"."""
        if not place:
            return translate(msg("Antrag im Ganzen"), language)
        head, *rest = place.split("/")
        if head == "declaration" and rest:
            return str(self.said("declarations", rest[0]))
        if head == "attachment" and rest:
            return str(self.said("application_attachments", rest[0]))
        if head != "m":
            return translate(LABELS[head], language)
        if not rest:
            return translate(msg("Maßnahmen"), language)
        key, *field = rest
        title = titles.get(key) or translate(msg("Maßnahme {number}"), language).format(number=key)
        if not field:
            return title
        name = translate(LABELS.get(field[0], field[0]), language)
        if len(field) > 1:
            name += f", {self.said(TABLES[field[0]], field[1])}"
        return f"{title}: {name}" + (f" {field[2]}" if len(field) > _YEAR else "")

    def head(self, applied: Application) -> Iterator[tuple[str, str]]:
        """What the application says beside its measures, as rows of German words."""
        form = FORMS.get(applied.form, "")
        yield translate(LABELS["form"]), translate(form) if form else ""
        share = applied.share_percent
        yield translate(LABELS["share"]), f"{share:n} %".replace(".", ",") if share else ""
        day = applied.early_start
        yield translate(LABELS["early_start"]), value_text(day, "de") if day else ""
        yield translate(LABELS["early_reason"]), applied.early_reason
        for code in sorted(applied.declarations):
            yield self.german("declarations", code), translate(YES_OR_NO[THERE])

    def measure(self, each: AppliedMeasure, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """What a measure says beside its costs, as rows of German words."""
        values: Mapping[str, object] = {
            "planned": each.planned,
            "type": self.german("measure_types", each.type) if each.type else "",
            "first_day": each.first_day,
            "last_day": each.last_day,
            "seats": each.seats,
            "staff": str(each.staff).replace(".", ",") if each.staff is not None else "",
            "places": each.places,
            "language": translate(YES_OR_NO[each.language]) if each.language else "",
            "earmark": self.german("earmarks", each.earmark) if each.earmark else "",
            "passing_on": self.german("passing_on", each.passing_on) if each.passing_on else "",
            "carrier": each.carrier,
            "concept": texts.get(f"m/{each.key}/concept", ""),
            "goals": texts.get(f"m/{each.key}/goals", ""),
        }
        for name, value in values.items():
            shown = value if isinstance(value, str) else value_text(value, "de")
            yield translate(LABELS[name]), shown if value else ""


_YEAR = 2
