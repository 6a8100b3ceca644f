"""Which pages show data of other persons: every look at one of them leaves a row.

The one place where this is declared: the name of a route, and what people call the page. Whether
an answer shows somebody is not asked of this table, but noted where a name is given out
(``core/looks.py``); a test opens every page as every side and finds the one that is missing here.
"""

from zielwerk.rulebook.refusal import msg

ABOUT_PERSONS = {
    "identity:people": msg("Personen"),
    "identity:person": msg("Seite einer Person"),
    "identity:account": msg("Mein Konto"),
    "identity:grant": msg("Stelle vergeben"),
    "identity:limit": msg("Stelle befristen"),
    "identity:end_post": msg("Stelle beenden"),
    "identity:deputise": msg("Vertretung benennen"),
    "identity:end_deputyship": msg("Vertretung beenden"),
    "identity:hand_over": msg("Offenes übergeben und ausscheiden"),
    "identity:invite": msg("Einmal-Link erzeugen"),
    "identity:recover": msg("Zugang wiederherstellen"),
    "desk:home": msg("Mein Arbeitsplatz"),
    "passing:remind": msg("Träger erinnern"),
    "messaging:outbox": msg("Postausgang"),
    "messaging:mail": msg("E-Mail im Postausgang"),
    "messaging:drop": msg("E-Mail verwerfen"),
    "auditing:looks": msg("Wer Daten von Personen angesehen hat"),
    "auditing:inquiries": msg("Anträge auf Einsicht"),
    "auditing:inquire": msg("Einsicht beantragen"),
    "auditing:inquiry": msg("Antrag auf Einsicht"),
}
# Who acted, where whoever looks may know her name.
WHO_ACTED = {
    "auditing:log": msg("Protokoll"),
    "auditing:verifications": msg("Prüfungen des Protokolls"),
    "auditing:verification": msg("Prüfung des Protokolls"),
    "adjustments:adjustment": msg("Mitteländerung"),
    "agreements:annulment": msg("Aufhebung einer Erfassung"),
    "agreements:intake": msg("Erfassung"),
    "agreements:lessons": msg("Gelernte Wörter"),
    "allocation:allocation": msg("Mittelzuweisung"),
    "allocation:scenario": msg("Verteilszenario"),
    "budget:correction": msg("Berichtigung"),
    "desk:case": msg("Akte"),
    "filing:case_file": msg("Vorgangsakte"),
    "filing:pdf": msg("Vorgangsakte als PDF"),
    "filing:package": msg("Vorgangsakte mit Dateien (ZIP)"),
    "imports:import": msg("Tabelle"),
    "imports:imports": msg("Tabellen einlesen"),
    "ledger:transfer": msg("Buchung"),
    "ledger:transfers": msg("Buchungen"),
    "measures:overall_target": msg("Übergreifendes Ziel"),
    "measures:planned": msg("Geplante Maßnahme"),
    "notes:note": msg("Vermerk"),
    "programme:party": msg("Beteiligter"),
    "strategy:strategy": msg("Regionale Strategie"),
    "conclusion:conclusion": msg("Abschluss"),
    "funding:application": msg("Antrag"),
    "granting:issued_together": msg("Gemeinsam erlassene Bescheide"),
    "granting:notice": msg("Bescheid"),
    "granting:act": msg("Änderung eines Bescheids"),
    "passing:pass_on": msg("Weiterleitung"),
    "conclusion:signing": msg("Wie eine Gebietskörperschaft unterschreibt"),
    "negotiation:draft": msg("Entwurf"),
    "negotiation:place": msg("Stelle eines Entwurfs"),
    "negotiation:proposals": msg("Vorschläge zu einem Entwurf"),
    "negotiation:accept_proposal": msg("Vorschlag annehmen"),
    "negotiation:reject_proposal": msg("Vorschlag ablehnen"),
    "negotiation:withdraw_proposal": msg("Vorschlag zurückziehen"),
    "negotiation:check": msg("Prüfung eines Entwurfs"),
    "negotiation:compare": msg("Fassungen eines Entwurfs"),
    "programme:release": msg("Freigabe eines Programmjahrs"),
    "publication:publication": msg("Veröffentlichung"),
    "succession:act": msg("Rechtsnachfolge"),
}
PAGES: dict[str, str] = {**ABOUT_PERSONS, **WHO_ACTED}
# Invented persons whom everybody may see: the way into a demo.
INVENTED = {"identity:sign_in"}
