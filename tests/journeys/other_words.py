"""An invented programme that calls everything otherwise: a shipped pack in other words."""

import re
import shutil
from pathlib import Path

from tests.journeys.programmes import NORDMARK, Example
from zielwerk.packs import folders

CODE = "freistaat"
WORDS = {
    r"lotsenfonds_nordmark": CODE,
    r"Fördervereinbarung(en|)": lambda match: "Zuwendungsbescheid" + ("e" if match[1] else ""),
    r"Förder-Vereinbarung(en|)": lambda match: "Zuwendungs-Bescheid" + ("e" if match[1] else ""),
    r"foerdervereinbarungen": "zuwendungsbescheide",
    r"funding agreement": "grant notice",
    r'gender = "f"': 'gender = "m"',
    r"[Kk]reisfreie[nr]? Stadt": "Marktbezirk",
    r"kreisfreie Städte": "Marktbezirke",
    r"Land-Kreis": "Stadt-Kreis",
    r"Landkreis": "Stadtkreis",
    r"[Ii]ndependent cit(y|ies)": lambda match: "market borough" + ("s" if match[1] != "y" else ""),
    r"[Rr]ural district": "urban district",
    r"Landr[aä]t": "Kreisvorsteher",
    r'territory = "Land"': 'territory = "Freistaat"',
    r'territory_en = "State"': 'territory_en = "Free state"',
    r"Das Land Nordmark": "Der Freistaat Nordmark",
    r"Land Nordmark": "Freistaat Nordmark",
    r"des Landes\b": "des Freistaats",
    r'label = "AGS"': 'label = "Kreisschlüssel"',
    r"Amtlicher Gemeindeschlüssel": "Amtlicher Kreisschlüssel",
    r"Official municipality key": "Official district key",
    r'pattern = "91\[0-9\]\{3\}"': 'pattern = "NM[0-9]{3}[A-Z]"',
    r"\b91(\d{3})\b(?! [A-ZÄÖÜ])": r"NM\1K",
}  # fmt: skip
FOREIGN = re.compile(
    r"Zielvereinbarung|Fördervereinbarung|Landkreis|[Kk]reisfrei|\b(?:[Dd]as|[Dd]em|[Ee]in) Land\b"
    r"|\bdes Landes\b|Landesgeld|\bAGS\b|Gemeindeschlüssel|Städten?\b|Regierungspräsid"
    r"|Kreisausschuss|Regierungsbezirk|Magistrat\b|Landr[aä]t"
    r"|[Tt]arget agreement|[Ff]unding agreement"
    r"|[Rr]ural district|[Ii]ndependent cit|\b[Cc]ount(?:y|ies)\b|[Mm]unicipality key",
)


def in_other_words(text: str) -> str:
    """A text of the shipped pack as this programme writes it."""
    for old, new in WORDS.items():
        text = re.sub(old, new, text)
    return text


def plant(folder: Path) -> Example:
    """Write the pack below a folder of packs, and one of its agreements; what it is called."""
    shutil.copytree(folders.SHIPPED / NORDMARK.programme, folder / CODE)
    for file in (folder / CODE).rglob("*.*"):
        file.write_text(in_other_words(file.read_text()))
    text = folder / "zuwendungsbescheid.txt"
    text.write_text(in_other_words(NORDMARK.file.read_text()))
    return Example(
        CODE,
        text,
        NORDMARK.year,
        in_other_words(NORDMARK.ags),
        in_other_words(NORDMARK.body),
        NORDMARK.place,
        NORDMARK.amount_cents,
        NORDMARK.amount,
        NORDMARK.ministry,
        NORDMARK.authority,
        "Zuwendungsbescheid",
        "Zuwendungsbescheide",
        "Grant notices",
        "zuwendungsbescheid",
        "zuwendungsbescheide",
        NORDMARK.notice,
    )
