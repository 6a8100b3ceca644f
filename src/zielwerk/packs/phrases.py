"""The closed lists of the schema in words: procedures, sides, guards, effects, deadlines."""

from collections.abc import Mapping

from zielwerk.language import German, translate
from zielwerk.packs.model import Deadline, Instalment, PassOnPaper
from zielwerk.rulebook.passing.ways import DUES
from zielwerk.rulebook.refusal import msg

PROCEDURES: Mapping[str, str] = {
    "allocation": msg("Verfahren: Verteilung der Mittel"),
    "recording": msg("Verfahren: Erfassung"),
    "adjustment": msg("Verfahren: Mitteländerung"),
    "publication": msg("Verfahren: Veröffentlichung"),
    "strategy": msg("Verfahren: Regionale Strategie"),
    "negotiation": msg("Verfahren: Verhandlung des Entwurfs"),
    "conclusion": msg("Verfahren: Abschluss"),
    "application": msg("Verfahren: Antrag"),
    "grant": msg("Verfahren: Bescheid"),
    "passing": msg("Verfahren: Weiterleitung"),
}
FILE_NUMBERS: Mapping[str, str] = {
    "allocation": msg("Aktenzeichen der Verteilung"),
    "recording": msg("Aktenzeichen einer Erfassung"),
    "adjustment": msg("Aktenzeichen einer Mitteländerung"),
    "publication": msg("Aktenzeichen einer Veröffentlichung"),
    "strategy": msg("Aktenzeichen einer regionalen Strategie"),
    "negotiation": msg("Aktenzeichen eines Entwurfs"),
    "conclusion": msg("Aktenzeichen eines Abschlusses"),
    "application": msg("Aktenzeichen eines Antrags"),
    "grant": msg("Aktenzeichen eines Bescheids"),
    "passing": msg("Aktenzeichen einer Weiterleitung"),
}
SIDES: Mapping[str, str] = {
    "ministry": msg("Ministerium"),
    "authority": msg("Bewilligungsbehörde"),
    "body": msg("Gebietskörperschaft"),
}
RECIPIENTS: Mapping[str, str] = {
    "body": msg("die Gebietskörperschaft im Ganzen"),
    "measure": msg("jede Maßnahme für sich"),
}
EFFECTS: Mapping[str, str] = {
    "none": "",
    "allocated": msg("Mittel zugewiesen"),
    "agreed": msg("Betrag vereinbart"),
    "granted": msg("Betrag bewilligt"),
    "ordered": msg("Mitteländerung gebucht"),
    "published": msg("veröffentlicht"),
    "in_force": msg("in Kraft gesetzt"),
    "settled": msg("Text steht"),
    "concluded": msg("Schriftstück geschlossen"),
    "assessed": msg("Antrag geprüft"),
    "issued": msg("Bescheid erlassen"),
    "passed_on": msg("Weiterleitung in Kraft"),
}
GUARDS: Mapping[str, str] = {
    "allocation_computed": msg("die Verteilung lässt sich berechnen"),
    "allocation_changes_something": msg("die Verteilung ändert etwas"),
    "allocation_counts_everybody": msg("keine Gebietskörperschaft mit Geld bleibt ungenannt"),
    "allocation_covered": msg("freie Mittel decken die Verteilung"),
    "recording_doubts_settled": msg("kein Zweifel ist offen"),
    "recording_complete": msg("alle Pflichtangaben sind da"),
    "recording_within_number": msg("die zulässige Zahl je Jahr ist nicht überschritten"),
    "recording_allocated": msg("der Betrag war zugewiesen"),
    "adjustment_covered": msg("das Geld dafür ist da"),
    "publication_without_names": msg("es werden keine Namen von Personen öffentlich"),
    "strategy_whole": msg("Schwerpunkte und Schriftstück sind da"),
    "strategy_consented": msg("alle regionalen Akteure haben zugestimmt"),
    "strategy_free": msg("keine andere Fassung steht im Weg, und die Körperschaft besteht"),
    "negotiation_decided": msg("über alle Vorschläge ist entschieden"),
    "negotiation_answered": msg("die Fragen der Prüfung sind beantwortet, Fehler behoben"),
    "conclusion_signed": msg("alle haben unterschrieben, und zwar den gebilligten Text"),
    "conclusion_allocated": msg("der Betrag ist zugewiesen"),
    "conclusion_number": msg("die zulässige Zahl je Jahr wird nicht überschritten"),
    "application_whole": msg("nichts in dem Antrag hindert seine Einreichung"),
    "application_in_time": msg("die Frist ist nicht vorbei, oder es steht da, warum"),
    "application_answered": msg("alle Fragen zu dem Antrag sind beantwortet"),
    "application_settled": msg("Konzept, Finanzierung und Ziele sind geprüft"),
    "grant_sound": msg("dem Bescheid fehlt nichts, und er widerspricht nicht dem Antrag"),
    "grant_covered": msg("jedes Haushaltsjahr hat das Geld, das er bindet"),
    "grant_agreed": msg("was das Programm vor dem Bescheid verlangt, ist da"),
    "passing_sound": msg("der Weiterleitung fehlt nichts, und ihr Nachweis liegt vor dem eigenen"),
    "passing_checked": msg(
        "Vergabe, Umsatzsteuer und Beihilfe sind geprüft, wo die Art es verlangt"
    ),
    "passing_covered": msg("weitergegeben wird höchstens, was der Bescheid bewilligt"),
}
PRECONDITIONS: Mapping[str, str] = {
    "none": msg("keine Voraussetzung"),
    "funding": msg("Voraussetzung der Förderung"),
    "agreement": msg("Voraussetzung der Vereinbarung"),
}
AGREEMENTS: Mapping[str, str] = {
    "before": msg("geht dem Antrag voraus"),
    "beside": msg("steht neben dem Antrag"),
    "none": msg("keines neben dem Antrag"),
}
ONCE_IN: Mapping[str, str] = {
    "strategy": msg("bei der regionalen Strategie"),
    "agreement": msg("beim Schriftstück beider Seiten"),
}
SUCCESSIONS: Mapping[str, str] = {
    "merger": msg("Zusammenschluss"),
    "split": msg("Aufteilung"),
    "renaming": msg("Umbenennung"),
    "change": msg("Gebietsänderung"),
}
PURPOSES: Mapping[str, str] = {
    "early_start": msg("vorzeitiger Beginn"),
    "application": msg("Antrag"),
    "agreement": msg("Vereinbarung"),
    "decision": msg("Entscheidung"),
    "meeting_from": msg("Besprechung, frühestens"),
    "meeting_until": msg("Besprechung, spätestens"),
    "provider_proof": msg("Nachweis des Trägers"),
    "proof_of_use": msg("Verwendungsnachweis"),
    "other": msg("anderes"),
}
EVENTS: Mapping[str, str] = {
    "notified": msg("nach der Bekanntgabe"),
    "received": msg("nach dem Eingang"),
    "allocated": msg("nach der Zuweisung"),
    "agreed": msg("nach der Vereinbarung"),
    "granted": msg("nach der Bewilligung"),
    "paid": msg("nach der Auszahlung"),
    "ended": msg("nach dem Ende der Maßnahme"),
}
SINGULAR: Mapping[str, str] = {
    "days": msg("ein Tag"),
    "weeks": msg("eine Woche"),
    "months": msg("ein Monat"),
    "years": msg("ein Jahr"),
    "working_days": msg("ein Werktag"),
}
PLURAL: Mapping[str, str] = {
    "days": msg("{number} Tage"),
    "weeks": msg("{number} Wochen"),
    "months": msg("{number} Monate"),
    "years": msg("{number} Jahre"),
    "working_days": msg("{number} Werktage"),
}
NUMBERS = (
    *("", "", msg("zwei"), msg("drei"), msg("vier"), msg("fünf"), msg("sechs"), msg("sieben")),
    *(msg("acht"), msg("neun"), msg("zehn"), msg("elf"), msg("zwölf")),
)
SHIFTED = msg(
    "{period}; fällt das Ende auf ein Wochenende oder einen Feiertag, am nächsten Werktag"
)
OFFSETS: Mapping[int, str] = {
    -1: msg("{day} des Jahres davor"),
    1: msg("{day} des Jahres danach"),
}
FURTHER = msg("{day}, Jahre nach dem Programmjahr: {years}")


