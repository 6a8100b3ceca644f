"""Agreements in our own words, laid out and damaged as scanners do, with what is true of them.

``write`` makes a text and its :class:`Truth`; ``damage`` adds recognition faults of a given
strength. Both take a ``random.Random``, so that every text can be made again.
"""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from zielwerk.packs import competence
from zielwerk.packs.model import Body, Year

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip
FIRST_NAMES = (
    "Anna", "Karin", "Uwe", "Fatma", "Jörg", "Günther", "Beate", "Milan", "Sören", "Ülkü",
    "Hans-Peter", "Marie",
)  # fmt: skip
LAST_NAMES = (
    "Wagner", "Öztürk", "Groß", "Meißner", "Kern", "Lindner", "Sommer", "Yildiz", "Abel",
    "Bärwald", "Ilg",
)  # fmt: skip
STARTS = (
    "Startpunkt", "Kompass", "Werkstatt", "Sprungbrett", "Brücke", "Perspektive", "Anlauf",
    "Neustart", "Talente", "Lotsen", "Jobfux", "Mobil", "AktiV", "WegWeiser", "QuABi", "MIA",
    "TeachUp", "Zukunft", "Lernfabrik", "Atelier", "Campus",
)  # fmt: skip
TOPICS = (
    "in den Beruf", "für Alleinerziehende", "Pflege und Sprache", "Holz", "Metall",
    "Küche + Service", "im Garten", "für junge Menschen", "Lagerlogistik", "mit Teilzeit",
    "für Frauen aus aller Welt", "Handwerk", "Hauswirtschaft", "U25", "Ü50", "50plus", "B2",
    "24/7", "2.0", "Coaching vor Ort", "ohne Umwege", "Altenpflegehilfe", "Berufskraftfahrer",
)  # fmt: skip
EXTRAS = (
    " - Wege in Arbeit", " – jetzt!", " + Sprache", ": Was kann ich?", " (Grundkurs)",
    " – Los geht's",
    " - ein Angebot für Mütter und Väter, die nach der Familienzeit wieder arbeiten wollen", "!",
    " Plus", " 2024", "", "", "", "", "", "",
)  # fmt: skip
MARKS = "•-–*·▪o"


@dataclass(frozen=True)
class Truth:
    """What the agreement says."""

    year: int
    body: Body
    ministry: str
    authority: str
    budget_cents: int
    measures: tuple[tuple[str, str], ...]
    dates: tuple[date | None, date | None]
    names: tuple[str, str]
    offices: tuple[str, str]
    legal_areas: tuple[str, ...]
    seats: tuple[str, str]


@dataclass(frozen=True)
class Layout:
    """How a page shows it."""

    width: int = 85
    blank_lines: bool = True
    hyphenate: bool = False
    page_numbers: str = "{0}"
    form_feeds: bool = True
    bullet: str = "•"
    amount: str = "{euros} Euro"
    sign: str = "§ {0}"
    title_on_same_line: bool = False
    line_end: str = "\n"


@dataclass(frozen=True)
class Noise:
    """How recognition damages it: faults per letter, and habits that change no letter."""

    letters: float = 0.0
    hyphen_blanks: float = 0.0
    lost_blanks: float = 0.0
    torn_words: float = 0.0
    habits: tuple[str, ...] = field(default=())


def truth(random: Random, year: Year, bodies: Sequence[Body]) -> Truth:
    """Invent an agreement for one of the bodies."""
    body = random.choice(bodies)
    city = body.kind.code == "independent_city"
    region_office = random.choice(
        ["Oberbürgermeister", "Oberbürgermeisterin"] if city else ["Landrat", "Landrätin"]
    )
    return Truth(
        year=year.year,
        body=body,
        ministry=competence.title(year, "ministry", year.ends),
        authority=competence.title(year, "authority", year.ends),
        budget_cents=random.randint(2_000, 40_000) * 100_00,
        measures=_measures(random, year),
        dates=(_date(random, year.year), _date(random, year.year)),
        names=(_name(random), _name(random)),
        offices=(random.choice(["Staatsministerin", "Staatsminister"]), region_office),
        legal_areas=tuple(area.code for area in year.legal_areas),
        seats=("Wiesbaden", body.seat.split(" (")[0]),
    )


