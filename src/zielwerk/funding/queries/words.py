"""The words of a year's rules for the codes of an application, and its values as people read them.

Used by pages, files and the receipt alike.
"""

from collections.abc import Iterator, Mapping

from zielwerk.language import German
from zielwerk.packs.model import Year
from zielwerk.rulebook.application import FORMS, Application, AppliedMeasure
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.planned import OWN_DELIVERY
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

    def parts(self, place: str, titles: Mapping[str, str]) -> tuple[str, ...]:
        """The name of a place in parts: whose measure, which field, of what, in which year.

        Words of people and of the rules are German; all others are msgids (:class:`Label`).
        """
        if not place:
            return (Label(msg("Antrag im Ganzen")),)
        head, *rest = place.split("/")
        if head in OF_RULES and rest:
            return (self.said(OF_RULES[head], rest[0]),)
        if head != "m" or not rest:
            return (Label(LABELS.get(head, MEASURES)),)
        key, *field = rest
        title = German(titles[key]) if titles.get(key) else Label(UNTITLED)
        if not field:
            return title, Label(WHOLE)
        of = (self.said(TABLES[field[0]], field[1]),) if len(field) > 1 else ()
        return (title, Label(LABELS.get(field[0], field[0])), *of, *field[2:])

    def head(self, applied: Application) -> Iterator[tuple[str, object]]:
        """What the application says beside its measures: labels (msgid) and values."""
        form, share = FORMS.get(applied.form, ""), applied.share_percent
        yield LABELS["form"], Label(form) if form else ""
        yield LABELS["share"], f"{share:n} %".replace(".", ",") if share else ""
        yield LABELS["early_start"], applied.early_start
        yield LABELS["early_reason"], German(applied.early_reason)
        for each in self.rules.declarations:
            if each.code in applied.declarations:
                yield DECLARED, German(str(each.text), each.text_en)

    def measure(
        self, each: AppliedMeasure, texts: Mapping[str, str]
    ) -> Iterator[tuple[str, object]]:
        """What a measure says beside its costs: labels (msgid) and values."""
        staff = str(each.staff).replace(".", ",") if each.staff is not None else ""
        values: Mapping[str, object] = {
            "planned": each.planned,
            "type": self.said("measure_types", each.type) if each.type else "",
            "first_day": each.first_day,
            "last_day": each.last_day,
            "seats": each.seats,
            "staff": staff,
            "places": German(each.places),
            "language": _yes_or_no(each.language),
            "earmark": self.said("earmarks", each.earmark) if each.earmark else "",
            "passing_on": self.said("passing_on", each.passing_on) if each.passing_on else "",
            "carrier": Label(BODY_ITSELF) if _delivers_itself(each) else German(each.carrier),
            "concept": German(texts.get(f"m/{each.key}/concept", "")),
            "goals": German(texts.get(f"m/{each.key}/goals", "")),
        }
        yield from ((LABELS[name], value) for name, value in values.items())


def _yes_or_no(code: str) -> Label | German:
    """The word of an answer; what was sent past the choices as it came, for nothing is refused."""
    return Label(YES_OR_NO[code]) if code and code in YES_OR_NO else German(code)


def _delivers_itself(each: AppliedMeasure) -> bool:
    return each.passing_on == OWN_DELIVERY and not each.carrier


DECLARED = msg("Erklärt")
MEASURES, UNTITLED = msg("Maßnahmen"), msg("Maßnahme ohne Titel")
WHOLE = msg("Maßnahme im Ganzen")
OF_RULES = {"declaration": "declarations", "attachment": "application_attachments"}
