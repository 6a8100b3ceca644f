"""Read papers given as JSON lines and answer what was read of each; imports no other bench."""

import inspect
import json
import sys
import time
from functools import partial
from typing import Any

from zielwerk.packs import loading
from zielwerk.reading.agreement import read
from zielwerk.rulebook.refusal import Refused

CODES = loading.codes()
OTHERS = {"others": [loading.programme(code) for code in CODES]}


def answer(paper: dict[str, Any]) -> dict[str, Any]:
    """What was read, what of it is certain, or why nothing was."""
    code = paper["programme"]
    accepted = inspect.signature(read).parameters
    began = time.process_time()
    try:
        found = read(
            paper["text"],
            programme=loading.programme(code),
            bodies=loading.bodies(code),
            organisations=loading.organisations(code),
            years=[year for known, year in loading.available() if known == code],
            load=partial(loading.load, code),
            **{name: value for name, value in OTHERS.items() if name in accepted},
        )
    except Refused as refused:
        return {"refused": refused.refusals[0].rule, "ms": 1000 * (time.process_time() - began)}
    spent = 1000 * (time.process_time() - began)
    return {
        "ms": spent,
        "year": found.year,
        "ags": found.region.ags,
        "cents": found.budget_cents,
        "told": [getattr(found, "kind", ""), getattr(found, "state", "")],
        "people": [
            [one.name, one.place, one.date and one.date.isoformat()] for one in found.signatures
        ],
        "titles": [one.title for one in found.measures],
        "sure": sorted(path for path, one in found.evidence.items() if one.certain),
    }


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
