"""A verifier written from ``docs/handbook/pruefung.md`` alone, to compare with ours.

It imports nothing of the product, reads the ZIP file only, and is built the other way round: it
makes from what it reads the package as it would have to be, and compares.
"""

import io
import json
import zipfile
from collections import Counter, defaultdict
from hashlib import sha256
from typing import Any

COLUMNS = {"number", "at", "actor", "verb", "subject", "digest", "previous", "hash"}
Numbers = defaultdict[str, Counter[str]]


def spelled(value: Any) -> bytes:
    """Compact JSON in UTF-8, as section "Schreibweise" says."""
    if isinstance(value, dict):
        pairs = (spelled(key) + b":" + spelled(value[key]) for key in sorted(value))
        return b"{" + b",".join(pairs) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(spelled, value)) + b"]"
    if value is None or isinstance(value, bool):
        return {None: b"null", True: b"true", False: b"false"}[value]
    if isinstance(value, int):
        return str(value).encode()
    assert isinstance(value, str), value
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    escapes |= {"\b": "\\b", "\f": "\\f"}
    text = "".join(
        escapes.get(letter, letter if letter >= " " else f"\\u{ord(letter):04x}")
        for letter in value
    )
    return f'"{text}"'.encode()


def hexadecimal(value: Any) -> str:
    return sha256(spelled(value)).hexdigest()


def is_sound(content: bytes, kept: str = "") -> bool:
    """Whether a package is exactly what its seal covers, and goes through a kept seal."""
    try:
        files = contents(content)
        rebuilt, ends = rebuild(files)
    except (AssertionError, KeyError, ValueError, TypeError, IndexError, zipfile.BadZipFile):
        return False
    number, _, digest = kept.partition(":")
    return files == rebuilt and (not kept or ends.get(int(number)) == digest)


def contents(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    assert len(names) == len(set(names))
    files = {name: archive.read(name) for name in names}
    for name in ("verify.py", "LIESMICH.txt", "README.txt"):
        files.pop(name)
    return files


def rebuild(files: dict[str, bytes]) -> tuple[dict[str, bytes], dict[int, str]]:
    """The files as they must be, made from what they say; and the hash at each entry."""
    manifest = json.loads(files["manifest.json"])
    assert manifest["format"] == "zielwerk-proof/1"
    assert manifest["kinds"] == ["account", "transfer"]
    is_whole = manifest["scope"] == {"whole": True}
    assert is_whole or manifest["scope"]["case"]
    assert is_whole == (manifest["sealed"] is None)
    entries = rows(files["entries.jsonl"])
    seals = rows(files["seals.jsonl"])
    records = rows(files["records.jsonl"])
    assert all(set(entry) == COLUMNS for entry in entries)
    assert all(set(record) == {"name", "facts"} for record in records)
    hung: defaultdict[int, list[list[str]]] = defaultdict(list)
    for seal in seals:
        assert list(seal) == ["digest", "entry", "subject"]
        hung[seal["entry"]].append([seal["subject"], seal["digest"]])
    assert [seal["entry"] for seal in seals] == sorted(seal["entry"] for seal in seals)
    chain, ends = linked(entries, hung, manifest["sealed"])
    newest = {
        seal["subject"]: seal["digest"]
        for seal in seals
        if seal["subject"].partition(":")[0] in manifest["kinds"]
    }
    assert newest == {one["name"]: hexadecimal(one["facts"]) for one in records}
    assert len(newest) == len(records)
    last = entries[-1]["number"] if entries else 0
    made = {
        "entries.jsonl": b"".join(spelled(one) + b"\n" for one in chain),
        "seals.jsonl": b"".join(spelled(one) + b"\n" for one in seals),
        "records.jsonl": b"".join(spelled(one) + b"\n" for one in records),
        "seal.txt": f"{last}:{ends.get(last, '0' * 64)}\n".encode(),
    }
    assert manifest["figures"] == figures(entries, seals, records, manifest["scope"])
    assert manifest["files"] == {name: sha256(made[name]).hexdigest() for name in made}
    return {**made, "manifest.json": files["manifest.json"]}, ends


def rows(content: bytes) -> list[Any]:
    return [json.loads(line) for line in content.splitlines()]


def linked(
    entries: list[Any], hung: dict[int, list[list[str]]], sealed: list[int] | None
) -> tuple[list[Any], dict[int, str]]:
    """The chain, link by link, with digests and hashes computed anew."""
    chain, ends, before, moment = [], {}, "", ""
    for place, entry in enumerate(entries):
        number = entry["number"]
        assert number == entries[0]["number"] + place
        previous = before or (entry["previous"] if number > 1 else "0" * 64)
        digest = entry["digest"]
        if sealed is None or number in sealed:
            digest = hexadecimal(hung[number]) if hung.get(number) else ""
        else:
            assert number not in hung
        assert entry["at"] >= moment
        moment = entry["at"]
        said = [entry["actor"], entry["verb"], entry["subject"]]
        before = hexadecimal([previous, number, moment, *said, digest])
        rest = {"previous": previous, "digest": digest, "hash": before}
        chain.append({**entry, **rest})
        ends[number] = before
    assert set(hung) <= set(ends)
    return chain, ends


def figures(
    entries: list[Any], seals: list[Any], records: list[Any], scope: dict[str, Any]
) -> dict[str, Any]:
    facts = {one["name"]: one["facts"] for one in records}
    sums: Numbers = defaultdict(Counter)
    for name, booking in facts.items():
        if name.startswith("transfer:") and scope.get("case", booking[7]) == booking[7]:
            account = facts[f"account:{booking[0]}"]
            sums[f"{account[0]}/{account[3]}"].update(number=1, cents=booking[2])
    return {
        "entries": len(entries),
        "first": entries[0]["number"] if entries else 0,
        "last": entries[-1]["number"] if entries else 0,
        "seals": len(seals),
        "records": dict(Counter(name.partition(":")[0] for name in facts)),
        "bookings": {key: dict(counted) for key, counted in sums.items()},
    }