def _measures(random: Random, year: Year) -> tuple[tuple[str, str], ...]:
    types = random.sample(list(year.measure_types), random.randint(1, len(year.measure_types)))
    types.sort(key=year.measure_types.index)
    seen: dict[str, str] = {}
    for kind in types:
        for _ in range(random.randint(1, 6)):
            seen.setdefault(_title(random), kind.code)
    order = [kind.code for kind in types]
    return tuple(sorted(((t, n) for n, t in seen.items()), key=lambda m: order.index(m[0])))


def _title(random: Random) -> str:
    return f"{random.choice(STARTS)} {random.choice(TOPICS)}{random.choice(EXTRAS)}"


def _name(random: Random) -> str:
    doctor = random.choice(["", "", "", "Dr. "])
    return f"{doctor}{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"


def _date(random: Random, year: int) -> date | None:
    if random.random() < 0.3:
        return None
    return date(year, 1, 1) + timedelta(days=random.randrange(365))


def layout(random: Random) -> Layout:
    """Choose a layout."""
    return Layout(
        width=random.choice([60, 72, 85, 110]),
        blank_lines=random.random() < 0.5,
        hyphenate=random.random() < 0.5,
        page_numbers=random.choice(["{0}", "- {0} -", "Seite {0} von 5", ""]),
        form_feeds=random.random() < 0.5,
        bullet=random.choice(MARKS),
        amount=random.choice(
            ["{euros} Euro", "{euros},00 €", "{spaced} EUR", "{euros},- Euro", "EUR {euros},00"]
        ),
        sign=random.choice(["§ {0}", "§{0}", "§  {0}.", "§ {0}"]),
        title_on_same_line=random.random() < 0.4,
        line_end=random.choice(["\n", "\n", "\r\n"]),
    )


# --- the text -------------------------------------------------------------------------


def region_words(body: Body) -> tuple[str, str, str]:
    """Return how an agreement names the body: after "dem/der", as subject, as genitive."""
    if body.kind.code == "independent_city":
        return f"der Stadt {body.name}", f"Die Stadt {body.name}", f"der Stadt {body.name}"
    bare = body.name.removeprefix("Landkreis ")
    return f"dem Landkreis {bare}", f"Der Landkreis {bare}", f"des Landkreises {bare}"


