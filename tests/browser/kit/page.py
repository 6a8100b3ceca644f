"""The kit's templates, as a room would write them."""

KIT = """{% extends "ui/base.html" %}
{% block title %}Musterseite{% endblock %}
{% block breadcrumb %}{% breadcrumb "Zielvereinbarungen" "/zielvereinbarungen" "Musterseite" %}{% endblock %}
{% block heading %}<h1>Zielvereinbarung mit dem Main-Kinzig-Kreis für das Programmjahr 2024</h1>
<p class="zw-lead">Alles, woraus Seiten bestehen, auf einer Seite.</p>{% endblock %}
{% block content %}
{% notice "success" "Die Vereinbarung ist aufgenommen." %}<p>1.600.100,00 € wurden gebucht.</p>{% endnotice %}
{% notice "info" "Lesefassung" live=False %}<p>Maßgeblich ist das unterzeichnete Original.</p>{% endnotice %}
{% notice "warning" "Zwei Daten sind unlesbar." live=False %}{% endnotice %}
{% notice "danger" "Die Datei ist keine Vereinbarung." live=False %}<p>Es wurde nichts gespeichert.</p>{% endnotice %}
{% demo_badge explain=True %}
{% tabs "Ansichten" %}{% tab "Gelesen" "?ansicht=gelesen" current=True %}{% tab "Wortlaut" "?ansicht=wortlaut" %}{% tab "Geld" "?ansicht=geld" %}{% endtabs %}
<p>Der Text ist <strong>wie unterzeichnet</strong>; unsichere Stellen sind <mark>gekennzeichnet</mark>. <a href="/muster/bestaetigen">Mehr dazu</a></p>
<ul><li>Erster Punkt</li><li>Zweiter Punkt</li></ul>
<blockquote>„Budget in Höhe von 1.600.100,00 Euro“</blockquote>
<p>{% badge "Entwurf" %} {% badge "läuft" "info" %} {% badge "fertig" "success" %} {% badge "unsicher" "warning" %} {% badge "gescheitert" "danger" %} {% demo_badge %}</p>
<h2>Angaben</h2>
{% facts %}
{% fact "Budget" %}{{ 160010000|euro }}{% endfact %}
{% fact "Tag" %}{{ day|day }}{% endfact %}
{% fact "Aufgenommen" %}{{ moment|moment }}{% endfact %}
{% fact "Arbeitsplätze" %}{{ 12345|number }}{% endfact %}
{% endfacts %}
{% summary "Angaben zur Vereinbarung" url="/muster/formular" %}{% facts %}{% fact "Programmjahr" %}2024{% endfact %}{% fact "Gebietskörperschaft" %}Main-Kinzig-Kreis{% endfact %}{% endfacts %}{% endsummary %}
<h2>Aufgaben</h2>
{% tasks %}{% task "Angaben prüfen" "/muster/formular" "3 offen" "warning" hint="Zielvereinbarung 2024" %}{% task "Angaben annehmen" "" "noch nicht möglich" %}{% task "Text hochladen" "/muster" "erledigt" "success" %}{% endtasks %}
<h2>Verlauf</h2>
{% steps %}{% step "Hochgeladen" "done" when="05.01.2026" %}<p>von Frau Beispiel</p>{% endstep %}{% step "Prüfen" "current" %}{% endstep %}{% step "Bestätigen" %}{% endstep %}{% endsteps %}
<h2>Liste</h2>
{% filters narrowing %}
{% table "Zielvereinbarungen" %}
<thead><tr>{% sort "name" "Gebietskörperschaft" default="name" %}{% sort "day" "Tag" %}<th>Stand</th><th>Art</th>{% sort "cents" "Budget" amount=True %}</tr></thead>
<tbody>{% for row in page %}<tr><th><a href="/muster/{{ row.pk }}">{{ row.name }}</a></th><td>{{ row.day|day }}</td><td>{% badge "fertig" "success" %}</td><td>Ausbildung und Vorbereitung darauf</td><td>{{ row.cents|euro }}</td></tr>{% endfor %}</tbody>
<tfoot><tr><th colspan="4">Summe</th><td>{{ 160010000|euro }}</td></tr></tfoot>
{% endtable %}
{% pagination page %}
{% empty "Noch keine Vereinbarung" %}<p>Laden Sie den Text einer Vereinbarung hoch.</p>{% actions %}{% link_button "Text hochladen" "/muster/formular" "primary" icon="add" %}{% endactions %}{% endempty %}
<h2>Karten</h2>
{% cards %}{% card "Main-Kinzig-Kreis" "/muster" preline="Programmjahr 2024" level=3 %}<p>1.600.100,00 €</p>{% endcard %}{% card "Frankfurt am Main" "/muster" preline="Programmjahr 2024" level=3 %}<p>{% demo_badge %}</p>{% endcard %}{% card "Ohne Ziel" level=3 %}<p>Nur zum Lesen</p>{% endcard %}{% endcards %}
<h2>Dokumente und Fortschritt</h2>
<p>{% download "Zielvereinbarung 2024" "/muster.pdf" "PDF" 123456 "de" %}</p>
{% progress 3 12 "Seiten gesetzt" %}
{% progress 0 0 "wird vorbereitet" %}
{% accordion "Was heißt „vereinbart“?" %}<p>Vereinbart ist nicht gebunden.</p>{% endaccordion %}
{% accordion "Aufgeklappt" is_open=True %}<p>Das steht hier.</p>{% endaccordion %}
<h2>Schaltflächen</h2>
{% actions %}{% dialog_button "Aufnehmen" "aufnehmen" "/muster/bestaetigen" "primary" %}{% link_button "Bearbeiten" "/muster/formular" icon="edit" %}{% post_button "Zurückziehen" "/muster/nein" "danger" case=17 %}{% link_button "Abbrechen" "/muster" "tertiary" %}{% endactions %}
{% dialog "aufnehmen" "Wirklich aufnehmen?" %}<p>Danach ist die Buchung nicht mehr zu ändern.</p>{% post "/muster/nein" %}{% actions %}{% button "Aufnehmen" %}<button class="kern-btn kern-btn--secondary" data-close><span class="kern-label">Abbrechen</span></button>{% endactions %}{% endpost %}{% enddialog %}
{% endblock %}
"""

FORM = """{% extends "ui/base.html" %}
{% block title %}Formular{% endblock %}
{% block breadcrumb %}{% breadcrumb "Musterseite" "/muster" "Formular" %}{% endblock %}
{% block heading %}<h1>Angaben prüfen</h1>{% endblock %}
{% block content %}{% post upload=True %}{{ form }}{% actions %}{% button "Speichern" %}{% link_button "Abbrechen" "/muster" "tertiary" %}{% endactions %}{% endpost %}{% endblock %}
"""
