"""Texts of the data say their language on a page of another one, and only there."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from django.utils.html import conditional_escape

from zielwerk.language import German, value_text
from zielwerk.ui.charts import Flow, Node, Tile

TITLE = German("Fit für <Pflege>")
NEED = German("Bedarf", "Need")


def drawn(template: str, language: str = "en", **values: object) -> str:
    with translation.override(language):
        return Template(template).render(Context(values)).strip()


def test_a_german_text_says_so_where_the_page_is_english() -> None:
    assert drawn("{{ text }}", "de", text=TITLE) == "Fit für &lt;Pflege&gt;"
    assert drawn("{{ text }}", text=TITLE) == '<span lang="de">Fit für &lt;Pflege&gt;</span>'
    assert drawn("{{ text }}", text=NEED) == "Need"


def test_what_is_escaped_once_more_stays_as_it_is() -> None:
    with translation.override("en"):
        once = conditional_escape(TITLE)
    assert drawn("{{ text }}", text=once) == '<span lang="de">Fit für &lt;Pflege&gt;</span>'


def test_numbers_and_codes_have_no_language() -> None:
    assert drawn("{{ text }}", text=German("MA-2026-0001")) == "MA-2026-0001"


def test_plain_text_becomes_german_by_the_filter_and_markup_stays() -> None:
    assert drawn("{{ text|german }}", text="frei") == '<span lang="de">frei</span>'
    badge = "{% badge text|german %}"
    assert '<span lang="de">frei</span>' in drawn(badge, text="frei")
    assert drawn("{{ text|safe|german }}", text="<b>frei</b>") == "<b>frei</b>"


def test_in_an_attribute_the_element_says_it() -> None:
    template = '<a{{ text|lang }} title="{{ text|words }}">'
    assert drawn(template, text=TITLE) == '<a lang="de" title="Fit für &lt;Pflege&gt;">'
    assert drawn(template, text=NEED) == '<a title="Need">'
    assert drawn(template, "de", text=NEED) == '<a title="Bedarf">'


def test_in_a_file_it_is_the_wording_of_its_language() -> None:
    assert value_text(NEED, "en") == "Need"
    assert value_text(TITLE, "en") == "Fit für <Pflege>"
    assert f"{NEED}" == "Bedarf"


class Choice(forms.Form):
    which = forms.ChoiceField(choices=[("", "all"), ("1", TITLE), ("2", NEED)])


def test_options_of_a_select_say_it() -> None:
    page = drawn("{{ form }}", form=Choice({"which": "1"}))
    assert '<option value="1" selected lang="de">Fit für &lt;Pflege&gt;</option>' in page
    assert '<option value="2">Need</option>' in page
    assert '<option value="">all</option>' in page


@pytest.mark.parametrize("data", [TITLE, NEED])
def test_pictures_say_it_without_an_element_that_would_end_them(data: German) -> None:
    nodes = [Node("a", data, 0, url="/a"), Node("b", "B", 1)]
    pages = [
        drawn("{% tile_map 'Map' of %}", of=[Tile(0, 0, "A", data, 5)]),
        drawn("{% sankey 'Flow' of flows %}", of=nodes, flows=[Flow("a", "b", 5)]),
    ]
    for page in pages:
        picture = page.partition("<svg")[2].partition("</svg>")[0]
        assert "<span" not in picture
        assert (' lang="de"' in picture) == (data is TITLE)
        assert ("Need" in picture) == (data is NEED)
