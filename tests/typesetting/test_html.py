"""The same tree on a page: safe, ordered, and readable by a screen reader."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.typesetting.examples import agreement, words
from tests.typesetting.test_pdf import everywhere
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.html import render_blocks

PAGE = html.fromstring(f"<main>{render_blocks(agreement().blocks)}</main>")


class Tags(HTMLParser):
    """Every start tag with its attributes, as a browser would meet them."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, tuple(name for name, _ in attrs)))


def tags(blocks: tuple[b.Block, ...]) -> list[tuple[str, tuple[str, ...]]]:
    reader = Tags()
    reader.feed(render_blocks(blocks))
    return reader.met


def test_headings_begin_at_the_given_level_and_skip_none() -> None:
    headings = PAGE.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")
    assert [(one.tag, one.text) for one in headings][:5] == [
        ("h2", "Vertragspartner"),
        ("h2", "Maßnahmen"),
        ("h3", "Überblick"),
        ("h2", "Wortlaut"),
        ("h3", "§ 1 Gemeinsame Ziele 1"),
    ]
    assert render_blocks((b.Clause("§ 1", "Allein", ()),), level=3).count("<h3>") == 1


def test_a_table_names_its_columns_and_rows() -> None:
    (table,) = PAGE.xpath("//table")
    assert table.xpath("caption/text()") == ["Maßnahmen nach Titel und Betrag"]
    assert table.xpath("thead//th[@scope='col']/text()") == ["Titel", "Art", "Betrag"]
    assert len(table.xpath("tbody/tr/th[@scope='row']")) == 4
    assert len(table.xpath("tbody/tr/td[contains(@class, 'amount')]")) == 4
    assert table.xpath("tfoot/tr/th/text()") == ["Summe"]


def test_terms_are_a_description_list() -> None:
    (facts,) = PAGE.xpath("//dl[@class='kern-description-list']")
    assert [one.text for one in facts.xpath("./div/dt")][:2] == ["Land", "Landkreis"]
    assert facts.xpath("./div/dd")[-1].text_content() == "1.600.100,00 €"


def test_corrections_are_marked_and_say_what_was_signed() -> None:
    corrections = [one.text_content() for one in PAGE.xpath("//*[@class='zw-correction']")]
    assert corrections[0] == "HMSI [im erfassten Text: „HMS!“]"
    assert corrections[-2:] == ["[entfallen; im erfassten Text: „inn“]", "im [ergänzt]"]
    assert PAGE.xpath("//ins/text()")[0] == "HMSI"
    assert not PAGE.xpath("//@title")


def test_notices_say_their_kind_in_words() -> None:
    titles = [one.text_content() for one in PAGE.xpath("//*[@class='kern-title']")]
    assert titles == ["Hinweis: Lesefassung", "Warnung: Kein Geld"]


def test_other_languages_and_signatures_show() -> None:
    assert PAGE.xpath("//span[@lang='en']/text()") == ["in plain English"]
    assert "Landrat" in PAGE.xpath("//ul[@class='zw-signatures']")[0].text_content()
    assert PAGE.xpath("//ol/@start") == ["3"]


@given(st.text())
def test_text_can_never_become_markup(text: str) -> None:
    """Whatever stands in the slots, the tags are those of harmless text."""
    harmless = everywhere("x").blocks
    rude = everywhere(f"<script>{text}</script>\"'><img src=x onerror=y> & &lt; </p>x").blocks
    assert tags(rude) == tags(harmless)
    assert "\x00" not in render_blocks(rude)


def test_templates_take_the_result_as_it_is() -> None:
    made = render_blocks((b.Paragraph(words("a & b")),))
    assert made.__html__() == made == "<p>a &amp; b</p>"