def due(deadline: Deadline) -> German:
    """When something is due, whatever the year: "zwei Monate nach der Auszahlung", "31.03."."""
    return German(_due(deadline, "de"), _due(deadline, "en"))


INSTALMENT = msg("{percent} Prozent am {day}")


def instalment(part: Instalment) -> German:
    """A part of a budget year's amount with its day: "40 Prozent am 01.03."."""
    values = {"percent": part.percent, "day": f"{part.day:02}.{part.month:02}."}
    return German(INSTALMENT.format(**values), translate(INSTALMENT, "en").format(**values))


def paper(each: PassOnPaper) -> German:
    """A paper that the Träger owes, and from when: "Verwendungsnachweis (zum Nachweis)"."""
    due = DUES[each.due]
    english = f"{translate(each.label, 'en')} ({translate(due, 'en')})"
    return German(f"{each.label} ({due})", english)


THRESHOLD = msg("ab {amount} Euro")


def threshold(cents: int) -> German:
    """From which amount something holds, in whole euros like a parameter: "ab 250.000 Euro"."""
    amount = f"{cents // 100:,}"
    german = THRESHOLD.format(amount=amount.replace(",", "."))
    return German(german, translate(THRESHOLD, "en").format(amount=amount))


def _due(deadline: Deadline, language: str) -> str:
    if deadline.is_day:
        return _day(deadline, language)
    assert deadline.after
    period = f"{_length(deadline, language)} {translate(EVENTS[deadline.after], language)}"
    return translate(SHIFTED, language).format(period=period) if deadline.shifts else period


