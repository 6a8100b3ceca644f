"""Words of agreements and of projects for work, training and language.

Not a dictionary: a word that is missing here is merely unknown. Nouns are capitalised; German
compounds need no entry of their own, as :mod:`zielwerk.recognition.words` takes them apart.
"""

SMALL_WORDS = """
ab aber abgestimmt abgestimmten abstimmen acht aktiv aktive aktualisierenden aktuell aktuellen
alle alleinerziehend alleinerziehende einzeln einzelne einzelnen einzelner
allen aller alles allgemein als also am ambulant an andere
anderen anerkannten angelegt angesetzt angesichts ankommen anpacken anzubieten arbeiten
arbeitsfähig arbeitsmarktnah arbeitsmarktnahe arbeitsmarktpolitik arbeitsmarktpolitische auch auf
aufgeführten aufgrund aufwärts aus ausdrücklich ausgetauscht auszutauschen außer außerdem backe
backen bald barrierefrei bauen beantragt befähigen beginnen begleiten begleitend begleitet bei
beide beiden beim benachteiligt benachteiligte benachteiligten beraten bereits beruflich
berufliche beruflichen berufsbegleitend berücksichtigt besondere besonderen besonderer besser
beteiligen beteiligt betrachtet betreut betrieblich betriebliche betriebsnah betriebsnahe bewerben
bewilligt bewilligten bezogen bieten bietet bilden bildet binden bindet bis bisher bleiben bleibt
brauchen bunt bzw da dabei dadurch dafür daher damit danach dann daran darauf daraus darf darin
darunter darüber das dass dauerhaft dauerhafte davon dazu dein deine dem demografischen den denen
denken der deren des dessen dich die dienen dient dies diese diesem diesen dieser dieses digital
digitale digitalen digitaler dir doch dort dranbleiben drei dritte dritter du durch durchgehend
durchstarten
eigen eigene eigenen eigenständig eigenständigen ein einbezogen eine einem einen einer eines
einfach einfache einigen einsetzen einzusetzen elf engen entdecken enthalten entscheiden er
erarbeiteten erfahren erfolgreich erfolgreiche erfolgt erfolgversprechende ergänzend erhalten
erhält erkunden erlassen erlassenen erleben ermutigen ermöglichen erneut ernst erreicht erste
ersten erster eröffnen es etwa euch euer europäisch fachlich fachliche fachlichen fahren
familiensorgenden familiär fein finanziert finden fit flexibel flexible fokussierte folgende
folgenden folgender frei freie früh frühe fördern fördert führen führt fünf fünfte für füreinander
ganz geben geflüchtet geflüchtete geflüchteten gefördert geförderten gegen gehen geht
gekennzeichnet gemeinsam gemeinsame gemeinsamen gemeinsamer gemäß genannten genderadäquat
gendergerecht geplant geringqualifiziert geschlechtersensibel gestalten gestellt gesund gewerblich
gewerblichen gewähren gewährt gibt gilt gleich groß große großen großer großes grundsätzlich grün
grüne grünen gut gute guten gärtnerisch gärtnern haben handwerklich handwerkliche hat
hauswirtschaftlich helfen her herausfordernden hessisch hessische hessischen hessischer hier
hieraus hierbei hierfür hiervon hierzu hin hinauf hinein hinweg hoch hohe hohen hoher hundert
höchstens höher ich identifizieren ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem
individuell individuelle individuellen inklusiv inklusive ins insbesondere insgesamt intensiv
interagierenden interkulturell interkulturelle international ist ja je jede jeden jeder jederzeit
jedes jetzt jeweiligen jeweils jugendlich jugendliche jung junge jungen junger jährlich jährlichen
kann kaufmännisch kaufmännische kein keine kennen klein kleine kleinen kleiner kleines kochen
kollegial kommen kommunal kommunale kommunalen kompakt kontinuierlich kontinuierlicher kreativ
kulturell kultursensibel kultursensible können könnte künftig künstlerisch landespolitischen
langfristig langzeitarbeitslos langzeitarbeitslose laufen laut leben lebt leicht leichte leisten
leistet leiten lernen lernt lesen los loslegen ländlich ländlichen längerfristig längerfristige
machen macht malen man medizinisch medizinische mehr mehrsprachig mein meine meinem meinen meiner
meistern migrantisch mindestens mit miteinander mitmachen mittels mitten mobil modern motivierend
motivierende muss mutig männlich möglich möglichkeiten möglichst müssen nach nachfolgend
nachfolgenden nachgeholt nachgeholte nachhaltig nachhaltige nachhaltigen nah nahe neben nehmen neu
neue neuem neuen
neuer
neues neun nicht nichts niedrigschwellig niedrigschwellige noch nun nur nutzen nutzt nähen ob oder
offen offene ohne orientiert passgenau passgenaue per pflegen pflegerisch pflegerische planen plus
potenziell praktisch praktische praktischer praxisnah praxisnahe pro programmieren psychisch
psychische qualifikatorisch qualifikatorische qualifizieren qualifizierend qualifiziert rechnen
rechtlich rechtskreisübergreifend rechtskreisübergreifenden reden regelmäßig regional regionale
regionalen regionaler reif reparieren richtig rund schaffen schnell schon schreiben schweißen
sechs seelisch seelischer sehr sein seine seinem seinen seiner seit selbst selbstbestimmtes setzen
setzt sich sicher sichern sie sieben sieht sind sinnvoll so sog sogenannten solche soll sollen
sortieren
sowie sozial soziale sozialen sozialpädagogisch sozialpädagogische sozialräumlich spezifisch
spezifische spielen sprachlich sprachliche sprechen spricht spätestens stabil stark starke starten
stationär statt stehen stehenden steht steigern stellen stellt stets stille stillen städtisch
städtische stärken systemisch systemische tausend technisch technische technischen teilnehmend
teilqualifizierend tischlern tragen traumasensibel trägt tun um umfassend und uns unser unsere
unserem unseren unter unteranderem unterjährig unterjährige unterstützen unterstützt unterwegs
verantwortlich verbindlich verbundenen vereinbaren vereinbart vereinbarten verfolgt verloren
verpflichtet
verschiedensten vertieft vertreten veröffentlicht viel viele vielen vielfältig vielversprechend
vielversprechende vier vierte vierter voll vollqualifizierend vollqualifizierenden vom von
voneinander vor
voran vorbereiten vorbereitend vordringlichsten vorgelegten vorgesehen vorhanden vorn vorrangig
vorwärts wachsen wachsende wann war warum was weg weiblich weil weiter weiterbilden weitere
weiteren weiterhin weiterkommen wenn wer werden werkstattorientiert wie wieder will willkommen wir
wird wirken wirkt wirtschaftlich wissenschaftlich wissenschaftliche wo wohin wohnen wohnortnah
wollen worden wurde wurden würde zehn zeigen zeigt zentral zentralen zerlegen zertifiziert
zielgerichtet zu zugewandert zugewanderte zugleich zukunftsfähig zukünftig zukünftigen zum
zupacken zur zurück zurückfinden zusammen zusammenwirken zusammenzuarbeiten zusätzlich zuverlässig
zwei zweite zweiter zwischen zwischenzeitlich zwölf ändern über überbetrieblich überdies
überfachlich
erhoben erheben ergeht ergangen schriftlich widerrufen vorzulegen zuwendungsfähig zuwendungsfähige
zuwendungsfähigen zugestellt innerhalb
"""

