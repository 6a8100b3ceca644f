"""An invented programme of another state: six kinds of bodies, four authorities, any document.

``plant`` writes its pack into a folder; ``agreement`` and ``notice`` write what it signs.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.drafts import without_conclusions, without_strategies
from tests.packs.planting import change
from zielwerk.packs import folders, loading
from zielwerk.packs.model import Body
from zielwerk.reading.agreement import Reading, read

CODE, YEAR = "werkpass_fernland", 2026
LIKE = "lotsenfonds_nordmark"
COUNTY, CITY, REGION, UNION, QUARTER, TOWNS = (
    "county", "city", "region", "union", "quarter", "towns",
)  # fmt: skip
# label, plural, cues, offices, organ
KINDS = {
    COUNTY: ("Landkreis", "Landkreise", ["Landkreis", "Kreis"], ["Landrätin", "Landrat"],
             "Landratsamt"),
    CITY: ("Stadtkreis", "Stadtkreise", ["Stadtkreis", "Stadt"],
           ["Oberbürgermeisterin", "Oberbürgermeister"], "Gemeinderat"),
    REGION: ("Region", "Regionen", [], ["Regionspräsidentin", "Regionspräsident"],
             "Regionsausschuss"),
    UNION: ("Regionalverband", "Regionalverbände", [],
            ["Regionalverbandsdirektorin", "Regionalverbandsdirektor"], "Regionalversammlung"),
    QUARTER: ("Bezirk", "Bezirke", [], ["Bezirksbürgermeisterin", "Bezirksstadtrat"],
              "Bezirksamt"),
    TOWNS: ("Städteregion", "Städteregionen", [], ["Städteregionsrätin", "Städteregionsrat"],
            "Städteregionsausschuss"),
}  # fmt: skip
# key: name, kind, seat, part of the state
BODIES = {
    "F01": ("Landkreis Heilbronn", COUNTY, "Heilbronn", "Nord"),
    "F02": ("Heilbronn", CITY, "Heilbronn", "Nord"),
    "F03": ("Hannover", REGION, "Hannover", "Nord"),
    "F04": ("Landeshauptstadt Hannover", CITY, "Hannover", "Nord"),
    "F05": ("Saarbrücken", UNION, "Saarbrücken", "West"),
    "F06": ("Mitte", QUARTER, "Fernstadt", "West"),
    "F07": ("Charlottenburg-Wilmersdorf", QUARTER, "Fernstadt", "West"),
    "F08": ("Städteregion Aachen", TOWNS, "Aachen", "West"),
    "F09": ("Aachen", CITY, "Aachen", "West"),
    "F10": ("Kreis Herzogtum Lauenburg", COUNTY, "Ratzeburg", "Ost"),
    "F11": ("Lübeck", CITY, "Lübeck", "Ost"),
    "F12": ("Main-Kinzig-Kreis", COUNTY, "Gelnhausen", "Ost"),
    "F13": ("Wetteraukreis", COUNTY, "Friedberg", "Ost"),
    "F14": ("Burgenlandkreis", COUNTY, "Naumburg", "Ost"),
    "F15": ("Darmstadt", CITY, "Darmstadt", "Süd"),
    "F16": ("Landkreis Darmstadt-Dieburg", COUNTY, "Darmstadt", "Süd"),
    "F17": ("Landkreis Stade", COUNTY, "Stade", "Süd"),
    "F18": ("Neustadt an der Weinstraße", CITY, "Neustadt", "Süd"),
    "F19": ("Landkreis Neustadt an der Waldnaab", COUNTY, "Neustadt", "Süd"),
}
AUTHORITIES = {part: f"Regierungspräsidium {part}hafen" for part in ("Nord", "West", "Ost", "Süd")}
SOURCE = 'source = { text = "Für diesen Test erfunden", assumed = true }'


@dataclass(frozen=True)
class Land:
    """The pack in its folder."""

    root: Path

    @property
    def bodies(self) -> tuple[Body, ...]:
        return loading.bodies(CODE, self.root)

    def read(self, text: str) -> Reading:
        """Read a text with it."""
        return read(
            text,
            programme=loading.programme(CODE, self.root),
            bodies=self.bodies,
            organisations=loading.organisations(CODE, self.root),
            years=[YEAR],
            load=lambda year: loading.load(CODE, year, self.root),
        )


def plant(
    root: Path,
    *,
    sides: Sequence[str] = ("ministry", "body"),
    label: str = "Werkvereinbarung",
    recipient: str = "body",
    marks: Sequence[str] = ("§",),
) -> Land:
    """Write the pack; what a year says is the other invented programme's."""
    pack = root / CODE
    shutil.copytree(folders.SHIPPED / LIKE, pack)
    shutil.rmtree(pack / "demo")
    for year_file in pack.glob("*/year.toml"):
        without_strategies(year_file)
        without_conclusions(year_file)
    if len(sides) == 1:
        change(pack, "2025/year.toml", 'effect = "agreed"', 'effect = "granted"')
    (pack / "programme.toml").write_text(
        f"""
code = "{CODE}"
name = "Werkpass Fernland (erfunden)"
short_name = "WPF"
state = "Fernland (erfunden)"
territory = "Land"
jurisdictions = ["bund", "nordmark"]
portal = "Werkportal"
meeting = ""
{SOURCE}

[identifier]
label = "Schlüssel"
name = "Gebietsschlüssel"
pattern = "F[0-9]{{2}}"

[document]
label = "{label}"
plural = "{label}en"
gender = "f"
prefix = "WP"
address = "werkpass"
sides = {_list(sides)}
recipient = "{recipient}"

[[body_fact]]
code = "part"
label = "Landesteil"
choices = [{", ".join(f'{{ code = "{part}", label = "{part}" }}' for part in AUTHORITIES)}]
{SOURCE}

[reading]
section_marks = {_list(marks)}
clause_headings = [["Anliegen"], ["Bewilligte Mittel"], ["Vorhaben"], ["Nachweis"]]
budget_headings = ["Mittel"]
{"".join(_kind(code) for code in KINDS)}
{"".join(_procedure(code) for code in ("allocation", "recording", "adjustment", "publication"))}
""",
        encoding="utf-8",
    )
    entries = (f"[[body]]\nags = {key!r}\n{_body(*said)}" for key, said in BODIES.items())
    (pack / "bodies.toml").write_text("".join(entries), encoding="utf-8")
    (pack / "organisations.toml").write_text(_organisations(), encoding="utf-8")
    return Land(root)


