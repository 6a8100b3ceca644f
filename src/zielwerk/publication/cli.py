"""Commands about published agreements."""

import argparse
import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from zielwerk.agreements import queries as agreements
from zielwerk.publication import letters, queries
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.typesetting.pdf import render as set_pdf


def render(arguments: list[str]) -> int:
    """`zielwerk agreement render YEAR AGS --out FILE.pdf`: the accessible PDF.

    ``--number`` is which of the documents of the body and year, where there are several.

    A published agreement is set as it was published, a recorded one as it would be.
    """
    parser = argparse.ArgumentParser("zielwerk agreement render")
    parser.add_argument("year", type=int)
    parser.add_argument("ags")
    parser.add_argument("--number", type=int, default=1)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--programme", default=settings.PROGRAMME)
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    recorded = agreements.recorded(options.programme, options.year, options.ags)
    agreement = recorded.filter(ordinal=options.number).first()
    if agreement is None:
        raise Refused(
            Refusal(
                "publication.nothing_recorded",
                msg("Für {ags} ist {year} keine Vereinbarung erfasst."),
                {"ags": options.ags, "year": str(options.year)},
            )
        )
    edition = queries.edition_of(agreement)
    data = (
        edition.document
        if edition
        else letters.published(letters.public_data(agreement), 1, timezone.now())
    )
    content = set_pdf(letters.document(data, letters.rules_of(agreement)))
    with os.fdopen(_at_once(options.out), "wb") as file:
        file.write(content)
    print(f"{options.out}: {len(content):,} Byte".replace(",", "."))
    return 0


def _at_once(path: Path) -> int:
    """A file open to write; a pipe that nobody reads is not waited for."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK, 0o666)
    os.set_blocking(descriptor, True)
    return descriptor