def _day(deadline: Deadline, language: str) -> str:
    day = f"{deadline.day:02}.{deadline.month:02}."
    if not deadline.year_offset:
        return day
    words = translate(OFFSETS.get(deadline.year_offset, FURTHER), language)
    return words.format(day=day, years=deadline.year_offset)


def _length(deadline: Deadline, language: str) -> str:
    assert deadline.length
    assert deadline.unit
    length, unit = deadline.length, deadline.unit
    if length == 1:
        return translate(SINGULAR[unit], language)
    number = translate(NUMBERS[length], language) if length < len(NUMBERS) else str(length)
    return translate(PLURAL[unit], language).format(number=number)


ORDERS: Mapping[str, str] = {
    "block": msg("Sperre nimmt"),
    "cut": msg("Kürzung nimmt"),
    "burden": msg("fällige Verpflichtung belegt"),
    "year_end": msg("Jahresabschluss nimmt"),
    "cover": msg("Deckung nach dem eigenen Programmjahr"),
    "release": msg("zuerst freigegeben"),
}
"""What takes money of a budget, or gives it back, in some order."""
IN_ORDER: Mapping[str, str] = {
    "appropriated": msg("veranschlagt"),
    "supplementary": msg("durch Nachtrag veranschlagt"),
    "carried_over": msg("mit Einwilligung übertragen"),
    "burdened": msg("durch frühere Verpflichtungen belegt"),
    "oldest_year": msg("ältestes Programmjahr zuerst"),
    "newest_year": msg("jüngstes Programmjahr zuerst"),
    "last_blocked": msg("zuletzt Gesperrtes"),
    "first_blocked": msg("zuerst Gesperrtes"),
}
"""What stands in such an order: places of the money as the books call them, or a choice."""
