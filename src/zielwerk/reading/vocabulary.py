"""Words of agreements and of projects for work, training and language.

Not a dictionary: a word that is missing here is merely unknown. Nouns are capitalised; German
compounds need no entry of their own, as :mod:`zielwerk.reading.words` takes them apart.
"""

SMALL_WORDS = """
arbeiten backen bauen malen nähen kochen pflegen planen reden rechnen spielen wohnen denken wachsen starten
ab aber abgestimmt abgestimmten abstimmen acht aktiv aktive aktualisierenden aktuell aktuellen
alle alleinerziehend alleinerziehende allen aller alles allgemein als also am an andere anderen
anerkannten angelegt angesetzt angesichts anzubieten arbeitsfähig arbeitsmarktnah arbeitsmarktnahe
arbeitsmarktpolitik arbeitsmarktpolitische auch auf aufgeführten aufgrund aus ausdrücklich
ausgetauscht auszutauschen außer außerdem bald beantragt befähigen beginnen begleiten begleitend
begleitet bei beide beiden beim benachteiligt benachteiligte benachteiligten bereits beruflich
berufliche beruflichen berufsbegleitend berücksichtigt besondere besonderen besonderer besser
beteiligen beteiligt betrachtet betreut betrieblich betriebliche bewerben bewilligt bewilligten
bezogen bieten bietet bilden bildet binden bindet bis bisher bleiben bleibt brauchen bunt bzw da
dabei dadurch dafür daher damit danach dann daran darauf daraus darf darin darunter darüber das
dass dauerhaft dauerhafte davon dazu dein deine dem demografischen den denen der deren des dessen
dich die dienen dient dies diese diesem diesen dieser dieses digital digitale digitalen digitaler
dir doch dort drei dritte dritter du durch eigen eigene eigenen eigenständig eigenständigen ein
einbezogen eine einem einen einer eines einfach einigen einsetzen einzusetzen elf engen entdecken
enthalten entscheiden er erarbeiteten erfahren erfolgreich erfolgreiche erfolgt
erfolgversprechende ergänzend erhalten erhält erlassen erlassenen ermutigen ermöglichen erneut
ernst erreicht erste ersten erster eröffnen es etwa euch euer europäisch fachlich fachliche
fachlichen familiensorgenden familiär finanziert finden fit flexibel flexible fokussierte folgende
folgenden folgender frei freie früh frühe fördern fördert führen führt fünf fünfte für ganz geben
geflüchtet geflüchtete geflüchteten gefördert geförderten gegen gehen geht gekennzeichnet
gemeinsam gemeinsame gemeinsamen gemäß genannten genderadäquat geplant geringqualifiziert
gestalten gestellt gesund gewerblich gewerblichen gewähren gewährt gibt gilt gleich groß große
großen großer großes grundsätzlich grün grüne grünen gut gute guten gärtnerisch haben handwerklich
handwerkliche hat hauswirtschaftlich helfen her herausfordernden hessisch hessische hessischen
hessischer hier hieraus hierbei hierfür hiervon hierzu hin hinein hoch hohe hohen hoher hundert
höchstens höher ich identifizieren ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem
individuell individuelle individuellen inklusiv inklusive ins insbesondere insgesamt intensiv
interagierenden interkulturell interkulturelle international ist ja je jede jeden jeder jederzeit
jedes jetzt jeweiligen jeweils jugendlich jugendliche jung junge jungen junger jährlich jährlichen
kann kaufmännisch kaufmännische kein keine kennen klein kleine kleinen kleiner kleines kommen
kommunal kommunale kommunalen kontinuierlich kontinuierlicher kreativ kulturell können könnte
künftig künstlerisch landespolitischen langfristig langzeitarbeitslos langzeitarbeitslose laut
leben lebt leicht leisten leistet leiten lernen lernt lesen los ländlich ländlichen längerfristig
längerfristige machen macht man medizinisch medizinische mehr mehrsprachig mein meine meinem
meinen meiner meistern migrantisch mindestens mit miteinander mittels mitten mobil modern muss
mutig männlich möglich möglichkeiten möglichst müssen nach nachfolgend nachfolgenden nachhaltig
nachhaltige nachhaltigen nah nahe neben nehmen neu neue neuem neuen neuer neues neun nicht nichts
niedrigschwellig niedrigschwellige noch nun nur nutzen nutzt ob oder offen offene ohne orientiert
passgenau passgenaue per pflegerisch pflegerische plus potenziell praktisch praktische praxisnah
praxisnahe pro psychisch psychische qualifikatorisch qualifikatorische qualifizieren
qualifizierend qualifiziert rechtlich rechtskreisübergreifend rechtskreisübergreifenden regelmäßig
regional regionale regionalen regionaler richtig rund schaffen schnell schon schreiben sechs sehr
sein seine seinem seinen seiner seit selbst selbstbestimmtes setzen setzt sich sicher sichern sie
sieben sind sinnvoll so sog sogenannten solche soll sollen sowie sozial soziale sozialen
sozialpädagogisch sozialpädagogische sozialräumlich spezifisch spezifische sprachlich sprachliche
sprechen spricht spätestens stabil stark starke statt stehen stehenden steht steigern stellen
stellt stets stille stillen städtisch städtische systemisch systemische tausend technisch
technische technischen teilnehmend teilqualifizierend tragen trägt tun um umfassend und uns unser
unsere unserem unseren unter unteranderem unterjährig unterjährige unterstützen unterstützt
unterwegs verantwortlich verbindlich verbundenen vereinbaren vereinbart vereinbarten verfolgt
verpflichtet verschiedensten vertieft vertreten veröffentlicht viel viele vielen vielfältig
vielversprechend vielversprechende vier vierte vierter voll vollqualifizierend
vollqualifizierenden vom von vor voran vorbereiten vorbereitend vordringlichsten vorgelegten
vorgesehen vorhanden vorn vorrangig wann war warum was weg weiblich weil weiter weiterbilden
weitere weiteren weiterhin wenn wer werden werkstattorientiert wie wieder will wir wird wirken
wirkt wirtschaftlich wissenschaftlich wissenschaftliche wo wohin wohnortnah wollen worden wurde
wurden würde zehn zeigen zeigt zentral zentralen zertifiziert zielgerichtet zu zugewandert
zugewanderte zugleich zukunftsfähig zukünftig zukünftigen zum zur zurück zurückfinden zusammen
zusammenwirken zusammenzuarbeiten zusätzlich zuverlässig zwei zweite zweiter zwischen
zwischenzeitlich zwölf ändern über überbetrieblich überdies überfachlich
"""