NOUNS = """
Abbruch Abend Abgang Ablauf Ablöse Absatz Abschluss Abschlüsse Absicht Absprache Abstimmung
Abteilung Abweichung Acker Agentur Akademie Akteur Akteure Akteuren Aktion Aktiv Aktivierung
Aktivität Alleinerziehende Alltag Alltagshilfe Alphabetisierung Altbau Altenhilfe Altenpflege
Altenpflegehelfer Alter Alters Amt Anerkennung Anfang Anforderung Angaben Angebot Angebote
Angeboten Anker Ankommen Anlage Anlagen Anlauf Anlaufstelle Anleitung Anliegen Anpassung Ansatz
Anschluss
Anschlussperspektive Anschlüsse Ansätze Antrag Antragstellung Anträge Anwendung Anziehung Apfel
Apotheke App April Arbeit Arbeiten Arbeitgeber Arbeitnehmer Arbeits Arbeitslose Arbeitsmarkt
Arbeitsmarktes Arbeitswelt Archiv Art Arten Arts Arzt Assistenz Asyl Atelier Atlas Aue Aufbau
Aufgabe Aufnahme Aufstieg Aufsuchende Auftakt Auftrag Auge Augen August Ausbau Ausbilder
Ausbildung Ausbildungs Ausbildungsstelle Ausstellung Austausch Auswahl Auswertung Auszubildende
Auto Automobil Azubi Azubis Azur Bach Bachelor Bad Bahn Balance Band Barriere Basis Basteln Bau
Bauhelfer Baukasten Baum Baustein Bausteine Beamter Bedarf Bedarfe Bedarfslage Bedeutung Bedürfnis
Bedürfnisse Bedürfnissen Befähigung Begegnung Beginn Begleiter Begleitung Begleitungen Behindert
Behinderte Behinderten Behinderung Behinderungen Behörde Beirat Beitrag Belastung Benachteiligte
Benachteiligten Berater Beratung Bereich Bereit Bereitschaft Berg Bericht Beruf Berufe Berufen
Berufs Berufsabschluss Berufsagentur Berufsausbildung Berufseinstieg Berufsfeld
Berufsfelderkundung Berufskraftfahrer Berufsleben Berufswahl Bescheid Beschluss Beschäftigte
Beschäftigung Beschäftigungs Besprechung Bestand Beteiligung Beton Betrag Betreuer Betreuung
Betreuungskraft Betrieb Betriebe Beträge Beurteilung Bewerber Bewerbung Bezug Bibliothek Bienen
Bilanz Bild Bilder Bildung Bildungs Bildungsträger Biologie Blick Blumen Boden Bogen Bord Boxen
Brigade Brot Brunnen Brücke Brücken Brückenbau Buch Buchbinder Buchhaltung Budget Budgets Bund
Bundes Busfahrer Bäcker Bäckerei Bäume Börse Bücherei Bühne Bühnenbild Bündnis Bürger Büro Cafe
Café Camp Campus Care Case Catering Cent Centrum Chance Chancen Check Chemie Chor Club Coach
Coaching Coachings Code Computer Container Crew Dach Dachdecker Dachstuhl Daten Datenschutz Datum
Dauer Demokratie Denkmal Deutsch Deutschkurs Dezember Dialog Dienst Dienstag Dienste
Dienstleistung Digital Digitalisierung Diplom Diversität Dokument Donnerstag Dorf Dorfladen Dreher
Drohne Drohnen Drohnenführerschein Druck Drucker Eckdaten Ehre Ehrenamt Eignung Einblick
Eingliederung Einkauf Einleben Einrichtung Einsatz Einsteiger Einsteigerin Einstieg Einstiegs
Eintritt Einzel Einzelcoaching Einzelhandel Elektriker Elektro Elektronik Elektronikerin Eltern
Elternzeit Empfang Empowerment Ende Energie Energiewende Engagement Entdecker Entgelt Entscheidung
Entscheidungsspielräume Entwicklung Erde Erfahrung Erfahrungen Erfinder Erfolg Erfolgs Ergebnis
Ergebnisse Erhalt Erkundung Ermöglichung Ernte Ernährung Erprobung Erreichung Ersatz
Erstausbildung Erste Erwachsene Erwerb Erwerbs Erwerbsleben Erzieher Erzieherin Erzieherinnen
Erziehung Esel Essen Etappe Etappenlauf Euro Existenz Express Fabrik Fach Fachinformatik
Fachkonzept Fachkraft Fachkräfte Fachkräften Fachpersonal Fachwerk Fahrer Fahrrad Fahrradwerkstatt
Fahrt Fahrzeug Fall Fallarbeit Fallmanagement Familie Familien Familienzentrum Farbe Februar
Feinwerk Feld Felder Feldweg Fenster Fertigung Film Firma Fisch Fleischer Fleischerei Fliesen
Florist Floristik Flucht Flughafen Flur Fluss Flüchtlinge Fokus Forderung Form Forscher Forst
Fortbildung Fortbildungen Fortschreibung Forum Foto Frage Frau Frauen Frauenhaus Frauenzentrum
Freiheit Freitag Freizeit Freude Freundschaft Friseur Fräser Frühjahr Frühling Frühstart Fundament
Funktion Fähigkeit Fähigkeiten Förder Förderangebote Förderansatz Fördermittel Förderung Förster
Führerschein Führerscheine Führung Gabelstapler Garn Garten Gartenbau Gast Gastgewerbe
Gastlichkeit Gastronomie Gebiet Gebietskörperschaft Gebietskörperschaften Gebäude Geflüchtete
Gegenwart Geld Gelegenheit Gelände Gemeinde Gemeinschaft Gemüse Generation Gericht Gerüst
Gerüstbau Gesamtbetrag Geschichte Geschäft Geschäfte Geselle Gesellen Gesellschaft Gesetz Gespräch
Gestalter Gestaltung Gesundheit Gesundheits Gewerbe Gewinn Gewinnung Glas Gleichstellung Gleis
Glück Griff Grund Grundbildung Grundkurs Grundlage Grundlagen Grundsicherung Gruppe Gruppen
Gruppenangebot Gründer Gründung Gummi Gut Gärten Gärtner Hafen Halt Haltung Hand Handel Handels
Handgriff Handlung Handlungs Handwerk Handwerker Hauptschulabschluss Hauptschule Haus Hauses
Haushalt Haushalts Haushaltsmittel Hausmeister Hauswart Hauswirtschaft Heim Heimat Heizung Helden
Helfer Helferin Herausforderung Herausforderungen Herbst Herkunft Hessen Hilfe Hilfen Hilfs Himmel
Hinterland Hobby Hochbau Hochschul Hochschule Hof Hoffnung Hofgut Holz Holzwerkstatt Horizont
Horizonte Hotel Hotelfach Hygiene Höhe Hürde Hürden Idee Ideen Ideenwerkstatt Imker Imkerei Impuls
Impulse Individualität Industrie Info Informatik Informatiker Information Ingenieur Inhalt
Initiative Inklusion Inklusiv Innovation Insel Integration Integrations Intensiv Interesse
Internet Internetportal Jahr Jahre Jahren Jahres Januar Job Jobcenter Jobs Jugend
Jugendberufsagentur Jugendhilfe Jugendliche Jugendlichen Jugendwerkstatt Juli Junge Jungen Juni
Kaffee Kalender Kante Kantine Karriere Karte Kasse Kasten Kauffrau Kaufhaus Kaufleute Kaufmann
Keller Kenntnis Kenntnisse Kette Kinder Kinderbetreuung Kindern Kinderpflege Kindertagesstätte
Kita Kitas Klasse Kleid Kleider Klima Klimaschutz Klinik Koch Kochen Koffer Kollege Kollegiale
Kombi Kommune Kommunen Kommunikation Kompakt Kompass Kompetent Kompetenz Kompetenzen
Kompetenzzentrum Konditor Konferenz Kontakt Kontaktstelle Kontext Konvention Konzept Kooperation
Koordination Kosmetik Kosten Kostüm Kraft Kraftfahrer Kraftfahrzeug Kraftwerk Kranken Krankenhaus
Krankenpflege Kreativ Kreativität Kreativwerkstatt Kreis Kreise Kreisen Kreises Kriterien Kräfte
Kräuter Kulisse Kultur Kunde Kundin Kunst Kunststoff Kurgast Kurier Kurs Kurse Käse Köche Körper
Körperschaft Küche Küchenhilfe Küste Labor Labore Laden Lage Lager Lagerfachkraft Lagerist
Lagerlogistik
Land Landes Landesmittel Landkreis Landkreise Landkreises Landrat Landrätin Landschaft
Landschaftsbau Landschaftsgärtner Landwirt Landwirtschaft Langzeit Lauf Leben Lebens Lebenslage
Lebenslagen Lebensmittel Leder Lehm Lehre Lehrer Lehrgang Leistung Leitbild Leitfaden Leitlinie
Leitlinien Leitung Lern Lernen Lernort Lernwerkstatt Lesewerkstatt Leuchtturm Licht Lichtblick
Lieferung Linie Literatur Logistik Lohn Lokal Lokführer Lotse Lotsen Lotsin Lotsinnen Luft Lust
Lückenschluss Magazin Magistrat Mai Malen Maler Management Mann Markt Maschine Maschinen Master
Material Mathematik Maurer Maurerin Maß Maßgabe Maßnahme Maßnahmen Maßnahmenart Maßnahmenarten
Mechanik Mechaniker Mechanikerin Mechatronik Mechatroniker Medien Mediengestalter Medienwerkstatt
Mehrgenerationenhaus Meilenstein Meister Mensch Menschen Mentor Mentoring Menü Messe Metall
Metallwerkstatt Methode Methoden Metzger Migrant Migranten Migrantinnen Migration Migrations
Migrationshintergrund Milch Milieu Million Millionen Mini Ministerium Ministeriums Mission
Mitarbeitende Mitarbeiter Mitbestimmung Mitmachen Mittag Mitte Mittel Mitteleinsatz Mittwoch Mobil
Mobilität Modell Modul Module Molkerei Monat Montag Montage Mosaik Mosterei Motivation Motor Multi
Museum Musik Mut Mutmacher Mutter Mädchen Männer Männern März Möbel Mühle Mütter Mütterzentrum
Nachbar Nachbarschaft Nachhaltigkeit Nachhilfe Nacht Nachweis Nachwuchs Natur Netz Netzwerk Neubau
Neubeginn Neustart Niveau Not November Nähe Nähen Näherei Nähwerkstatt Objekt Obst Ofen Oktober
Optik Ordnung Organisation Orientierung Ort Orte Park Partner Paten Patenschaft Patenschaften
Pause Person Personal Personen Perspektive Perspektiven Pfad Pfade Pflege Pflegeassistenz
Pflegefachkraft Pflegehelfer Pflegehilfe Pfleger Pflicht Pharma Photovoltaik Pilot Plan Planung
Platz Plätze Podcast Politik Polsterei Portal Position Post Praktika Praktikum Praxen Praxis Preis
Probe Probier Problem Produkt Produktion Produktionsschule Profil Profiling Programm Programme
Projekt Projekte Prozess Präambel Präsentation Prävention Prüfung Psychologie Punkt Putz Puzzle
Pädagogik Pünktlichkeit Qualifikation Qualifizierung Qualifizierungs Qualität Quartal Quartier
Quartierswerkstatt Quelle Quer Quereinstieg Querschnitt Rad Radio Rahmen Rat Raum Reaktivierung
Realschule Rechnen Recht Rechts Rechtskreis Rechtskreise Rechtskreisen Recycling Reform Regal
Regel Regierung Regierungspräsidium Region Regional Regionen Reha Rehabilitation Reifen Reihe
Reinigung Reinigungskraft Reise Religion Renovierung Reparatur Reserve Ressource Restaurant
Richtung Roboter Roboterkurs Robotern Robotik Rolle Ruhe Rundgang Räume Rückenwind Rückkehr Saat
Sachbearbeitung Sache Sachen Sachkunde Samstag Sanierung Sanitär Schatz Schau Schein Scheune
Schicht Schichten Schlosser Schlüssel Schmiede Schneiderei Schnitt Schnupper Schnuppern Schreibung
Schreibwerkstatt Schreiner Schreinerei Schritt Schritte Schul Schulabschluss Schuld Schule Schulen
Schulung Schulverweigerer Schutz Schweißen Schweißer Schwerpunkt Schwerpunkte Schwung Schüler
Schülerinnen Secondhand See Seele Segel Segeln Seite Selbstständigkeit Selbstvertrauen Seminar
Seminare Senior Senioren Seniorinnen September Service Servicekraft Servicestelle Sicherheit
Sicherung Sicht Sieg Sinn Situation Software Solar Solarteur Sommer Sonne Sonntag Sozial
Sozialarbeit Sozialassistenz Soziale Soziales Spiel Spiele Spielraum Spielräume Sport Sprach
Sprachcafe Sprachcafé Sprache Sprachen Sprachförderangebote Sprachförderung Sprachkurs
Sprechstunde Sprung Sprungbrett Spätstarter Staat Staatsminister Staatsministerin Stabilisierung
Stadt Stadtteil Stahl Stapler Staplerschein Start Startbahn Starter Startklar Station Stein Steine
Stelle Steuer Steuerung Stiftung Stille Stoff Stopp Strategie Straßenbau Streetwork Strom Struktur
Strukturen Studie Studien Studium Stufe Stufen Stufenplan Stunde Städte Städtebau Städten Stärke
Stärken Stärker Stärkung Suche Sucht Summe Supervision System Tafel Tag Tage Tagen Tagespflege
Tagesstruktur Tagung Tagungen Takt Tal Talent Talente Tandem Tank Tanz Tausch Taxi Team Teams
Technik Technologie Teil Teile Teilhabe Teilnahme Teilnehmende Teilnehmenden Teilnehmer
Teilnehmerinnen Teilqualifizierung Teilzeit Teilzeitausbildung Text Textil Theater Thema Therapie
Tiefbau Tier Tiere Tierpflege Tischler Titel Tor Tour Tourismus Trainer Training Traum Trauma
Treff Treffpunkt Treibhaus Trepp Treppe Trickfilm Triebwerk Trockenbau Träger Tür Türen Ufer Uhr
Ukraine Ukrainer Ukrainerin Ukrainerinnen Umbau Umfeld Umfrage Umfragen Umgang Umschulung
Umsetzung Umsetzungs Umwelt Umweltschutz Unternehmen Unterricht Unterstützung Unterstützungs
Unterweisung Upcycling Urlaub Veranstaltung Verantwortung Verband Verbesserung Verbesserungs
Verbund Verein Vereinbarkeit Vereinbarung Vereinbarungs Vereinbarungspartner Verfahren Verfügung
Verkauf Verkehr Verkäufer Verkäuferin Verlag Vermittlung Vermittlungs Verpackung Verpflichtung
Verpflichtungen Versand Verselbständigung Versorgung Vertrag Vertrauen Vertrieb Verwaltung
Verwaltungsfachangestellte Verweigerer Video Vielfalt Vision Vorbemerkung Vorbereitung
Vorbereitungs Vorhaben
Vorrang Vorsorge Vorteil Vulkan Väter Väterzeit Wachstum Wahl Wald Wand Wandel Ware Wasser Web
Wechsel Weg Wegbegleiter Wege Weges Wegweiser Wein Weinbau Weitblick Weiterbildung Weiterbildungen
Weiterbildungs Welt Welten Wende Werbung Werft Werk Werken Werkstatt Werkstätten Werkzeug Wert
Werte Wettbewerb Wiedereinsteiger Wiedereinstieg Wiese Willkommen Wind Winter Wirkung Wirtschaft
Wissen Wissenschaft Woche Wochen Wohl Wohnen Wohnort Wohnung Wolle Workshop Workshops Wort Worten
Wunsch Wurzel Wärme Wärmepumpe Wäscherei Zahl Zahlen Zahn Zeichen Zeichnen Zeit Zeitarbeit Zeiten
Zeitung Zentrum Zerspanung Zertifikat Zeugnis Ziegel Ziel Ziele Zielen Zielerreichung Zielgruppe
Zielgruppen Ziels Zielsetzung Zielsetzungen Zielsteuerung Zielvereinbarung Zielvereinbarungen
Zimmer Zimmerei Zimmerer Zirkus Zug Zugang Zukunft Zukunfts Zukunftsanforderungen Zusammenarbeit
Zusammenhalt Zuständigkeit Zutrauen Zuversicht Zuwanderung Zuwendung Zweck Zwischenstopp Zündung
Ämter Äpfel Ärzte Öffentlichkeit Ökologie Übergang Übergangs Übergangsmanagement Übergänge
Überleitung Übung
Anteil Anteilfinanzierung Ausgabe Ausgaben Auszahlung Bekanntgabe Bezirk Bezirke Bezirksamt
Empfänger Festbetrag Finanzierung Hanse Hansestadt Klage Kreisausschuss Kreistag Nebenbestimmung
Nebenbestimmungen Niederschrift Oberbürgermeister Oberbürgermeisterin Präsident Präsidentin
Rechtsbehelf Senat Senator Senatorin Senatsverwaltung Stadtkreis Städteregion Widerspruch Zeitraum
Zuwendungsempfänger
"""

