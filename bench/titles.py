"""Titles of measures as bodies write them, all invented and all correctly written."""

TITLES = """
2. Chance
Plan B
Ferienjob
Kompass-Camp
Los geht's!
Jugendwerkstatt Holz
AQB-Lotsen
Zukunftswerkstatt Pflege
Quereinstieg Kita
Sprache & Beruf
Berufssprachkurs B2
Fit4Job
Job-Turbo regional
Frauen in die IT
MINT-Mädchen
Assistierte Ausbildung kompakt
Azubi-Coaching vor Ort
Ausbildung in Teilzeit – so klappt's
Café Horizont
KfZ-Werkstatt „Schrauber“
FahrRad
GreenJobs Hanau
Küche, Service und mehr
Bewerbungstraining (Modul 1)
Schritt für Schritt
Zurück in den Beruf
Mut zur Lücke
Werkstattjahr 2024/2025
Produktionsschule Nord
Stark im Ehrenamt
Kiosk am Bahnhof
Fahrradwerkstatt „Speiche“
Gabelstaplerschein
Staplerschein plus
Deutsch für den Beruf (A2)
Mama lernt Deutsch
Pflegehelfer/in
Altenpflegehelfer:innen-Kurs
Start in den Garten- und Landschaftsbau
Teilqualifizierung Lager/Logistik
TQ Metall, Modul 1 bis 3
Einzelhandel kompakt
Digital fit
Digitale Grundbildung für Alleinerziehende
PC-Führerschein
Lernen lernen
Sozialkaufhaus Lichtblick
Stadtteilmütter
Elternlotsen
Brückenkurs zur Fachkraft
Nachholen des Hauptschulabschlusses
Externe Prüfung Verkäuferin
Umschulung Fachinformatiker
Vorbereitungskurs zur Gesellenprüfung
Ausbildungspaten
Patenschaften für Azubis
Jobcoach im Betrieb
Betriebliche Einstiegsqualifizierung Plus
Zweite Chance Schule
Handwerk erleben
Baustelle Zukunft
Talentschmiede
Wegweiser Beruf
Kompetenzcheck
Kompetenzwerkstatt 27+
Aktiv ab 50
50 plus – na und?
Mit Kind in Ausbildung
Wiedereinstieg nach der Familienphase
Beruf und Sprache für Geflüchtete
Ukraine-Netzwerk Arbeit
Integrationskurs plus Praktikum
Praktikumsbörse
Lernwerkstatt Hauswirtschaft
Hauswirtschaft trifft Sprache
Catering-Projekt „Löffelweise“
Upcycling-Atelier
Nähstube international
Secondhand-Boutique
Recyclinghof
Waldprojekt Taunus
Naturerlebnis und Arbeit
Gärtnern für die Stadt
Imkerei am Mainbogen
Medienwerkstatt
Film ab!
Musik macht Mut
Theater als Sprungbrett
Sport verbindet
Boxenstopp
Anker
Leuchtturm
Rückenwind
Aufwind II
Perspektive 2025
Horizonte öffnen
Lotsenhaus
Sprungbrett Ausbildung
Startbahn
Check-in Beruf
Drehscheibe Schule–Beruf
ÜSB-Coaching
OloV vor Ort
Berufswegeplanung
Berufsorientierung in Klasse 8
Girls' Day Plus
Ausbildungsmesse
Nacht der Ausbildung
Jugendberufsagentur mobil
Streetwork und Beratung
Schuldnerberatung und Arbeit
Sucht und Arbeit
Psychosoziale Begleitung
Gesund in Arbeit
Resilienztraining
Selbstständig werden
Existenzgründung für Frauen
Buchhaltung Basis
SAP-Grundlagen
Büro 4.0
Lagerhelfer mit Führerschein
Berufskraftfahrer/-in
Busfahrer gesucht
Sicherheit nach § 34a
Reinigungsfachkraft
Kita-Helferinnen
Tagesmütter qualifizieren
Schulbegleitung
Alltagsbegleiter nach § 53c
Betreuungskraft in der Pflege
Pflegebasiskurs + Führerschein
Friseurhandwerk
Malerwerkstatt
Metallwerkstatt „Funke“
Elektro-Basics
Solarteur-Kurs
Wärmepumpe und Co.
Dachdecker von morgen
Bau auf!
Straßenbauer/in
Tiefbau
Logistik-Camp Fulda
Hotelfachleute
Gastro-Start
Bäckerhandwerk
Metzgerei
Tischlerei
E-Commerce
Call-Center-Agent
KI im Büro
""".strip().splitlines()
