"""Hesse in 2028, invented: a copy of the pack in which everything changes within the year.

On 1 July 2028 the ministry has another name, a measure type and an earmark are new, amounts are
rounded to 1,000 euros, and two bodies are one; on 1 October one body becomes two.
"""

import shutil
from datetime import date
from pathlib import Path

from tests.packs.planting import change
from zielwerk.packs.folders import SHIPPED

AQB = "aqb_hessen"
CHANGE, SPLIT = date(2028, 7, 1), date(2028, 10, 1)
BEFORE = "Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales"
AFTER = "Hessisches Ministerium für Arbeit und Zukunft"
MERGED, UNITED = ("06411", "06432"), "06449"  # Darmstadt and Darmstadt-Dieburg
DIVIDED, PARTED = "06431", "06448"  # Bergstraße, from which the Ried parts
NEW_TYPE, NEW_EARMARK = "digital_entry", "green_jobs"

_INVENTED = 'source = { text = "Für den Test erfunden", assumed = true }'
_NAMES = """label = "Programmjahr {year}"
budget_name = "Ausbildungs- und Qualifizierungsbudget {year}"
"""
_YEAR = f"""
[[measure_type]]
code = "{NEW_TYPE}"
label = "Einstieg in digitale Berufe"
valid_from = 2028-07-01
{_INVENTED}

[[earmark]]
code = "{NEW_EARMARK}"
label = "Klimaberufe"
money_sources = ["state"]
valid_from = 2028-07-01
{_INVENTED}

[[allocation_key]]
rounding_cents = 1_000_00
valid_from = 2028-07-01

[[parameter]]
code = "amount_step"
value = "1000"
valid_from = 2028-07-01
"""
_MINISTRY = f"""
[[organisation]]
code = "ministry"
role = "ministry"
name = "{AFTER}"
short_name = "HMAZ"
variants = ["Hessischen Ministerium für Arbeit und Zukunft"]
seat = "Wiesbaden"
offices = ["Staatsministerin", "Staatsminister"]
valid_from = 2028-07-01
{_INVENTED}
"""
_BODIES = f"""
[[body]]
ags = "{UNITED}"
name = "Landkreis Odenwaldvorland"
short_name = "Odenwaldvorland"
kind = "district"
seat = "Darmstadt"
facts = {{ district = "Darmstadt", jobcenter = "gE", olov_regions = ["Odenwaldvorland"] }}
valid_from = 2028-07-01
tile = [0, 0]
{_INVENTED}

[[body]]
ags = "{PARTED}"
name = "Landkreis Hessisches Ried"
short_name = "Hessisches Ried"
kind = "district"
seat = "Lampertheim"
facts = {{ district = "Darmstadt", jobcenter = "KJC", olov_regions = ["Hessisches Ried"] }}
valid_from = 2028-10-01
tile = [0, 1]
{_INVENTED}

[[succession]]
code = "odenwaldvorland_2028"
label = "Bildung des Landkreises Odenwaldvorland"
kind = "merger"
day = 2028-07-01
predecessors = ["{MERGED[0]}", "{MERGED[1]}"]
successors = ["{UNITED}"]
text = "Seit dem 1. Juli 2028 sind Darmstadt und Darmstadt-Dieburg ein Landkreis."
{_INVENTED}

[[succession]]
code = "ried_2028"
label = "Bildung des Landkreises Hessisches Ried"
kind = "split"
day = 2028-10-01
predecessors = ["{DIVIDED}"]
successors = ["{DIVIDED}", "{PARTED}"]
shares = {{ {DIVIDED} = 2, {PARTED} = 1 }}
text = "Seit dem 1. Oktober 2028 gehört das Hessische Ried nicht mehr zur Bergstraße."
{_INVENTED}
"""


_EASY = '\ndigital_entry = ["Menschen lernen an einem Computer."]\n'


def copy_of_hesse(root: Path) -> Path:
    """A folder of packs that holds Hesse as it ships and a year 2027 without any change."""
    shutil.copytree(SHIPPED / AQB, root / AQB)
    year_file(root, 2027)
    return root


def add_2028(root: Path) -> None:
    """What is enacted for 2028, with all that it says about organisations and bodies."""
    year_file(root, 2028, _YEAR)
    easy = root / AQB / "easy.toml"
    easy.write_text(easy.read_text(encoding="utf-8") + _EASY, "utf-8")
    organisations = root / AQB / "organisations.toml"
    change(
        root / AQB,
        "organisations.toml",
        "valid_from = 2024-01-18\n",
        "valid_from = 2024-01-18\nvalid_until = 2028-06-30\n",
    )
    organisations.write_text(organisations.read_text(encoding="utf-8") + _MINISTRY, "utf-8")
    court = 'bodies = ["06411", '
    change(root / AQB, "organisations.toml", court, f'{court}"{UNITED}", "{PARTED}", ')
    for ags in MERGED:
        key = f'ags = "{ags}"\n'
        change(root / AQB, "bodies.toml", key, f"{key}valid_until = 2028-06-30\n")
    bodies = root / AQB / "bodies.toml"
    bodies.write_text(bodies.read_text(encoding="utf-8") + _BODIES, "utf-8")


def year_file(root: Path, year: int, changes: str = "") -> None:
    folder = root / AQB / str(year)
    folder.mkdir()
    (folder / "year.toml").write_text(_NAMES.format(year=year) + changes, encoding="utf-8")