def _list(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _kind(code: str) -> str:
    label, plural, cues, offices, organ = KINDS[code]
    return (
        f'[[body_kind]]\ncode = "{code}"\nlabel = "{label}"\nplural = "{plural}"\n'
        f"cues = {_list(cues)}\noffices = {_list(offices)}\norgan = {organ!r}\n{SOURCE}\n"
    )


def _procedure(code: str) -> str:
    return f'[[procedure]]\ncode = "{code}"\nprefix = "{code[:3].upper()}"\n'


def _body(name: str, kind: str, seat: str, part: str) -> str:
    short = name.split(" ", 1)[-1] if name.split()[0] in ("Landkreis", "Kreis") else name
    return (
        f'name = "{name}"\nshort_name = "{short}"\nkind = "{kind}"\nseat = "{seat}"\n'
        f'facts = {{ part = "{part}" }}\n{SOURCE}\n'
    )


def _organisations() -> str:
    ministry = (
        '[[organisation]]\ncode = "ministry"\nrole = "ministry"\nseat = "Fernstadt"\n'
        'name = "Senatsverwaltung für Arbeit Fernland"\noffices = ["Senatorin", "Senator"]\n'
        f"{SOURCE}\n"
    )
    authorities = (
        f'[[organisation]]\ncode = "{part[0]}hafen"\nrole = "authority"\nname = "{name}"\n'
        f'seat = "{part}hafen"\nfacts = {{ part = ["{part}"] }}\n'
        f'offices = ["Abteilungsleiterin", "Abteilungsleiter"]\n{SOURCE}\n'
        for part, name in AUTHORITIES.items()
    )
    return ministry + "".join(authorities)


# --- what it signs --------------------------------------------------------------------

MONEY = "Das Land stellt im Jahr 2026 insgesamt 480.000 Euro bereit."
LISTED = "Lernwerkstätten\n\n• Werkstatt am Markt\n• Garten und Küche\n"


def agreement(called: str, subject: str, office: str = "", *, money: str = MONEY) -> str:
    """An agreement of two, ``called`` with its article: "dem Landkreis Heilbronn"."""
    signed = f"Heilbronn, den 9. März 2026\n\nJorin Muster\n\n{office}\n" if office else ""
    return f"""Werkvereinbarung
2026

zwischen

der Senatsverwaltung für Arbeit Fernland

und {called}

zur Umsetzung des Werkpass Fernland (erfunden)

Vorbemerkung

Wer einen Beruf lernen will, bekommt einen Werkpass. Dafür arbeiten alle zusammen.

§ 1
Anliegen

{subject} begleitet im Jahr 2026 Menschen bis zu einem Abschluss. Beteiligt sind die Stellen
nach SGB II, III und IX.

§ 2
Bewilligte Mittel

{money}

§ 3
Vorhaben

Gefördert werden diese Vorhaben:

{LISTED}
§ 4
Nachweis

{subject} berichtet einmal im Jahr über die Vorhaben. Bewilligt wird vom Regierungspräsidium
Nordhafen.

Fernstadt, den 2. März 2026

Henrike Beispiel

Senatorin

{signed}"""


def notice(
    address: str,
    authority: str = AUTHORITIES["Nord"],
    *,
    sections: Sequence[str] = ("1. ", "2. ", "3. ", "4. "),
    money: str = "Bewilligt werden im Jahr 2026 insgesamt 350.000 Euro.",
    listed: str = LISTED,
    signed: str = "Im Auftrag\n\nHenrike Beispiel\n",
) -> str:
    """A notice of one side to the body in its ``address``."""
    first, second, third, fourth = sections
    return f"""{authority}
Dezernat 12

Datum: 4. Februar 2026

An {address}
Marktplatz 7
74072 Ortsstadt

Zuwendungsbescheid 2026
Werkpass Fernland (erfunden)

Auf Ihren Antrag vom 3. November 2025 ergeht folgende Entscheidung.

{first}Anliegen

Gefördert wird die Begleitung von Menschen bis zu einem Abschluss. Beteiligt sind die Stellen
nach SGB II, III und IX.

{second}Bewilligte Mittel

{money}

{third}Vorhaben

Gefördert werden diese Vorhaben:

{listed}
{fourth}Nachweis

Der Nachweis ist bis zum 30. Juni 2027 vorzulegen. Klage kann beim Verwaltungsgericht
Saarbrücken, Kaistraße 1, 66111 Saarbrücken, erhoben werden.

{signed}"""
