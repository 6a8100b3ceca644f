"""What there is to take away, described for data portals: DCAT-AP.de 3.0 as JSON-LD.

A catalogue with one data set for each programme year; a data set in each format in which the list
is given. Written by hand: the description has one shape, and JSON-LD is JSON.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from zielwerk.core import installation
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Programme
from zielwerk.packs.operator import Operator

MEDIA_TYPE = "application/ld+json"
AUTHORITY = "http://publications.europa.eu/resource/authority"
MEDIA = "http://www.iana.org/assignments/media-types"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = "Für die Vorführung erfunden: keine amtlichen Daten."
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Route of a format, its media type, its name among the file types of the EU, and its parameters.
FORMATS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("list_csv", "text/csv", "CSV", {}),
    ("list_json", "application/json", "JSON", {}),
    ("editions", XLSX, "XLSX", {"export": "xlsx"}),
    ("operations", "text/csv", "CSV", {"export": "csv"}),
)
KEYWORDS = ("Arbeitsmarkt", "Förderung")
NAMES = {
    "list_csv": "Liste als CSV",
    "list_json": "Liste als JSON",
    "editions": "Liste als Excel-Datei",
    "operations": "Maßnahmen als CSV, in der Form der Liste nach Art. 49 Abs. 3 VO (EU) 2021/1060",
}


def catalogue(site: str, years: Sequence[dict[str, Any]], operator: Operator) -> dict[str, Any]:
    """The catalogue of what is public; ``years`` are those of ``queries.years_published``."""
    programme = packs.programme(settings.PROGRAMME)
    line = installation.line()
    page = f"{site}{reverse('publication:editions')}"
    about = f"Veröffentlichte {programme.document.plural}: {programme.name}, {programme.state}."
    return {
        "@context": CONTEXT,
        "@id": f"{site}{reverse('publication:catalogue')}",
        "@type": "dcat:Catalog",
        "dct:title": _german(f"{programme.document.plural} ({programme.short_name})"),
        "dct:description": _german(" ".join(filter(None, (about, f"{line}." if line else "")))),
        "dct:publisher": _publisher(site, operator),
        "dct:language": {"@id": f"{AUTHORITY}/language/DEU"},
        "dct:license": {"@id": operator.licence},
        "foaf:homepage": {"@id": page},
        "dcat:themeTaxonomy": {"@id": f"{AUTHORITY}/data-theme"},
        **({"dct:modified": _moment(max(each["modified"] for each in years))} if years else {}),
        "dcat:dataset": [_data_set(site, programme, operator, each) for each in years],
    }


def _data_set(
    site: str, programme: Programme, operator: Operator, about: dict[str, Any]
) -> dict[str, Any]:
    year, number = about["year"], about["number"]
    page = f"{site}{reverse('publication:editions')}?{urlencode({'jahr': year})}"
    documents = programme.document.label if number == 1 else programme.document.plural
    said = f"{number} {documents} des Programmjahrs {year}: wer Geld bekommt, wie viel, wofür."
    shown = "" if not about["shown"] else SHOWN
    if shown and about["shown"] < number:
        shown = f"Davon {about['shown']} für die Vorführung erfunden: keine amtlichen Daten."
    contributor = operator.contributor
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": f"{programme.code}-{year}",
        "dct:title": _german(f"{programme.document.plural} {year}, {programme.name}"),
        "dct:description": _german(" ".join(filter(None, (said, shown)))),
        "dct:publisher": _publisher(site, operator),
        "dcat:contactPoint": _contact(operator),
        "dcat:theme": [
            {"@id": f"{AUTHORITY}/data-theme/{theme}"} for theme in ("SOCI", "EDUC", "GOVE")
        ],
        "dcat:keyword": [
            _german(word)
            for word in (
                programme.short_name,
                programme.document.label,
                *KEYWORDS,
            )
        ],
        "dcat:landingPage": {"@id": page},
        "dct:language": {"@id": f"{AUTHORITY}/language/DEU"},
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}/frequency/IRREG"},
        "dct:issued": _moment(about["issued"]),
        "dct:modified": _moment(about["modified"]),
        **_period(programme, year),
        **({"dcatde:contributorID": {"@id": contributor}} if contributor else {}),
        "dcat:distribution": list(_distributions(site, operator, page, year)),
    }


def _distributions(site: str, operator: Operator, page: str, year: int) -> Iterator[dict[str, Any]]:
    for route, media, file_type, parameters in FORMATS:
        query = urlencode({"jahr": year, **parameters})
        url = f"{site}{reverse(f'publication:{route}')}?{query}"
        yield {
            "@id": f"{page}#{route}",
            "@type": "dcat:Distribution",
            "dct:title": _german(NAMES[route]),
            "dcat:accessURL": {"@id": url},
            "dcat:downloadURL": {"@id": url},
            "dct:license": {"@id": operator.licence},
            "dct:format": {"@id": f"{AUTHORITY}/file-type/{file_type}"},
            "dcat:mediaType": {"@id": f"{MEDIA}/{media}"},
        }


def _period(programme: Programme, year: int) -> dict[str, Any]:
    """The days of a programme year; nothing of one that the programme no longer describes."""
    if year not in packs.years(programme.code):
        return {}
    period = packs.load(programme.code, year).period
    return {
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(period.first),
            "dcat:endDate": _day(period.last),
        }
    }


def _publisher(site: str, operator: Operator) -> dict[str, Any]:
    return {
        "@id": f"{site}{reverse('disclosures:imprint')}",
        "@type": "foaf:Agent",
        "foaf:name": _german(operator.sections.body.name),
    }


def _contact(operator: Operator) -> dict[str, Any]:
    contact = operator.sections.contact
    office = contact.office if contact else operator.sections.body.name
    email = contact.email if contact else operator.sections.body.email
    return {
        "@type": "vcard:Organization",
        "vcard:fn": str(office),
        "vcard:hasEmail": {"@id": f"mailto:{email}"},
    }


def _german(text: str) -> dict[str, str]:
    return {"@value": str(text), "@language": "de"}


def _moment(at: Any) -> dict[str, str]:
    return {"@value": localtime(at).isoformat(timespec="seconds"), "@type": "xsd:dateTime"}


def _day(day: Any) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