def write(said: Truth, year: Year, page: Layout) -> str:
    """Write the agreement."""
    to, subject, of = region_words(said.body)
    lines: list[str] = [
        "Zielvereinbarung", str(said.year), "zwischen",
        f"dem {said.ministry.replace('Hessisches', 'Hessischen')}", f"und {to}",
        "zur Umsetzung des hessischen Ausbildungs- und Qualifizierungsbudgets", "Präambel",
    ]  # fmt: skip
    lines += _wrapped(
        "Wer Menschen auf dem Weg in Arbeit begleiten will, braucht Partner vor Ort. Das Land "
        f"und {to.split(' ', 1)[1]} handeln deshalb gemeinsam. Sie orientieren sich am „Bündnis "
        "für Ausbildung für die Jahre 2020 bis 2024“, am Fachkonzept „Arbeitswelt Hessen“ des HMSI "
        "und an der regionalen Arbeitsmarkt- und Ausbildungsstrategie. Alle Angebote sind "
        "inklusiv, stehen Menschen jeden Alters offen und achten die "
        "UN-Behindertenrechtskonvention.",
        page,
    )
    lines += _page(page, 1)
    lines += _heading(1, ["Ausbildungs- und Qualifizierungsbudget", "Ziele des Landes"], page)
    lines += _wrapped(
        f"Mit dem Ausbildungs- und Qualifizierungsbudget {said.year} will das HMSI erreichen, dass "
        "benachteiligte Menschen einen Beruf lernen, ihn behalten und davon leben können. Das "
        "gelingt, wenn die Rechtskreise SGB II, III, VIII, XII und AsylbLG zusammenwirken. Für "
        "Teilzeitausbildungen werden eigene Mittel bereitgestellt.",
        page,
    )
    lines += _heading(2, ["Verpflichtungen der Vereinbarungspartner"], page)
    lines += _wrapped(
        f"Beide Seiten setzen sich dafür ein, dass die in § 5 vereinbarten Ziele erreicht werden. "
        f"Im Jahr {said.year} stehen außerdem Landesmittel für spezifische Sprachförderangebote "
        f"zur Verfügung. {subject} stimmt die Angebote mit den Rechtskreisen SGB II, III, VIII, "
        "XII und AsylbLG sowie mit der Wirtschaft ab.",
        page,
    )
    lines += _heading(3, ["Umsetzung der UN-Behindertenrechtskonvention"], page)
    lines += _wrapped(
        "Arbeit ist ein Teil der Teilhabe. Menschen mit Behinderungen werden deshalb bei allen "
        "Angeboten von Anfang an mitgedacht und gefördert.",
        page,
    )
    lines += _page(page, 2)
    lines += _heading(4, ["Haushaltsmittel und Eckdaten"], page)
    lines += _wrapped(f"Das HMSI stellt {to} im Jahr {said.year} insgesamt", page)
    lines += [_amount(said.budget_cents, page)]
    lines += _wrapped(
        f"aus dem Ausbildungs- und Qualifizierungsbudget {said.year} zur Verfügung.", page
    )
    lines += _heading(5, [f"Ziele für die Umsetzung {of}"], page)
    lines += _wrapped(
        f"{subject} finanziert mit dem Budget {said.year} in den Maßnahmenarten folgende Projekte:",
        page,
    )
    lines += _measure_lines(said, year, page)
    lines += _wrapped(
        f"Die Förderung der aufgeführten Maßnahmen richtet sich nach dem Bescheid, den das "
        f"{said.authority} auf Antrag erlässt.",
        page,
    )
    lines += _page(page, 3)
    lines += _heading(6, ["Zielsteuerung"], page)
    lines += _wrapped(
        f"{subject} und das HMSI sprechen über den Verlauf des Budgets {said.year}. Dazu findet "
        "eine Umsetzungsbesprechung im Herbst statt. Abweichungen von den in § 4 genannten "
        "Haushaltsmitteln und Eckdaten werden bei der Beurteilung bedacht.",
        page,
    )
    lines += _heading(7, ["Kontinuierlicher Verbesserungsprozess"], page)
    lines += _wrapped(
        f"{subject} nimmt an Umfragen und Tagungen des HMSI teil. Die Vereinbarung wird im "
        "Portal „Arbeitswelt Hessen“ veröffentlicht.",
        page,
    )
    lines += _signed(said, of)
    between = page.line_end * (2 if page.blank_lines else 1)
    return between.join(lines) + page.line_end


def _wrapped(text: str, page: Layout) -> list[str]:
    """Break a paragraph into lines, inside words where the layout says so."""
    found = textwrap.wrap(text, page.width, break_on_hyphens=False)
    if not page.hyphenate:
        return found
    for i in range(len(found) - 1):
        first, _, rest = found[i + 1].partition(" ")
        if len(first) > 9 and first.isalpha():
            cut = len(first) // 2
            found[i] += " " + first[:cut] + "-"
            found[i + 1] = f"{first[cut:]} {rest}".strip()
    return found


def _heading(number: int, title: list[str], page: Layout) -> list[str]:
    sign = page.sign.format(number)
    return [f"{sign} {title[0]}", *title[1:]] if page.title_on_same_line else [sign, *title]


def _page(page: Layout, number: int) -> list[str]:
    found = [page.page_numbers.format(number)] if page.page_numbers else []
    return [*found, "\f"] if page.form_feeds else found


def _amount(cents: int, page: Layout) -> str:
    euros = f"{cents // 100:,}".replace(",", ".")
    return page.amount.format(euros=euros, spaced=euros.replace(".", " "))


def _measure_lines(said: Truth, year: Year, page: Layout) -> list[str]:
    labels = {kind.code: kind.label for kind in year.measure_types}
    lines: list[str] = []
    last = None
    for kind, title in said.measures:
        if kind != last:
            lines += textwrap.wrap(labels[kind], page.width, break_on_hyphens=False)
            last = kind
        lines += textwrap.wrap(f"{page.bullet} {title}", page.width, break_on_hyphens=False)
    return lines