NOUNS = """
Abbruch Abend Abgang Ablauf Ablöse Absatz Abschluss Abschlüsse Absicht Absprache Abstimmung
Abteilung Abweichung Akademie Akteur Akteure Akteuren Aktion Aktiv Aktivierung Aktivität Alltag
Alltagshilfe Alphabetisierung Altenhilfe Altenpflege Alter Alters Amt Anerkennung Anfang
Anforderung Angaben Angebot Angebote Angeboten Anker Anlage Anlauf Anleitung Anpassung Ansatz
Anschluss Anschlüsse Ansätze Antrag Antragstellung Anträge Anwendung Anziehung Apotheke App April
Arbeit Arbeiten Arbeitgeber Arbeitnehmer Arbeits Arbeitslose Arbeitsmarkt Arbeitsmarktes
Arbeitswelt Art Arten Arts Arzt Assistenz Asyl Atelier Atlas Aufbau Aufgabe Aufnahme Aufstieg
Auftakt Auftrag Auge Augen August Ausbau Ausbilder Ausbildung Ausbildungs Ausbildungsstelle
Austausch Auswahl Auszubildende Auto Azubi Azubis Azur Bachelor Bad Bahn Balance Barriere Basis
Basteln Bau Baum Baustein Bausteine Beamter Bedarf Bedarfe Bedarfslage Bedeutung Bedürfnis
Bedürfnisse Bedürfnissen Befähigung Begegnung Beginn Begleitung Behindert Behinderte Behinderten
Behinderung Behinderungen Behörde Beirat Beitrag Benachteiligte Benachteiligten Berater Beratung
Bereich Bereit Bereitschaft Bericht Beruf Berufe Berufen Berufs Berufsabschluss Berufsausbildung
Berufskraftfahrer Berufsleben Bescheid Beschluss Beschäftigte Beschäftigung Beschäftigungs
Besprechung Bestand Beteiligung Beton Betrag Betreuer Betreuung Betreuungskraft Betrieb Betriebe
Beträge Beurteilung Bewerber Bewerbung Bezug Bienen Bilanz Bild Bilder Bildung Bildungs
Bildungsträger Biologie Blick Blumen Boden Bogen Bord Boxen Brot Brücke Brücken Brückenbau Buch
Buchhaltung Budget Budgets Bund Bundes Busfahrer Bäcker Bäume Börse Bühne Bündnis Bürger Büro Cafe
Café Camp Campus Care Case Cent Centrum Chance Chancen Check Chemie Club Coach Coaching Coachings
Code Computer Container Crew Dach Dachdecker Datum Dauer Demokratie Deutsch Deutschkurs Dezember
Dialog Dienst Dienstag Dienste Dienstleistung Digital Digitalisierung Diplom Dokument Donnerstag
Dorf Dreher Drohne Drohnen Druck Eckdaten Ehrenamt Eignung Einblick Eingliederung Einkauf
Einrichtung Einsatz Einstieg Einstiegs Eintritt Einzelhandel Elektro Elektronik Eltern Empfang
Empowerment Ende Energie Engagement Entdecker Entgelt Entscheidung Entscheidungsspielräume
Entwicklung Erde Erfahrung Erfahrungen Erfolg Erfolgs Ergebnis Ergebnisse Erhalt Ermöglichung
Ernährung Erprobung Erreichung Ersatz Erste Erwachsene Erwerb Erwerbs Erwerbsleben Erzieher
Erzieherin Erziehung Esel Essen Etappe Euro Existenz Express Fabrik Fach Fachkonzept Fachkraft
Fachkräfte Fachkräften Fachpersonal Fahrer Fahrrad Fahrradwerkstatt Fahrt Fahrzeug Fall Familie
Familien Farbe Februar Feld Fenster Fertigung Film Firma Fisch Fleischer Fliesen Flucht Flur
Flüchtlinge Fokus Forderung Form Forst Forum Foto Frage Frau Frauen Frauenhaus Freiheit Freitag
Freizeit Freude Friseur Fräser Frühjahr Frühling Fundament Funktion Fähigkeit Fähigkeiten Förder
Förderangebote Förderansatz Fördermittel Förderung Führerschein Führung Gabelstapler Garn
Garten Gast Gastgewerbe Gastronomie Gebiet Gebietskörperschaft Gebietskörperschaften Gebäude
Geflüchtete Gegenwart Geld Gelegenheit Gelände Gemeinde Gemeinschaft Gemüse Generation Gericht
Gerüst Gerüstbau Gesamtbetrag Geschichte Gesellschaft Gesetz Gespräch Gestaltung Gesundheit
Gesundheits Gewerbe Gewinn Gewinnung Glas Gleichstellung Gleis Glück Grund Grundbildung Grundkurs
Grundlage Grundlagen Grundsicherung Gruppe Gruppen Gärten Gärtner Hafen Halt Haltung Hand Handel
Handels Handlung Handlungs Handwerk Handwerker Hauptschulabschluss Hauptschule Haus Hauses
Haushalt Haushalts Haushaltsmittel Hausmeister Hauswart Hauswirtschaft Heim Heimat Heizung Helden
Helfer Helferin Herausforderung Herausforderungen Herbst Herkunft Hessen Hilfe Hilfen Hilfs Himmel
Hobby Hochbau Hof Hoffnung Holz Horizont Horizonte Hotel Hygiene Höhe Hürde Hürden Idee Ideen
Impuls Impulse Individualität Industrie Info Informatik Information Ingenieur Inhalt Initiative
Inklusion Inklusiv Innovation Insel Integration Integrations Intensiv Interesse Internet
Internetportal Jahr Jahre Jahren Jahres Januar Job Jobcenter Jobs Jugend Jugendhilfe Jugendliche
Jugendlichen Juli Junge Jungen Juni Kaffee Kalender Kante Karriere Karte Kasse Kaufhaus Kaufleute
Keller Kenntnis Kenntnisse Kette Kinder Kinderbetreuung Kindern Kindertagesstätte Kita Kitas
Klasse Kleid Kleider Klima Klinik Koch Kochen Kollege Kombi Kommune Kommunen Kommunikation Kompakt
Kompass Kompetent Kompetenz Kompetenzen Konditor Konferenz Kontakt Kontext Konvention Konzept
Kooperation Koordination Kosmetik Kosten Kraft Kraftfahrer Kraftwerk Kranken Krankenhaus
Krankenpflege Kreativ Kreativität Kreis Kreise Kreisen Kreises Kriterien Kräfte Kultur Kunde Kunst
Kunststoff Kurier Kurs Kurse Köche Körper Körperschaft Küche Küchenhilfe Labor Labore Laden Lage
Lager Lagerist Lagerlogistik Land Landes Landesmittel Landkreis Landkreise Landkreises Landrat
Landrätin Landschaft Landschaftsbau Landwirtschaft Langzeit Lauf Leben Lebens Lebenslage
Lebenslagen Lebensmittel Leder Lehre Lehrer Lehrgang Leistung Leitbild Leitfaden Leitlinie
Leitlinien Leitung Lern Lernen Lernort Lernwerkstatt Leuchtturm Licht Lichtblick Lieferung Linie
Literatur Logistik Lohn Lokal Lokführer Lotse Lotsen Lotsin Luft Lust Lückenschluss Magistrat Mai
Malen Maler Management Mann Markt Maschine Maschinen Master Material Mathematik Maurer Maß Maßgabe
Maßnahme Maßnahmen Maßnahmenart Maßnahmenarten Mechanik Mechatronik Medien Meilenstein Meister
Mensch Menschen Mentor Mentoring Menü Messe Metall Methode Metzger Migrant Migranten Migrantinnen
Migration Migrations Migrationshintergrund Milieu Million Millionen Mini Ministerium Ministeriums
Mission Mitarbeitende Mitarbeiter Mitbestimmung Mittag Mitte Mittel Mitteleinsatz Mittwoch
Mobil Mobilität Modell Modul Module Monat Montag Montage Mosaik Motivation Motor Multi Musik Mut
Mutter Mädchen Männer Männern März Möbel Mühle Mütter Nachbarschaft Nachhaltigkeit Nacht Nachweis
Nachwuchs Natur Netz Netzwerk Neustart Niveau Not November Nähe Nähen Näherei Objekt Ofen Oktober
Ordnung Organisation Orientierung Ort Orte Partner Paten Patenschaft Pause Person Personal
Personen Perspektive Perspektiven Pfad Pfade Pflege Pflegeassistenz Pflegehilfe Pfleger Pflicht
Pharma Photovoltaik Pilot Plan Planung Platz Plätze Politik Portal Position Post Praktika
Praktikum Praxen Praxis Preis Probe Problem Produkt Produktion Profil Profiling Programm Programme
Projekt Projekte Prozess Präambel Präsentation Prävention Prüfung Psychologie Punkt Putz Puzzle
Pädagogik Pünktlichkeit Qualifikation Qualifizierung Qualifizierungs Qualität Quartal Quartier
Quelle Quereinstieg Querschnitt Rad Rahmen Rat Raum Reaktivierung Realschule Rechnen Recht Rechts
Rechtskreis Rechtskreise Rechtskreisen Recycling Reform Regal Regel Regierung Regierungspräsidium
Region Regional Regionen Reha Rehabilitation Reinigung Reinigungskraft Reise Religion Renovierung
Reparatur Reserve Ressource Restaurant Richtung Roboter Robotern Robotik Rolle Ruhe Räume
Rückenwind Rückkehr Sachbearbeitung Sache Samstag Sanierung Sanitär Schatz Schau Schicht Schlosser
Schlüssel Schmiede Schneiderei Schnitt Schreiner Schritt Schritte Schul Schulabschluss Schuld
Schule Schulen Schulung Schutz Schweißen Schweißer Schwerpunkt Schwerpunkte Schwung Schüler
Schülerinnen Secondhand Seele Segel Segeln Seite Seminar Senioren September Service Servicekraft
Servicestelle Sicherheit Sicherung Sicht Sieg Sinn Situation Software Solar Sommer Sonne Sonntag
Sozial Sozialarbeit Soziale Soziales Spiel Spiele Spielraum Spielräume Sport Sprach Sprache
Sprachen Sprachförderangebote Sprachförderung Sprachkurs Sprung Sprungbrett Staat Staatsminister
Staatsministerin Stabilisierung Stadt Stadtteil Stahl Stapler Start Startbahn Startklar Station
Stein Steine Stelle Steuer Steuerung Stiftung Stille Stoff Strategie Straßenbau Strom Struktur
Strukturen Studie Studien Studium Stufe Stufen Stunde Städte Städtebau Städten Stärke Stärken
Stärker Stärkung Suche Sucht Summe System Tafel Tag Tage Tagen Tagespflege Tagung Tagungen Takt
Talent Talente Tandem Tank Tausch Taxi Team Teams Technik Technologie Teil Teile Teilhabe
Teilnahme Teilnehmende Teilnehmenden Teilnehmer Teilnehmerinnen Teilqualifizierung Teilzeit
Teilzeitausbildung Text Textil Theater Thema Therapie Tiefbau Tier Tiere Tischler Titel Tor Tour
Tourismus Trainer Training Traum Treff Treffpunkt Treibhaus Trepp Treppe Triebwerk Trockenbau
Träger Tür Türen Uhr Ukraine Ukrainer Ukrainerin Ukrainerinnen Umbau Umfeld Umfrage Umfragen
Umgang Umschulung Umsetzung Umsetzungs Umwelt Unternehmen Unterricht Unterstützung Unterstützungs
Unterweisung Upcycling Urlaub Verantwortung Verband Verbesserung Verbesserungs Verbund Verein
Vereinbarkeit Vereinbarung Vereinbarungs Vereinbarungspartner Verfahren Verfügung Verkauf Verkehr
Verkäufer Verlag Vermittlung Verpackung Verpflichtung Verpflichtungen Versorgung Vertrag Vertrauen
Vertrieb Verwaltung Verwaltungsfachangestellte Vielfalt Vision Vorbereitung Vorbereitungs Vorhaben
Vorrang Vorsorge Vorteil Väter Wachstum Wald Wand Wandel Ware Wasser Web Wechsel Weg Wege Weges
Wegweiser Weitblick Weiterbildung Weiterbildungen Weiterbildungs Welt Welten Werbung Werk Werken
Werkstatt Werkstätten Werkzeug Wert Werte Wettbewerb Wiedereinstieg Wiese Wind Winter Wirkung
Wirtschaft Wissen Wissenschaft Woche Wochen Wohl Wohnen Wohnung Wolle Wort Worten Wunsch Wurzel
Wärme Wärmepumpe Wäscherei Zahl Zahlen Zahn Zeichen Zeichnen Zeit Zeitarbeit Zeiten Zentrum
Zerspanung Zertifikat Zeugnis Ziel Ziele Zielen Zielerreichung Zielgruppe Zielgruppen Ziels
Zielsetzung Zielsetzungen Zielsteuerung Zielvereinbarung Zielvereinbarungen Zimmer Zirkus Zug
Zugang Zukunft Zukunfts Zukunftsanforderungen Zusammenarbeit Zusammenhalt Zuständigkeit
Zuwanderung Zuwendung Zweck Zündung Ämter Ärzte Ökologie Übergang Übergangs Übergänge
Überleitung Übung
"""

