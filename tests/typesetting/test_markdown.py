"""The Markdown of the packs: what it may say, and what slots can never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.refusal import Refused
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.markdown import blocks_from


def words(blocks: tuple[b.Block, ...]) -> str:
    (paragraph,) = blocks
    assert isinstance(paragraph, b.Paragraph)
    assert all(isinstance(part, b.Text | b.Strong) for part in paragraph.inlines)
    return "".join(getattr(part, "text", "") for part in paragraph.inlines)


def test_paragraphs_lists_and_emphasis() -> None:
    made = blocks_from("Eins\nzwei **drei** *vier*\n\n- a\n- b\n\n  c\n\n3. x\n4. y", {})
    assert made == (
        b.Paragraph(
            (
                b.Text("Eins"),
                b.Text(" "),
                b.Text("zwei "),
                b.Strong("drei"),
                b.Text(" "),
                b.Emphasis("vier"),
            )
        ),
        b.BulletList(((b.Text("a"),), (b.Text("b"), b.Text(" "), b.Text("c")))),
        b.NumberedList(((b.Text("x"),), (b.Text("y"),)), start=3),
    )


@pytest.mark.parametrize(
    "text", ["# Titel", "<b>fett</b>", "[a](http://x)", "![a](b)", "`c`", "> z", "---", "| a |"]
)
def test_everything_else_is_plain_words(text: str) -> None:
    assert words(blocks_from(text, {})) == text


def test_slots_take_text_or_inlines_and_keep_emphasis() -> None:
    link = b.Link("Portal", "https://example.org/")
    made = blocks_from("**{sum}** im {link}", {"sum": "5 €", "link": link})
    assert made == (b.Paragraph((b.Strong("5 €"), b.Text(" im "), link)),)
    assert blocks_from("{a}", {"a": (link, link)}) == (b.Paragraph((link, link)),)


@given(st.text())
def test_values_can_never_become_markup(value: str) -> None:
    for rude in (value, f"**{value}**", f"\n\n- {value}", f"{{other}}{value}", f"# {value}"):
        assert words(blocks_from("vor {slot} nach", {"slot": rude})) == f"vor {rude} nach"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Betrag: {amount}", "typesetting.empty_slot"),
        ("Betrag: {Amount}", "typesetting.brace"),
        ("offen {", "typesetting.brace"),
        ("{a **b**}", "typesetting.brace"),
        ("- a\n  - b", "typesetting.nested_list"),
    ],
)
def test_what_cannot_be_filled_is_refused_with_a_sentence(text: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        blocks_from(text, {})
    (refusal,) = refused.value.refusals
    assert refusal.rule == rule
    assert refusal.msgid.format(**refusal.params).endswith(".") or "„" in refusal.msgid