PLACES = """
Alsfeld Arolsen Aschaffenburg AsylbLG AWO Babenhausen Bad Baunatal Bebra
Bensheim Bergstraße Berlin Biedenkopf BOP BRK Bruchköbel Butzbach Büdingen Bürstadt Darmstadt
Deutschland Dieburg Dietzenbach Dill Dillenburg Dreieich DRK E-Learning Eder EDV Efze Eltville
Erbach Eschborn Eschwege ESF EU EUR Europa Flörsheim Frankenberg Frankfurt Friedberg Fritzlar
Fulda Geisenheim Gelnhausen Gerau Gießen Gladenbach Griesheim Groß Grünberg Göttingen Haiger Hanau
Hattersheim Heidelberg Heppenheim Herborn Heringen Hersfeld Hessen Heusenstamm Hilders
Hochheim Hochtaunus Hof Hofgeismar Hofheim Homberg Homburg Hungen HWK Hünfeld Idstein IHK IT
Kassel Kelkheim Kinzig Kirchhain Korbach Köln Lahn Lampertheim Langen Langenselbold Laubach
Lauterbach Lich Limburg Lorsch Main Maintal Mainz Mannheim Marburg Meißner Melsungen Michelstadt
Mühlheim Nauheim Neckar Nidda NRW Oberursel Odenwald Offenbach Online PC Pfungstadt Plus
Rhein Rheingau Rhön Rhönring Ried Rodgau Rotenburg Rödermark Rüsselsheim Schlüchtern Schotten
Schwalbach Schwalm Schwalmstadt Seligenstadt SGB Siegen Sontra Spessart Stadtallendorf Steinau
Taunus Taunusstein UN Upcycling Vellmar VHS Viernheim Vilbel Vogelsberg Waldeck Weilburg Weinheim
Weiterstadt Werra Wetterau Wetzlar Wiesbaden Wildungen Witzenhausen Wolfhagen Woog ZAV
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

# English as titles and sentences of projects borrow it.
ENGLISH = """
a about all and are back basics boys burden business buddy care career case check city client
coach code community crew day design digital do easy empowerment event fair first fit for from
future game get girls go good green hands health help home how in inclusion into is it job kids
learn learning life link living local make management matters media meet men mind mission more
move my network new next no now of off on one open our out peer people point power pro ready
school self set shop skill skills smart social speed start step steps street student support talent
teach team teen test the think time to together tools top tour train trainer training try up us
way we web welcome woman women work workers working workshop world you your youth
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
