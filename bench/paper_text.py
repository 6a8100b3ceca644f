"""The text of an agreement or a notice of any programme, in our own words, place by place."""

import re
import textwrap
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from zielwerk.packs import competence, loading
from zielwerk.packs.model import Body, Organisation, Year

YEARS = (
    ("aqb_hessen", 2024), ("kreisbudget_suedland", 2026), ("lotsenfonds_nordmark", 2026),
    ("aqb_hessen", 2025), ("aqb_hessen", 2026), ("kreisbudget_suedland", 2025),
)  # fmt: skip
LEAST, MOST = 200_000, 1_900_000  # euros; possible in each of them
HEADS = (
    "Werkraum", "Talentschmiede", "Erste Schicht", "Lernküche", "Betriebskontakt", "Neuland",
    "Praxisjahr", "Kompetenzhaus", "Ausbildungslotsen", "Chancenwerk", "Tandem", "Berufekiste",
    "Sprachcafé", "Plan B", "2. Chance", "Ferienjob", "Offene Werkstatt", "Meisterklasse",
)  # fmt: skip
TAILS = (
    "Pflege", "im Handwerk", "für Eltern", "Gartenbau", "mit Sprachkurs", "Holz und Metall",
    "am Abend", "in Teilzeit", "Gastronomie", "Lager und Verkehr", "Büro", "für Ältere", "Textil",
    "digital", "vor Ort", "Elektro", "Fahrrad", "Hauswirtschaft", "Stufe 1", "kompakt",
)  # fmt: skip
FIRST = ("Anke", "Bernd", "Clara", "Dieter", "Emine", "Frank", "Gisela", "Holger", "Irina", "Jens")
LAST = ("Becker", "Hoffmann", "Keller", "Neumann", "Peters", "Richter", "Schulz", "Vogel", "Winter")
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What a paper says, place by place, so that one of them can say otherwise."""

    rules: Year
    body: Body
    other: Body
    cents: int
    giver: str
    titles: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, date], ...]  # who signs for either side, and on which day
    random: Random
    heading: str = ""  # the title, where it is not the usual one
    money_body: str = ""
    money_year: int = 0
    money: str = ""
    source: str = ""
    again: str = ""  # a sentence in another clause
    office: str = ""
    seat: str = ""
    purpose: str = ""


def facts(random: Random, turn: int) -> Facts:
    code, year = YEARS[turn % len(YEARS)]
    rules, bodies = loading.load(code, year), loading.bodies_in(code, year)
    body = bodies[turn // len(YEARS) % len(bodies)]
    other = random.choice([one for one in bodies if one.ags != body.ags])
    role = "ministry" if "ministry" in rules.programme.document.sides else "authority"
    titles = []
    for kind in random.sample(list(rules.measure_types), random.randint(1, 3)):
        titles += [(str(kind.label), _title(random)) for _ in range(random.randint(1, 4))]
    return Facts(
        rules,
        body,
        other,
        random.randint(LEAST // 100, MOST // 100) * 100_00,
        competence.title(rules, role, rules.ends, body),
        tuple(dict(reversed([(title, kind) for kind, title in titles])).items()),
        tuple((_name(random), _day(random, rules)) for _ in range(2)),
        random,
    )


def _title(random: Random) -> str:
    joined = random.choice((" ", " ", " – ", ": "))
    return f"{random.choice(HEADS)}{joined}{random.choice(TAILS)}"


# --- the text -------------------------------------------------------------------------


def called(body: Body) -> tuple[str, str, str]:
    """A body after "stellt", as a subject, and as a genitive."""
    name, label = str(body.name), str(body.kind.label)
    if name.startswith(("Landkreis ", "Kreis ")):
        kind, rest = name.split(" ", 1)
        return f"dem {name}", f"Der {name}", f"des {kind}es {rest}"
    if name.lower().endswith("kreis"):
        return f"dem {name}", f"Der {name}", f"des {name}es"
    word = "Stadt" if "tadt" in label else label.split()[-1]
    if name.startswith(word):
        return f"der {name}", f"Die {name}", f"der {name}"
    return f"der {word} {name}", f"Die {word} {name}", f"der {word} {name}"


def euros(cents: int, random: Random | None = None) -> str:
    written = f"{cents // 100:,}".replace(",", ".")
    form = random.choice(("{} Euro", "{},00 €", "{},00 Euro", "{} EUR")) if random else "{} Euro"
    return form.format(written)


def write(said: Facts) -> str:
    """The whole paper: an agreement of two or a notice of one."""
    is_notice = "body" not in said.rules.programme.document.sides
    sections = _sections(said, is_notice)
    marks = said.rules.programme.reading.section_marks
    listed = said.rules.programme.reading.clause_headings
    lines = _notice_head(said) if is_notice else _head(said)
    for number, paragraphs in enumerate(sections, 1):
        heading = (listed[number - 1] if number <= len(listed) else ("Schluss",))[0]
        heading = heading.replace("Landkreises …", f"{called(said.body)[2][4:]}")
        lines += [f"{marks[0]} {number}", heading, *paragraphs]
    lines += _signed(said, is_notice)
    gap = said.random.choice(("\n", "\n\n"))
    return gap.join(lines) + "\n"


def _head(said: Facts) -> list[str]:
    to, _, of = called(said.body)
    rules = said.rules
    giver = re.sub(r"^(\w+)es ", r"\1en ", said.giver)
    purpose = said.purpose or f"zur Umsetzung des {rules.programme.name}s".replace(")s", ")")
    return [
        said.heading or f"{rules.programme.document.label}\n{rules.year}",
        "zwischen",
        f"dem {giver}",
        f"und {to}",
        purpose,
        rules.programme.reading.preamble[0],
        *_wrapped(
            "Wer Arbeit sucht oder einen Beruf lernen will, soll gut begleitet werden. Land und "
            f"Region wirken dafür zusammen; Grundlage ist die Strategie {of}.",
        ),
    ]


def _notice_head(said: Facts) -> list[str]:
    rules = said.rules
    to = re.sub(r"^dem ", "den ", re.sub(r"^der ", "die ", called(said.body)[0]))
    purpose = said.purpose or f"aus dem {rules.programme.name}"
    return [
        said.giver,
        said.heading or f"{rules.programme.document.label}\n{rules.year}",
        f"an {to}",
        purpose,
        rules.programme.reading.preamble[0],
        *_wrapped(f"Der Bescheid ergeht durch: {said.giver}. Er fördert Arbeit und Ausbildung."),
    ]


def _sections(said: Facts, is_notice: bool) -> list[list[str]]:
    """The paragraphs of each section, the amount and the measures where the pack has them."""
    rules = said.rules
    slots = {slot: number for number, one in enumerate(_numbered(rules), 1) for slot in one}
    amount_at, measures_at = slots["amount"], slots["measures"]
    _, subject, _ = called(said.body)
    count = len(rules.programme.reading.clause_headings)
    sections = [
        _wrapped(f"{subject} und das Land arbeiten im Jahr {rules.year} eng zusammen.")
        for _ in range(count)
    ]
    if said.again:
        sections[0 if amount_at > 1 else 2] += _wrapped(said.again)
    sections[amount_at - 1] = _money(said, is_notice)
    sections[measures_at - 1] = _measures(said, is_notice)
    return sections


def _numbered(rules: Year) -> list[tuple[str, ...]]:
    numbered = [one for one in rules.clauses if re.search(r"\d", one.number)]
    return [one.slots for one in numbered]


def _money(said: Facts, is_notice: bool) -> list[str]:
    to = said.money_body or called(said.body)[0]
    year = said.money_year or said.rules.year
    amount = said.money or euros(said.cents, said.random)
    source = said.source or re.sub(r"\s*\d{4}.*", "", str(said.rules.budget_name))
    if is_notice:
        return _wrapped(
            f"Die Zuwendung wird {to} im Jahr {year} gewährt und beträgt insgesamt {amount} aus "
            f"dem {source} {year}."
        )
    first = said.random.choice(
        (
            f"Das Land stellt {to} im Jahr {year} Mittel in Höhe von insgesamt",
            f"Für das Jahr {year} werden {to} insgesamt",
            f"Im Jahr {year} stehen {to} Haushaltsmittel in Höhe von",
        )
    )
    last = f"aus dem {source} {year} zur Verfügung."
    if said.random.random() < 0.5:
        return [*_wrapped(first), amount, *_wrapped(last)]
    return _wrapped(f"{first} {amount} {last}")


def _measures(said: Facts, is_notice: bool) -> list[str]:
    mark = said.random.choice(("•", "-", "–"))
    _, subject, _ = called(said.body)
    lines = _wrapped(f"{subject} setzt das Geld für diese Maßnahmen ein:")
    each, rest = divmod(said.cents // 100, len(said.titles))
    last = ""
    by_kind = sorted(said.titles, key=lambda pair: pair[1])
    for number, (title, kind) in enumerate(by_kind):
        if kind != last:
            lines += textwrap.wrap(kind, 90, break_on_hyphens=False)
            last = kind
        price = f": {euros((each + (rest if not number else 0)) * 100)}" if is_notice else ""
        lines.append(f"{mark} {title}{price}")
    authority = competence.title(said.rules, "authority", said.rules.ends, said.body)
    return [*lines, *_wrapped(f"Über Einzelheiten entscheidet ein Bescheid: {authority}.")]


def _signed(said: Facts, is_notice: bool) -> list[str]:
    random, giver = said.random, signing(said)
    (name, day), (second, other) = said.people
    lines = [f"{giver.seat}, den {_written(day, random)}", name, giver.offices[0], said.giver]
    if is_notice:
        return lines
    office = said.office or said.body.kind.offices[0]
    of = called(said.body)[2]
    signed = [f"{office} {of}"] if random.random() < 0.4 else [office, of]
    return [
        *lines,
        f"{said.seat or seat(said.body)}, den {_written(other, random)}",
        second,
        *signed,
    ]


def signing(said: Facts) -> Organisation:
    """The organisation that gives the money."""
    role = "ministry" if "body" in said.rules.programme.document.sides else "authority"
    those = (one for one in said.rules.organisations if one.role == role)
    return next(one for one in those if one.name == said.giver)


def seat(body: Body) -> str:
    """A body's seat without what tells it from another town of its name."""
    return re.sub(r"\s*\(.*", "", str(body.seat))


def _day(random: Random, rules: Year) -> date:
    return rules.begins + timedelta(days=random.randrange((rules.ends - rules.begins).days))


def _written(day: date, random: Random) -> str:
    month = MONTHS[day.month - 1]
    forms = (
        f"{day.day}. {month} {day.year}", f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}",
        f"{day.day}. {month[:3]}. {day.year}", f"{day:%d}. {month} '{day:%y}", f"{day:%d/%m/%Y}",
    )  # fmt: skip
    return random.choice(forms)


def _name(random: Random) -> str:
    return f"{random.choice(FIRST)} {random.choice(LAST)}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 86, break_on_hyphens=False)
