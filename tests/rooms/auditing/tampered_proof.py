"""Kinds of tampering with a proof: what somebody does to its files, digests made to fit."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

Files = dict[str, bytes]


def lines(files: Files, name: str) -> list[Any]:
    return [json.loads(line) for line in files[name].splitlines()]


def put(files: Files, name: str, rows: list[Any]) -> None:
    """Write a file anew, and its digest into the manifest: a forger does so, too."""
    text = "".join(
        json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
        for row in rows
    )
    files[name] = text.encode()
    resign(files, name)


def resign(files: Files, name: str) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["files"][name] = sha256(files[name]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()


def digest_of(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def rehash(entry: dict[str, Any]) -> None:
    columns = ("previous", "number", "at", "actor", "verb", "subject", "digest")
    entry["hash"] = digest_of([entry[name] for name in columns])


def on_row(name: str, change: Callable[[list[Any]], object], place: str = "") -> Any:
    """A tampering with the rows of a file, whose digest in the manifest is made to fit."""

    def tamper(files: Files) -> None:
        rows = lines(files, name)
        change(rows)
        put(files, name, rows)

    return pytest.param(tamper, id=f"{name}-{place or change.__name__}")


def field(name: str, column: str, value: Any) -> Any:
    def change(rows: list[Any]) -> None:
        assert rows[3][column] != value
        rows[3][column] = value

    return on_row(name, change, column)


def swap(rows: list[Any]) -> None:
    rows[2], rows[3] = rows[3], rows[2]


def remove_one(rows: list[Any]) -> None:
    del rows[3]


def remove_first(rows: list[Any]) -> None:
    del rows[0]


def remove_last(rows: list[Any]) -> None:
    del rows[-1]


def repeat_last(rows: list[Any]) -> None:
    rows.append(rows[-1])


def append_a_fitting_entry(rows: list[Any]) -> None:
    rows.append({**rows[-1], "number": rows[-1]["number"] + 1, "previous": rows[-1]["hash"]})
    rehash(rows[-1])


def rehash_the_changed(rows: list[Any]) -> None:
    rows[3]["actor"] = "user:666"
    rehash(rows[3])


def renumber(rows: list[Any]) -> None:
    for row in rows[3:]:
        row["number"] += 1


def an_extra_column(rows: list[Any]) -> None:
    rows[3]["note"] = "x"


def another_amount(rows: list[Any]) -> None:
    booking = next(row for row in rows if row["name"].startswith("transfer:"))
    booking["facts"][2] += 1


def another_account(rows: list[Any]) -> None:
    rows[0]["facts"][8] = "06411"


def another_name(rows: list[Any]) -> None:
    rows[-1]["name"] = "transfer:9999"


def nobody(files: Files) -> None:
    files["entries.jsonl"] = b""
    resign(files, "entries.jsonl")


def figures(change: Callable[[dict[str, Any]], object]) -> Any:
    def tamper(files: Files) -> None:
        manifest = json.loads(files["manifest.json"])
        change(manifest["figures"])
        files["manifest.json"] = json.dumps(manifest).encode()

    return tamper


def more_money(said: dict[str, Any]) -> None:
    next(iter(said["bookings"].values()))["cents"] += 100


def less_money(said: dict[str, Any]) -> None:
    said["bookings"].popitem()


def another_seal(files: Files) -> None:
    number = files["seal.txt"].decode().partition(":")[0]
    files["seal.txt"] = f"{number}:{'a' * 64}\n".encode()
    resign(files, "seal.txt")


def an_older_seal(files: Files) -> None:
    entry = lines(files, "entries.jsonl")[-2]
    files["seal.txt"] = f"{entry['number']}:{entry['hash']}\n".encode()
    resign(files, "seal.txt")


def no_seal(files: Files) -> None:
    files["seal.txt"] = b"gestern\n"
    resign(files, "seal.txt")


def a_foreign_file(files: Files) -> None:
    files["nachtrag.jsonl"] = b"{}\n"


def half_a_line(files: Files) -> None:
    files["entries.jsonl"] = files["entries.jsonl"][:-40]
    resign(files, "entries.jsonl")


def blanks(files: Files) -> None:
    files["records.jsonl"] = files["records.jsonl"].replace(b":", b": ", 1)
    resign(files, "records.jsonl")


def unsigned(files: Files) -> None:
    files["seals.jsonl"] += b"\n"


TAMPERINGS = [
    field("entries.jsonl", "actor", "user:666"),
    field("entries.jsonl", "verb", "identity.erase"),
    field("entries.jsonl", "subject", "agreement:1"),
    field("entries.jsonl", "at", "2020-01-01T00:00:00.000000+00:00"),
    field("entries.jsonl", "digest", ""),
    field("entries.jsonl", "previous", "0" * 64),
    field("entries.jsonl", "hash", "0" * 64),
    field("entries.jsonl", "number", 4000),
    field("entries.jsonl", "number", True),
    field("entries.jsonl", "actor", 17),
    field("seals.jsonl", "subject", "person:666"),
    field("seals.jsonl", "digest", "0" * 64),
    field("seals.jsonl", "entry", 9999),
    field("records.jsonl", "facts", []),
    *(on_row(name, swap) for name in ("entries.jsonl", "seals.jsonl")),
    *(
        on_row(name, change)
        for name in ("entries.jsonl", "seals.jsonl", "records.jsonl")
        for change in (remove_one, remove_first, remove_last, repeat_last, an_extra_column)
    ),
    on_row("entries.jsonl", append_a_fitting_entry),
    on_row("entries.jsonl", rehash_the_changed),
    on_row("entries.jsonl", renumber),
    on_row("records.jsonl", another_amount),
    on_row("records.jsonl", another_account),
    on_row("records.jsonl", another_name),
    *(
        pytest.param(tamper, id=tamper.__name__)
        for tamper in (
            nobody,
            another_seal,
            an_older_seal,
            no_seal,
            a_foreign_file,
            half_a_line,
            blanks,
            unsigned,
        )
    ),
    *(
        pytest.param(figures(change), id=f"figures-{name}")
        for name, change in (
            ("entries", lambda said: said.update(entries=1)),
            ("seals", lambda said: said.update(seals=1)),
            ("first", lambda said: said.update(first=7)),
            ("records", lambda said: said["records"].update(transfer=1)),
            ("more-money", more_money),
            ("less-money", less_money),
            ("invented", lambda said: said.update(invented=1)),
        )
    ),
]
