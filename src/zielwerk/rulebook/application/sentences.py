"""The sentences of the rules of an application, and what they rest on."""

from zielwerk.rulebook import checking
from zielwerk.rulebook.planned import checks
from zielwerk.rulebook.refusal import msg

LAW_OF_FINANCING = msg("Zuwendungsrecht: Finanzierungsplan und Finanzierungsart (§§ 23, 44 LHO)")
LAW_OF_START = msg("Zuwendungsrecht: kein Beginn vor der Bewilligung (§ 44 LHO)")
LAW_OF_OTHER_FUNDING = msg("Zuwendungsrecht: keine doppelte Förderung (§ 23 LHO)")
ASSUMED = msg("angenommen; öffentlich nicht belegt")

FORM = msg("Die Finanzierungsart fehlt.")
FORM_ALLOWED = msg("Die Finanzierungsart „{form}“ sieht das Programmjahr nicht vor.")
SHARE = msg("Der Anteil fehlt; er liegt über 0 und bei höchstens 100 Prozent.")
NO_MEASURE = msg("Der Antrag nennt keine Maßnahme.")
TITLE = msg("Der Titel fehlt.")
TITLE_LONG = msg("Der Titel ist zu lang: höchstens {most} Zeichen.")
TYPE = msg("Die Maßnahmeart fehlt.")
PERIOD = msg("Die Laufzeit fehlt: erster und letzter Tag.")
PERIOD_REVERSED = msg("Der letzte Tag liegt vor dem ersten.")
SEATS = msg("Die Zahl der Plätze fehlt.")
NO_SEATS = msg("Eine Maßnahme hat mindestens einen Platz.")
PASSING_ON = msg("Wer führt durch, und wie wird weitergegeben?")
CARRIER = checks.CARRIER_CONTRADICTS
PASSING_ON_UNKNOWN = checks.PASSING_ON_UNKNOWN
PERIOD_OUTSIDE = checks.PERIOD_OUTSIDE
SEATS_WITHOUT = checks.SEATS_WITHOUT
TYPE_UNKNOWN = checks.TYPE_UNKNOWN
EARMARK_UNKNOWN = checks.EARMARK_UNKNOWN
COSTS = msg("Die Kosten fehlen.")
WITHOUT_INCOME = msg("Die Finanzierung fehlt: Wer bezahlt die Kosten?")
NOTHING_ASKED = msg("Für diese Maßnahme wird kein Geld des Programms beantragt.")
LINE_UNKNOWN = msg("Diese Kostenart oder Finanzierungsquelle kennt das Programmjahr nicht.")
LINE_YEAR = msg(
    "Im Haushaltsjahr {year} fließt kein Geld dieses Programmjahrs; möglich ist {first} bis {last}."
)
LINE_AMOUNT = msg("Der Betrag {amount} ist nicht größer als null.")
LINE_TWICE = msg("Dieselbe Zeile steht zweimal da.")
BALANCE = msg(
    "Kosten und Finanzierung sind im Haushaltsjahr {year} nicht gleich: {cost} Kosten, {income}"
    " Finanzierung."
)
OVER_GRANT = msg(
    "Beantragt werden {amount}; die Finanzierungsart lässt nach dem Finanzierungsplan {allowed} zu."
)
OVER_ALLOCATED = msg("Beantragt werden {amount}, zugewiesen sind {allocated}.")
OVER_AGREED = msg("Beantragt werden {amount}, festgelegt sind {fixed}: Was ist der Grund?")
EARMARK_OVER = msg(
    "Für „{earmark}“ werden {amount} beantragt, zugewiesen sind dafür {allocated}: Was ist der"
    " Grund?"
)
GENERAL_OVER = msg(
    "Ohne Zweckbindung werden {amount} beantragt, zugewiesen sind ohne sie {allocated}: Was ist der"
    " Grund?"
)
NOTHING_ALLOCATED = msg("Für die Gebietskörperschaft ist noch nichts zugewiesen.")
FULL_WITH_OTHERS = msg(
    "Bei Vollfinanzierung bezahlt das Programm alles; im Plan stehen {amount} anderes Geld: Warum?"
)
OWN_SHARE = msg("Der Eigenanteil ist mindestens {percent} Prozent; genannt sind {amount}: Warum?")
NOT_AGREED_BEFORE = msg(
    "Das Schriftstück, das für das Programmjahr gilt, nennt „{title}“ nicht; ohne das kann die"
    " Maßnahme nicht beantragt werden."
)
NOT_AGREED_BESIDE = msg(
    "Das Schriftstück, das für das Programmjahr gilt, nennt „{title}“ nicht: Was ist der Grund?"
)
TITLE_TWICE = msg("„{title}“ steht zweimal im Antrag: Sind es zwei Maßnahmen?")
SAME_PLAN = msg("„{title}“ ist schon beantragt ({where}).")
OWN_ELSEWHERE = msg(
    "„{title}“ klingt wie „{other}“ ({where}): Ist es dieselbe Maßnahme, und wer zahlt was?"
)
NEIGHBOURS = checking.ALSO_FUNDED
OTHER_PROGRAMME = checking.OTHER_FUNDING
EARLY_NOT_ASKED = msg(
    "Die Maßnahme beginnt, bevor entschieden sein kann (frühestens am {day}): Bitte den vorzeitigen"
    " Beginn beantragen."
)
EARLY_AFTER_START = msg(
    "Der vorzeitige Beginn ist erst ab dem {day} beantragt, die Maßnahme beginnt davor."
)
EARLY_IMPOSSIBLE = msg("Einen Beginn vor der Entscheidung sieht das Programmjahr nicht vor.")
EARLY_TOO_EARLY = msg("Ein vorzeitiger Beginn ist frühestens am {day} möglich.")
EARLY_REASON = msg("Zum vorzeitigen Beginn fehlt die Begründung.")
EARLY_UNNEEDED = msg(
    "Keine Maßnahme beginnt, bevor entschieden sein kann ({day}); ein vorzeitiger Beginn ist nicht"
    " nötig."
)
STRATEGY_NEEDED = msg("Das steht einer Bewilligung entgegen: {lacking}. Was ist dazu zu sagen?")
STRATEGY_WANTED = msg("Zur Strategie: {lacking}.")
DECLARATION = msg("Die Erklärung „{label}“ fehlt.")
ATTACHMENT = msg("Die Anlage „{label}“ fehlt.")
NOT_THERE_YET = msg("„{label}“ liegt noch nicht vor: Bis wann?")
FLAT_RATE = msg("„{rate}“: {amount} sind mehr als die Pauschale von {limit}. Was ist der Grund?")
POOL = msg(
    "„{category}“ ist um {more} höher, als bewilligt ist; das braucht eine Einwilligung. {why}"
)
OVER_BINDING = msg("Die Kosten sind {amount}, bewilligt ist ein Plan von {binding}: Warum mehr?")
CARRIER_INCOME = msg(
    "Hat {carrier} eigene Einnahmen aus der Maßnahme? Genannt sind keine Mittel Dritter."
)
