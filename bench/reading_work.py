"""One source tree's reader at work: texts and words come in as JSON, figures go out.

Run by `bench.reading` once with the sources here and once with those of another commit.
"""

import json
import signal
import statistics
import sys
import time
from functools import partial
from typing import Any

from zielwerk.packs import loading
from zielwerk.reading.agreement import read
from zielwerk.recognition.own import OwnWords
from zielwerk.rulebook.refusal import Refused

PROGRAMME = "aqb_hessen"
PATIENCE = 10  # seconds that one text may take


class TooLongError(Exception):
    pass


def late(*_: object) -> None:
    raise TooLongError


def reader() -> Any:
    return partial(
        read,
        programme=loading.programme(PROGRAMME),
        bodies=loading.bodies(PROGRAMME),
        organisations=loading.organisations(PROGRAMME),
        years=[year for _, year in loading.available()],
        load=partial(loading.load, PROGRAMME),
    )


def seconds(text: str) -> float | None:
    """Processor time to read or refuse a text; null where patience ends."""
    signal.alarm(PATIENCE)
    began = time.process_time()
    try:
        reader()(text)
    except Refused:
        pass
    except TooLongError:
        return None
    finally:
        signal.alarm(0)
    return time.process_time() - began


def certain_titles(papers: list[tuple[str, list[str]]]) -> int:
    """How many titles are read as they are written and certain."""
    count = 0
    for text, titles in papers:
        found = reader()(text)
        count += sum(
            measure.title in titles and found.evidence[f"measures[{i}].title"].certain
            for i, measure in enumerate(found.measures)
        )
    return count


def changed(words: list[str]) -> int:
    """How many correct words would be taken for others, in a title or in a sentence."""
    own = OwnWords()
    taken = getattr(own, "proposed", own.meant)  # an earlier reader replaced words everywhere
    return sum(taken(word) is not None for word in words)


def main() -> None:
    signal.signal(signal.SIGALRM, late)
    asked = json.load(sys.stdin)
    for text in asked["real"].values():
        seconds(text)
    real = {
        name: statistics.median(seconds(text) or PATIENCE for _ in range(15)) * 1000
        for name, text in asked["real"].items()
    }
    answer = {
        "real": real,
        "prose": changed(asked["prose"]),
        "dictionary": changed(asked["dictionary"]),
        "titles": certain_titles(asked["papers"]),
        "hostile": {name: seconds(text) for name, text in asked["hostile"].items()},
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
