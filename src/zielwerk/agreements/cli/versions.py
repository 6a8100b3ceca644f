"""A version of an agreement as somebody has it in a file: a text, or JSON of an export."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.redline import Node, clause_nodes, paragraph_nodes
from zielwerk.rulebook.refusal import Refusal, Refused, msg

_ODD_JSON = msg("Die Datei beginnt wie JSON, ist aber keines.")
_OTHER_JSON = msg("Das JSON hat weder „nodes“ noch „clauses“; es gibt nichts zu vergleichen.")
_ODD_NODE = msg("Der {number}. Eintrag in „{list}“ ist keiner: Erwartet werden Texte in {fields}.")
_TWICE = msg("Zwei Einträge in „nodes“ haben die Kennung „{id}“.")


@dataclass(frozen=True)
class Version:
    """The nodes of a version; ``has_ids`` where the ids are the same in every version."""

    nodes: list[Node]
    has_ids: bool = False


def version_of(text: str) -> Version:
    """The version that a text is, or that its JSON describes.

    A text: blank lines part the nodes. JSON is an object in one of two shapes:

    - ``{"nodes": [{"id", "kind", "label", "text"}, …]}``, a structured agreement, matched by
      ``id`` (``kind`` and ``label`` may be absent);
    - ``{"clauses": [{"number", "title", "text" or "wording"}, …], …}``, as the public page offers
      it and ``agreement read --json`` prints it, matched by content. Compared is the wording;
      where none is published, the amount and the measures.

    Raises Refused for any other JSON.
    """
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[{", "[]")):
        return Version(paragraph_nodes(text.lstrip("\ufeff")))
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:  # also what lies too deep in each other
        raise Refused(Refusal("redline.json", _ODD_JSON)) from error
    if isinstance(data, dict) and isinstance(data.get("nodes"), list):
        return Version(list(_nodes(data["nodes"])), has_ids=True)
    if isinstance(data, dict) and isinstance(data.get("clauses"), list):
        clauses = [_clause(number, each) for number, each in enumerate(data["clauses"], 1)]
        return Version(clause_nodes(clauses or _facts(data)))
    raise Refused(Refusal("redline.other_json", _OTHER_JSON))


def _nodes(entries: list[Any]) -> Iterator[Node]:
    seen = set[str]()
    for number, entry in enumerate(entries, 1):
        fields = entry if isinstance(entry, dict) else {}
        id_ = str(fields.get("id", "")) if isinstance(fields.get("id"), str | int) else ""
        texts = [fields.get("kind", ""), fields.get("label", id_), fields.get("text")]
        if not id_ or not all(isinstance(each, str) for each in texts):
            raise _odd(number, "nodes", "id, text")
        if id_ in seen:
            raise Refused(Refusal("redline.id_twice", _TWICE, {"id": _clean(id_)}))
        seen.add(id_)
        kind, label, text = map(_clean, texts)
        yield Node(_clean(id_), kind, label or _clean(id_), text)


def _clause(number: int, entry: Any) -> tuple[str, str, str]:
    """Number, title and text of a clause; its wording may be cut where a word was corrected."""
    fields = entry if isinstance(entry, dict) else {}
    wording = fields.get("wording", [])
    stretches = wording if isinstance(wording, list) else [None]
    pieces = [each.get("text") if isinstance(each, dict) else None for each in stretches]
    texts = [fields.get("number", ""), fields.get("title", ""), fields.get("text", ""), *pieces]
    if not fields or not all(isinstance(each, str) for each in texts):
        raise _odd(number, "clauses", "number, title, text")
    label, title, text, *cut = map(_clean, texts)
    return label, title, text or " ".join(cut)


def _facts(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What an agreement says where its wording is not published: its amount, its measures."""
    cents = data.get("amount_cents")
    if isinstance(cents, int):
        yield "Betrag", "", format_euro(cents, "de")
    measures = data.get("measures")
    lines = []
    for entry in measures if isinstance(measures, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("title"), str):
            amount = entry.get("amount_cents")
            money = f", {format_euro(amount, 'de')}" if isinstance(amount, int) else ""
            lines.append(f"• {_clean(entry['title'])}{money}")
    if lines:
        yield "Maßnahmen", "", "\n".join(lines)


def _odd(number: int, where: str, fields: str) -> Refused:
    params = {"number": number, "list": where, "fields": fields}
    return Refused(Refusal("redline.entry", _ODD_NODE, params))


def _clean(text: str) -> str:
    """A text without halves of characters, which JSON can name and nothing can print."""
    return text.encode(errors="replace").decode()