PLACES = """
AQA AQB AQB-Mittel AsylbLG AWO Bad Bebra Bergstraße Biedenkopf BOP BRK Darmstadt Deutschland
Dieburg Dietzenbach Dill DRK E-Learning Eder EDV Erbach Eschwege ESF EU EUR Europa Frankenberg
Frankfurt Friedberg Fulda Gelnhausen Gerau Gießen Groß Hanau Heppenheim Hersfeld Hessen HMSI
Hochtaunus Hof Hofheim Homberg Homburg HWK IHK IT Kassel KCA Kinzig Korbach Lahn Lauterbach
Limburg Main Marburg Meißner Neckar NRW Odenwald Offenbach OloV Online PC Plus Rhein Rheingau
Rotenburg Schwalbach Schwalm SGB Taunus UN Upcycling VHS Vogelsberg Waldeck Weilburg Werra
Wetterau Wetzlar Wiesbaden ZAV
"""

FIRST_NAMES = """
Achim Ahmet Alexander Ali Andrea Andreas Angela Anita Anja Anke Anna Anne Antje Armin Astrid Axel
Ayşe Barbara Bastian Beate Bernd Bernhard Bettina Birgit Björn Brigitte Burkhard Carmen Carsten
Christa Christian Christiane Christina Christine Christoph Claudia Daniel Daniela Dennis Detlef
Dieter Dirk Dorothea Eberhard Elena Elisabeth Elke Erich Erik Eva Fatma Felix Florian Frank Franz
Friedrich Fritz Gabriele Georg Gerd Gerhard Gisela Gudrun Günter Günther Hanna Hannelore Hans
Harald Heike Heinrich Heinz Helga Helmut Herbert Hermann Holger Horst Ilona Ines Ingrid Irene Jan
Jana Jens Joachim Johanna Johannes Josef Julia Jörg Jürgen Kai Karin Karl Karsten Katharina
Kathrin Katja Kerstin Kirsten Klaus Lars Laura Lena Lisa Lothar Lukas Manfred Manuela Marc Marco
Marcus Maren Maria Marie Marion Markus Martin Martina Matthias Max Mehmet Melanie Michael Michaela
Monika Nadine Nicole Nina Norbert Olaf Oliver Patrick Paul Peter Petra Philipp Rainer Ralf Regina
Reinhard Renate René Robert Roland Rolf Rüdiger Sabine Sandra Sarah Sebastian Silke Silvia Simone
Sonja Stefan Stefanie Steffen Stephan Susanne Sven Sylvia Sören Tanja Thomas Thorsten Tim Tobias
Torsten Udo Ulrich Ulrike Ursula Ute Uwe Vera Volker Walter Werner Wilhelm Winfried Wolfgang
Yvonne
"""

SHORT = """
und mit für der die das den dem des ein eine oder ins zur zum von vom auf aus bei ich ist was wie
wir kann mein dein sein nach vor im in am an zu es so nicht
"""

PARTS = """
ab aktuell alt amts an arbeits auf aus bar be bei bild bring durch ein ent er erst fahr fein fort
führ ge geb gesamt grob haft haupt heit her hin ig igkeit isch jung kauf keit kenn leb leih ler
lern lich ling los miet mit nach neben nehm nenn neu non nutz ober pro rück sam schaft schul
selbst sozial spezial sprach steh stell such tum um un ung unter ver vor weg wieder wohn zer zu
zweit über
"""

# Small words a scanner doubles or splits in one way only.
MISREAD = {"inn": "im", "irn": "im", "nnd": "und", "uud": "und", "dcr": "der", "dic": "die"}