def _signed(said: Truth, of: str) -> list[str]:
    lines = []
    bodies = ("Hessisches Ministerium", of)
    for seat, day, name, office, whom in zip(
        said.seats, said.dates, said.names, said.offices, bodies, strict=True
    ):
        written = f"{day.day}. {MONTHS[day.month - 1]} {day.year}" if day else "/I-• ?4V("
        lines += [f"{seat}, den {written}", "/j 6ke //o~rf", name, office, whom]
    return lines


# --- recognition faults ---------------------------------------------------------------

LOOKS = (
    ("m", "rn"), ("rn", "m"), ("I", "l"), ("l", "I"), ("l", "1"), ("i", "l"), ("0", "O"),
    ("O", "0"), ("ß", "B"), ("ä", "a"), ("ö", "o"), ("ü", "u"), ("ü", "ii"), ("e", "c"),
    ("n", "u"), ("u", "n"), ("S", "5"), ("B", "8"), ("§", "$"), ("§", "S"), ("cl", "d"),
    ("h", "b"), ("in ", "inn "), ("I", "!"), ("s", "§"), ("1", "l"), ("ie", "ic"), ("f", "t"),
)  # fmt: skip
HABITS = ("nbsp", "soft_hyphens", "ligatures", "decomposed", "tabs", "bom")


def noise(random: Random, strongest: float = 0.02) -> Noise:
    """Choose faults."""
    return Noise(
        letters=random.choice([0.0, 0.001, 0.003, 0.01, strongest]),
        hyphen_blanks=random.choice([0.0, 0.3, 1.0]),
        lost_blanks=random.choice([0.0, 0.0, 0.003]),
        torn_words=random.choice([0.0, 0.0, 0.002]),
        habits=tuple(random.sample(HABITS, random.randint(0, 3))),
    )


def damage(text: str, random: Random, faults: Noise) -> str:
    """Return the text as recognition would give it."""
    text = _hyphens(text, random, faults)
    text = _letters(text, random, faults.letters)
    found = []
    for i, character in enumerate(text):
        inside = 0 < i < len(text) - 1 and text[i - 1].isalpha() and text[i + 1].isalpha()
        if character == " " and inside and random.random() < faults.lost_blanks * 5:
            continue
        found.append(character)
        if character.islower() and inside and random.random() < faults.torn_words:
            found.append(" ")
    return _habits("".join(found), random, faults.habits)


def _hyphens(text: str, random: Random, faults: Noise) -> str:
    found = []
    for i, character in enumerate(text):
        between = (
            character == "-"
            and 0 < i < len(text) - 1
            and text[i - 1].isalnum()
            and text[i + 1].isupper()
        )
        if between and random.random() < faults.hyphen_blanks:
            found.append(random.choice([" -", " -", "- "]))
        else:
            found.append(character)
    return "".join(found)


def _letters(text: str, random: Random, rate: float) -> str:
    if not rate:
        return text
    found: list[str] = []
    at = 0
    while at < len(text):
        options = [(old, new) for old, new in LOOKS if text.startswith(old, at)]
        if options and random.random() < rate * 2:
            old, new = random.choice(options)
            found.append(new)
            at += len(old)
        else:
            found.append(text[at])
            at += 1
    return "".join(found)


def _habits(text: str, random: Random, habits: Sequence[str]) -> str:
    if "ligatures" in habits:
        text = text.replace("fi", "ﬁ").replace("fl", "ﬂ")
    if "nbsp" in habits:
        text = "".join("\u00a0" if c == " " and random.random() < 0.1 else c for c in text)
    if "tabs" in habits:
        text = "".join("\t" if c == " " and random.random() < 0.02 else c for c in text)
    if "soft_hyphens" in habits:
        text = "".join(
            c + "\u00ad" if c.islower() and after.islower() and random.random() < 0.01 else c
            for c, after in zip(text, text[1:] + " ", strict=True)
        )
    if "decomposed" in habits:
        text = unicodedata.normalize("NFD", text)
    return "\ufeff" + text if "bom" in habits else text
