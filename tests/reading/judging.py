"""What must hold between the truth of a generated agreement and what was read of it."""

from collections.abc import Iterator

from tests.reading.generator import Truth
from zielwerk.reading.model import Reading


def wrong_but_certain(said: Truth, read: Reading) -> Iterator[str]:
    """Yield every value that differs from the truth and is reported as certain."""

    def certain(path: str) -> bool:
        return read.evidence[path].certain

    party = read.parties[1]
    pairs = [
        ("year", read.year, said.year),
        ("budget_cents", read.budget_cents, said.budget_cents),
        ("parties[0].name", read.parties[0].name, said.ministry),
        ("parties[1].name", party.name, said.body.name),
        ("parties[1].kind", party.kind, said.body.kind.label),
        ("parties[1].ags", party.ags, said.body.ags),
        ("granting_authority", read.granting_authority, said.authority),
        ("legal_areas", read.legal_areas, said.legal_areas),
    ]
    titles = {title: kind for kind, title in said.measures}
    if certain("measures"):
        kinds = tuple(measure.type for measure in read.measures)
        pairs.append(("measures", len(kinds), len(said.measures)))
    for i, measure in enumerate(read.measures):
        if certain(f"measures[{i}].title"):
            if measure.title not in titles:
                yield f"measures[{i}].title: {measure.title!r} not in {list(titles)}"
            elif certain(f"measures[{i}].type") and measure.type != titles[measure.title]:
                yield f"measures[{i}].type: {measure.type!r}"
    for i, one in enumerate(read.signatures):
        side = 0 if one.party == "ministry" else 1
        at = f"signatures[{i}]"
        if not certain(f"{at}.party"):
            continue
        pairs += [
            (f"{at}.name", one.name, said.names[side]),
            (f"{at}.office", one.office, said.offices[side]),
            (f"{at}.place", one.place, said.seats[side]),
            (f"{at}.date", one.date, said.dates[side]),
        ]
    for path, found, true in pairs:
        if found != true and certain(path):
            yield f"{path}: {found!r} instead of {true!r}"


def missing_or_doubted(said: Truth, read: Reading) -> Iterator[str]:
    """Yield what a clean text should have given and did not."""
    expected = {
        "measures": tuple((m.type, m.title) for m in read.measures) == said.measures,
        "budget": read.budget_cents == said.budget_cents,
        "body": read.parties[1].ags == said.body.ags,
        "names": tuple(one.name for one in read.signatures) == said.names,
        "offices": tuple(one.office for one in read.signatures) == said.offices,
        "places": tuple(one.place for one in read.signatures) == said.seats,
        "dates": tuple(one.date for one in read.signatures) == said.dates,
        "areas": read.legal_areas == said.legal_areas,
        "authority": read.granting_authority == said.authority,
        "meeting": read.meeting is not None and read.meeting.season == "autumn",
        "earmarks": {one.code for one in read.earmarks} == {"language", "part_time_training"},
        "clauses": [one.number for one in read.clauses]
        == ["Präambel", *(f"§ {n}" for n in range(1, 8))],
        "frameworks": len(read.frameworks) == 4,
    }
    yield from (name for name, held in expected.items() if not held)
    for path, one in read.evidence.items():
        dated = path.endswith(".date") and not one.certain
        if not one.certain and not (dated and None in said.dates):
            yield f"{path} doubted ({one.score:.2f}, {one.reason}): {one.quote[:80]!r}"
