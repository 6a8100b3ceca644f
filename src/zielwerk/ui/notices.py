"""What pages say of notices where they speak of agreements elsewhere.

Nothing is agreed in a programme whose document is a one-sided notice: it is granted. A programme
of agreements never sees the right-hand side. Who writes a sentence about the programme's document
adds its row here; :func:`zielwerk.ui.wording.fit` chooses.
"""

from zielwerk.rulebook.refusal import msg, msgs

NOTICES: dict[str, str] = {
    # Places and reasons of the books.
    msg("vereinbart"): msg("bewilligt"),
    msg("zugewiesen, nicht vereinbart"): msg("zugewiesen, nicht bewilligt"),
    msg("Vereinbarung"): msg("Bewilligung"),
    # Columns, figures and their headings.
    msg("Vereinbart"): msg("Bewilligt"),
    msg("Geplant und vereinbart"): msg("Geplant und bewilligt"),
    msg("Differenz"): msg("Differenz zum Bewilligten"),
    msg("Vereinbarter Betrag"): msg("Bewilligter Betrag"),
    msg("Vereinbarter Betrag: {amount}"): msg("Bewilligter Betrag: {amount}"),
    msg("Vereinbarte Beträge zusammen"): msg("Bewilligte Beträge zusammen"),
    msg("Vereinbarungen"): msg("Bescheide"),
    msg("Vereinbarung erfasst"): msg("Bescheid erfasst"),
    msg("Vereinbarung veröffentlicht"): msg("Bescheid veröffentlicht"),
    msg("Vereinbarung veröffentlicht: {number} von {all}"): msg(
        "Bescheid veröffentlicht: {number} von {all}"
    ),
    msg("Zugewiesene und vereinbarte Mittel"): msg("Zugewiesene und bewilligte Mittel"),
    msg("unter dem Vereinbarten"): msg("unter dem Bewilligten"),
    msg("Betroffene Vereinbarungen"): msg("Betroffene Bescheide"),
    # What is to do.
    msg("Vereinbarung veröffentlichen"): msg("Bescheid veröffentlichen"),
    msg("Nicht vereinbarten Rest klären"): msg("Nicht bewilligten Rest klären"),
    msg("Vereinbarung ansehen"): msg("Bescheid ansehen"),
    # Of the rules.
    msg("Voraussetzung der Vereinbarung"): msg("Voraussetzung der Bewilligung"),
    # Of the books.
    msg(
        "Jeder Euro liegt in jedem Buch an genau einem Ort. „Vereinbart“ heißt noch nicht "
        "„gebunden“: das geschieht erst durch den Bescheid."
    ): msg(
        "Jeder Euro liegt in jedem Buch an genau einem Ort. Ein erfasster Bescheid bewilligt das "
        "Geld und bindet es."
    ),
    msg("Vereinbart heißt noch nicht gebunden; das geschieht durch den Bescheid."): msg(
        "Ein erfasster Bescheid bewilligt das Geld und bindet es."
    ),
    # Decisions that take what was promised.
    msg(
        "Die Körperschaft gibt Geld zurück, das ihr zugewiesen und nicht vereinbart ist. Es wird "
        "wieder frei, sobald eine zweite Person entschieden hat."
    ): msg(
        "Die Körperschaft gibt Geld zurück, das ihr zugewiesen und nicht bewilligt ist. Es wird "
        "wieder frei, sobald eine zweite Person entschieden hat."
    ),
    msg(
        "Was ungedeckt ist, wird gedeckt: erst aus dem, was der Körperschaft zugewiesen und nicht "
        "vereinbart ist, dann aus dem, was frei ist, jeweils zuerst aus derselben Mittelart. "
        "Eine zweite Person entscheidet und sieht vorher, woraus."
    ): msg(
        "Was ungedeckt ist, wird gedeckt: erst aus dem, was der Körperschaft zugewiesen und nicht "
        "bewilligt ist, dann aus dem, was frei ist, jeweils zuerst aus derselben Mittelart. "
        "Eine zweite Person entscheidet und sieht vorher, woraus."
    ),
    msg(
        "Vereinbart sind außerdem {held}. Sie werden hierfür erst genommen, wenn erfasst ist, "
        "dass weniger vereinbart wurde."
    ): msg(
        "Bewilligt sind außerdem {held}. Sie werden hierfür erst genommen, wenn erfasst ist, "
        "dass weniger bewilligt wurde."
    ),
    msg(
        "Was vereinbart ist, ändert sich nur damit, dass eine Änderung der Vereinbarung erfasst "
        "wird:"
    ): msg(
        "Was bewilligt ist, ändert sich nur damit, dass eine Änderung des Bescheids erfasst wird:"
    ),
    # Changes.
    msg("zuerst vereinbart"): msg("zuerst bewilligt"),
    msg("Änderung des Vereinbarten"): msg("Änderung des Bewilligten"),
    msg("Wie der vereinbarte Betrag wurde, was er ist"): msg(
        "Wie der bewilligte Betrag wurde, was er ist"
    ),
    msg("Änderung von {number}; bisher vereinbart: {amount}."): msg(
        "Änderung von {number}; bisher bewilligt: {amount}."
    ),
    msg(
        "Vereinbart sind hier nur noch {available}, weniger werden sollen es um {needed}. Was "
        "durch Rechtsnachfolge übergegangen ist, wird bei der Vorgängerin nicht mehr geändert."
    ): msg(
        "Bewilligt sind hier nur noch {available}, weniger werden sollen es um {needed}. Was "
        "durch Rechtsnachfolge übergegangen ist, wird bei der Vorgängerin nicht mehr geändert."
    ),
    msg("{body}, {year}: Vereinbart sind nach den Vorgängen {said}, nach den Büchern {booked}."): (
        msg("{body}, {year}: Bewilligt sind nach den Vorgängen {said}, nach den Büchern {booked}.")
    ),
    msg(
        "{cents} sind schon vereinbart und werden trotzdem gekürzt. Sie stehen als ungedeckt in "
        "den Büchern, bis die Vereinbarungen geändert sind oder anderes Geld sie deckt."
    ): msg(
        "{cents} sind schon bewilligt und werden trotzdem gekürzt. Sie stehen als ungedeckt in "
        "den Büchern, bis die Bescheide geändert sind oder anderes Geld sie deckt."
    ),
    msg(
        "Diese Körperschaften haben mehr vereinbart, als sie nach diesem Szenario bekommen. Was "
        "fehlt, wird als ungedeckt gebucht, bis die Vereinbarung geändert ist."
    ): msg(
        "Diesen Körperschaften ist mehr bewilligt, als sie nach diesem Szenario bekommen. Was "
        "fehlt, wird als ungedeckt gebucht, bis der Bescheid geändert ist."
    ),
    # Publication.
    msg("Keine Vereinbarung gefunden"): msg("Kein Bescheid gefunden"),
    msg("Schema einer Vereinbarung"): msg("Schema eines Bescheids"),
    msg("Begonnen: Die Vereinbarungen {year} werden veröffentlicht."): msg(
        "Begonnen: Die Bescheide {year} werden veröffentlicht."
    ),
    msg("Begonnen: Die Vereinbarungen {year} werden zur Veröffentlichung vorgelegt."): msg(
        "Begonnen: Die Bescheide {year} werden zur Veröffentlichung vorgelegt."
    ),
    msg("Veröffentlicht: eine Vereinbarung des Programmjahrs {year}."): msg(
        "Veröffentlicht: ein Bescheid des Programmjahrs {year}."
    ),
    msg("Veröffentlicht: {number} Vereinbarungen des Programmjahrs {year}."): msg(
        "Veröffentlicht: {number} Bescheide des Programmjahrs {year}."
    ),
    msg("Zur Veröffentlichung vorgelegt: eine Vereinbarung des Programmjahrs {year}."): msg(
        "Zur Veröffentlichung vorgelegt: ein Bescheid des Programmjahrs {year}."
    ),
    msg("Zur Veröffentlichung vorgelegt: {number} Vereinbarungen des Programmjahrs {year}."): msg(
        "Zur Veröffentlichung vorgelegt: {number} Bescheide des Programmjahrs {year}."
    ),
    msg(
        "In diesem Jahr gibt es keine Vereinbarung, bei der Sie das alles auf einmal tun können."
    ): msg("In diesem Jahr gibt es keinen Bescheid, bei dem Sie das alles auf einmal tun können."),
    msg("Diese Vereinbarung ist schon veröffentlicht oder dazu vorgelegt."): msg(
        "Dieser Bescheid ist schon veröffentlicht oder dazu vorgelegt."
    ),
    msg("Für {ags} ist {year} keine Vereinbarung erfasst."): msg(
        "Für {ags} ist {year} kein Bescheid erfasst."
    ),
    # What people may do.
    msg("Vereinbarungen ansehen"): msg("Bescheide ansehen"),
    msg("Text einer Vereinbarung einlesen"): msg("Text eines Bescheids einlesen"),
    msg("Vereinbarung zur Veröffentlichung vorlegen"): msg(
        "Bescheid zur Veröffentlichung vorlegen"
    ),
    msg("Veröffentlichte Vereinbarungen lesen"): msg("Veröffentlichte Bescheide lesen"),
    # What the reader asks about a text.
    msg("Der Text nennt verschiedene Jahre: Gilt die Vereinbarung für {year}?"): msg(
        "Der Text nennt verschiedene Jahre: Gilt der Bescheid für {year}?"
    ),
    msg("Im Text wurde keine Maßnahme gefunden: Welche Maßnahmen sind vereinbart?"): msg(
        "Im Text wurde keine Maßnahme gefunden: Welche Maßnahmen sind bewilligt?"
    ),
    # Rules, and what was invented.
    msg("Betrag vereinbart"): msg("Betrag bewilligt"),
    msg("nach der Vereinbarung"): msg("nach der Bewilligung"),
    msg("Hinweis auf eine erfundene Vereinbarung"): msg("Hinweis auf einen erfundenen Bescheid"),
    msg("nichts vereinbart"): msg("nichts bewilligt"),
    msg("Die Maßnahmen kosten zusammen {sum}, vereinbart werden {amount}."): msg(
        "Die Maßnahmen kosten zusammen {sum}, bewilligt werden {amount}."
    ),
    msg("der vereinbarte Gesamtbetrag in Euro"): msg("der bewilligte Gesamtbetrag in Euro"),
    msg("erfundene Vereinbarungen"): msg("erfundene Bescheide"),
    msg(
        "Aus diesen Klauseln besteht eine Vereinbarung, die hier entworfen wird; Wörter in "
        "geschweiften Klammern werden dann ersetzt."
    ): msg(
        "Aus diesen Klauseln besteht ein Bescheid, der hier entworfen wird; Wörter in "
        "geschweiften Klammern werden dann ersetzt."
    ),
    msg(
        "Diese Angaben hat niemand vereinbart. Sie wurden erfunden, damit die Vorführung belebt "
        "ist, und sagen nichts über die genannte Gebietskörperschaft."
    ): msg(
        "Diese Angaben hat niemand bewilligt. Sie wurden erfunden, damit die Vorführung belebt "
        "ist, und sagen nichts über die genannte Gebietskörperschaft."
    ),
}
TO_PUBLISH = msgs(
    "erfasste Vereinbarung ist nicht veröffentlicht",
    "erfasste Vereinbarungen sind nicht veröffentlicht",
)
TO_CHANGE = msgs(
    "{number} Vereinbarung, die dann zu ändern ist",
    "{number} Vereinbarungen, die dann zu ändern sind",
)
SEVERAL: dict[tuple[str, str], tuple[str, str]] = {
    TO_PUBLISH: msgs(
        "erfasster Bescheid ist nicht veröffentlicht",
        "erfasste Bescheide sind nicht veröffentlicht",
    ),
    TO_CHANGE: msgs(
        "{number} Bescheid, der dann zu ändern ist",
        "{number} Bescheide, die dann zu ändern sind",
    ),
}
"""The same for what is counted."""
