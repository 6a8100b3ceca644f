"""What a list says that has nothing in it yet: who does what first. One sentence for each list.

A search that found nothing is another thing, and its list says so itself.
"""

from zielwerk.rulebook.refusal import msg

BEGINNINGS = {
    "measures:planned_measures": msg(
        "Noch ist keine Maßnahme geplant. Damit beginnt die Koordination einer Gebietskörperschaft:"
        " „Maßnahme planen“, „Tabelle einfügen“ oder „Aus dem Vorjahr übernehmen“."
    ),
    "measures:overall_targets": msg(
        "Noch ist für kein ganzes Jahr ein Ziel gesetzt. Ziele sind freiwillig; die Koordination"
        " einer Gebietskörperschaft beginnt mit „Übergreifendes Ziel setzen“."
    ),
    "strategy:strategies": msg(
        "Noch hat keine Gebietskörperschaft eine Strategie eingetragen. Damit beginnt ihre"
        " Koordination: „Neue Fassung beginnen“."
    ),
    "desk:years": msg(
        "Noch hat das Programm kein Jahr mit Gebietskörperschaften. Das Ministerium legt es als "
        "Daten an; dann steht hier jede mit ihren Jahren."
    ),
    "negotiation:drafts": msg(
        "Noch gibt es keinen Entwurf. Wer die Schriftstücke entwirft, legt sie für ein Jahr auf "
        "einmal an, sobald die Mittel zugewiesen sind."
    ),
    "funding:applications": msg(
        "Noch hat keine Gebietskörperschaft einen Antrag begonnen. Damit beginnt ihre "
        "Koordination: „Antrag beginnen“."
    ),
    "granting:notices": msg(
        "Noch kein Bescheid. Er entsteht als Entwurf, wenn die Prüfung eines Antrags abgeschlossen "
        "ist."
    ),
    "granting:acts": msg(
        "Noch keine Änderung. Auf der Seite eines erlassenen Bescheids beginnt jede: bei der "
        "Bewilligungsbehörde, oder als Freimeldung bei der Gebietskörperschaft."
    ),
    "granting:issued_together": msg(
        "Noch wurde nichts gemeinsam erlassen. Was vorgelegt ist, lässt sich unter „Gemeinsam "
        "erlassen“ auf einmal erlassen; danach steht jede Liste hier, wie sie war."
    ),
    "granting:season": msg(
        "Noch hat keine Gebietskörperschaft einen Antrag begonnen; was danach worauf wartet, steht "
        "hier."
    ),
    "passing:pass_ons": msg(
        "Noch ist nichts weitergegeben. Damit beginnt die Koordination einer Gebietskörperschaft "
        "auf der Seite eines erlassenen Bescheids: „Weiterleitung beginnen“."
    ),
    "passing:survey": msg(
        "Noch ist in den laufenden Programmjahren nichts bewilligt. Sobald ein Bescheid erlassen "
        "ist, steht hier jede seiner Maßnahmen."
    ),
    "conclusion:conclusions": msg(
        "Noch nichts abzuschließen. Steht der Text eines Entwurfs, beginnt auf dessen Seite der "
        "Abschluss."
    ),
    "identity:people": msg(
        "Für Ihre Organisation ist noch niemand angelegt. Das tut ihre Personenverwaltung."
    ),
    "identity:rights": msg("Die Rollen bringt das Programm mit; es gibt hier nichts anzulegen."),
    "publication:editions": msg(
        "Hier ist noch nichts veröffentlicht. Das geschieht, sobald etwas erfasst, von zwei "
        "Personen geprüft und freigegeben ist."
    ),
    "publication:publications": msg(
        "Noch nichts vorgelegt. Zuerst wird erfasst und bestätigt; dann kann es "
        "veröffentlicht werden."
    ),
    "identity:own_looks": msg("Seit Beginn der Frist hat niemand Ihre Daten angesehen."),
    "auditing:log": msg("Sobald jemand etwas tut, steht es hier."),
    "auditing:verifications": msg(
        "Das Protokoll wurde hier noch nicht geprüft. Wer prüft, beginnt damit: „Protokoll und "
        "Bücher jetzt prüfen“."
    ),
    "auditing:inquiries": msg(
        "Bisher wollte niemand wissen, wer Daten angesehen hat. Wer einen Anlass hat, beantragt "
        "Einsicht; eine zweite Person gibt sie frei."
    ),
    "auditing:looks": msg(
        "Keiner Ihrer Anträge auf Einsicht ist freigegeben, oder es ist nichts vermerkt."
    ),
    "messaging:outbox": msg(
        "Noch keine E-Mail. Sie entsteht, wenn jemandem etwas mitzuteilen ist und ein Server für "
        "E-Mail eingerichtet ist."
    ),
    "desk:measures": msg(
        "Noch keine Maßnahme. Maßnahmen entstehen, wenn erfasst wird, wofür Geld zugesagt ist."
    ),
    "agreements:annulments": msg(
        "Nichts aufzuheben. Wurde etwas irrtümlich erfasst, beantragt die Aufhebung, wer "
        "erfassen darf, auf der Seite dessen, was erfasst ist."
    ),
    "agreements:agreements": msg(
        "Noch nichts erfasst. Wer erfassen darf, liest unter „Erfassungen“ einen Text ein; eine "
        "zweite Person bestätigt."
    ),
    "agreements:intakes": msg(
        "Noch nichts erfasst. Wer erfassen darf, beginnt mit „Text einlesen“; vorher braucht es "
        "ein freigegebenes Programmjahr."
    ),
    "agreements:lessons": msg(
        "Noch nichts gelernt. Wer erfassen darf, berichtigt bei der Prüfung ein verlesenes Wort; "
        "mit der Bestätigung steht es hier."
    ),
    "ledger:transfers": msg(
        "Noch nichts gebucht. Die erste Buchung entsteht, wenn das Ministerium unter „Haushalt“ "
        "Mittel veranschlagt."
    ),
    "programme:bodies": msg(
        "Das Programmpaket nennt noch keine Gebietskörperschaft. Wer den Rechner betreibt, ergänzt "
        "es."
    ),
    "programme:parties": msg(
        "Noch keine Beteiligten. Träger und andere trägt das Ministerium hier ein."
    ),
    "programme:releases": msg(
        "Noch keine Freigabe. Ist ein Programmjahr ein Entwurf, schlägt eine Person des "
        "Ministeriums unter „Regeln“ seine Freigabe vor; eine zweite gibt frei."
    ),
    "notes:notes": msg(
        "Noch kein Vermerk. Einen Vermerk schreibt man auf der Seite des Vorgangs, um den es geht."
    ),
    "budget:corrections": msg(
        "Noch keine Berichtigung. Wer im Haushalt etwas falsch gebucht hat, beantragt sie bei der "
        "Buchung; eine zweite Person entscheidet."
    ),
    "allocation:allocations": msg(
        "Noch nichts zugewiesen. Zuerst veranschlagt das Ministerium den Haushalt; dann "
        "entscheiden zwei Personen über eine Verteilung."
    ),
    "allocation:scenarios": msg(
        "Noch kein Szenario. Das Ministerium beginnt eines, sobald Haushalt und Kennzahlen da sind."
    ),
    "succession:acts": msg(
        "Noch keine Rechtsnachfolge. Ändert sich der Bestand der Gebietskörperschaften, vollzieht "
        "das Ministerium sie hier."
    ),
    "adjustments:adjustments": msg(
        "Noch keine Mitteländerung. Verzichten oder umschichten lässt sich erst, was zugewiesen "
        "ist."
    ),
    "imports:imports": msg(
        "Noch keine Tabelle gesendet. Was sich einlesen lässt, steht auf dieser Seite; senden darf "
        "es das Ministerium."
    ),
}
