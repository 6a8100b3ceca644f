"""Pictures say what the numbers say: widths add up, nothing overlaps or leaves the picture."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from tests.stage import html_of
from zielwerk.ui.charts import Bar, Break, Flow, Line, Node, Tile, ranked
from zielwerk.ui.charts.bars import bars
from zielwerk.ui.charts.sankey import NODE, Sankey, sankey
from zielwerk.ui.charts.series import series
from zielwerk.ui.charts.tiles import GAP, HEIGHT, WIDTH, tile_map

CENTS = st.integers(-(10**12), 10**12)
KEYS = [f"n{number}" for number in range(12)]
CLOSE = 0.01


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Node], list[Flow]]:
    """Nodes in up to six columns and flows between them, some leading back."""
    columns = {key: draw(st.integers(0, 5)) for key in KEYS[: draw(st.integers(2, 12))]}
    pairs = [(a, b) for a in columns for b in columns if columns[a] != columns[b]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    flows = [Flow(a, b, draw(st.integers(1, 10**11))) for a, b in chosen]
    labels = st.sampled_from(["frei", "durch frühere Verpflichtungen belegt"])
    return [Node(key, draw(labels), column) for key, column in columns.items()], flows


def joined(picture: Sankey) -> dict[tuple[str, float], list[tuple[float, float]]]:
    """From where to where ribbons touch each side (a node's key and the side's x)."""
    sides: dict[tuple[str, float], list[tuple[float, float]]] = {}
    for one in picture.ribbons:
        ends = ((one.flow.source, one.starts_at), (one.flow.target, one.ends_at))
        for key, (x, y) in ends:
            sides.setdefault((key, x), []).append((y, y + one.width))
    return sides


@given(networks())
def test_ribbons_add_up_at_every_node(network: tuple[list[Node], list[Flow]]) -> None:
    picture = sankey(*network)
    sides = joined(picture)
    for node in picture.nodes:
        edges = (node.x, node.x + NODE)
        widths = [sum(high - low for low, high in sides.get((node.node.key, x), [])) for x in edges]
        assert max(widths) == pytest.approx(node.height)
    scales = [one.width / one.flow.value for one in picture.ribbons]
    assert all(scale == pytest.approx(scales[0]) for scale in scales)


@given(networks())
def test_ribbons_of_one_side_lie_on_their_node_and_not_on_each_other(
    network: tuple[list[Node], list[Flow]],
) -> None:
    picture = sankey(*network)
    nodes = {node.node.key: node for node in picture.nodes}
    for (key, _), spans in joined(picture).items():
        node = nodes[key]
        assert min(spans)[0] >= node.y - CLOSE
        assert max(high for _, high in spans) <= node.y + node.height + CLOSE
        assert all(above[1] <= below[0] + CLOSE for above, below in pairwise(sorted(spans)))


@given(networks())
def test_nodes_with_their_words_keep_apart_and_inside(
    network: tuple[list[Node], list[Flow]],
) -> None:
    picture = sankey(*network)
    columns: dict[float, list[tuple[float, float]]] = {}
    for node in picture.nodes:
        assert 0 <= node.x < node.x + NODE <= picture.width
        assert 0 <= node.y <= node.y + node.slot <= picture.height + CLOSE
        columns.setdefault(node.x, []).append((node.y, node.y + node.slot))
    for spans in columns.values():
        assert all(above[1] < below[0] for above, below in pairwise(sorted(spans)))
    touched = {key for flow in network[1] for key in (flow.source, flow.target)}
    assert {node.node.key for node in picture.nodes} == touched


def test_crossings_that_need_not_be_are_taken_away() -> None:
    nodes = [Node(key, key, column) for key, column in {"a": 0, "b": 0, "x": 1, "y": 1}.items()]
    picture = sankey(nodes, [Flow("a", "y", 5), Flow("b", "x", 5)])
    heights = {node.node.key: node.y for node in picture.nodes}
    assert (heights["a"] < heights["b"]) == (heights["y"] < heights["x"])


def test_columns_follow_the_natural_order() -> None:
    flows = [Flow("out", "free", 9), Flow("free", "agreed", 5), Flow("agreed", "free", 1)]
    assert ranked(["out", "free", "agreed"], flows) == {"out": 0, "free": 1, "agreed": 2}
    nodes = [
        Node(key, key, column) for key, column in ranked(["out", "free", "agreed"], flows).items()
    ]
    assert [one.is_back for one in sankey(nodes, flows).ribbons] == [False, False, True]


def test_what_flows_back_is_not_counted_as_having_come_in() -> None:
    nodes = [Node("free", "frei", 0), Node("agreed", "vereinbart", 1), Node("paid", "gezahlt", 2)]
    flows = [Flow("free", "agreed", 100), Flow("agreed", "free", 7), Flow("agreed", "paid", 20)]
    numbers = {node.node.key: node.amount for node in sankey(nodes, flows).nodes}
    assert numbers == {"free": 100, "agreed": 100, "paid": 20}
    told = [replace(node, holds=73) if node.key == "agreed" else node for node in nodes]
    assert {node.node.key: node.amount for node in sankey(told, flows).nodes}["agreed"] == 73


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), unique=True))
def test_no_flow_stays_within_a_column(pairs: list[tuple[str, str]]) -> None:
    flows = [Flow(source, target, 1) for source, target in pairs if source != target]
    columns = ranked(KEYS, flows)
    picture = sankey([Node(key, key, column) for key, column in columns.items()], flows)
    back = {(one.flow.source, one.flow.target) for one in picture.ribbons if one.is_back}
    assert back == {(a, b) for a, b in pairs if KEYS.index(a) > KEYS.index(b)}


@pytest.mark.parametrize(
    "flow", [Flow("a", "b", 0), Flow("a", "b", -1), Flow("a", "a", 1), Flow("a", "z", 1)]
)
def test_what_is_no_flow_is_refused(flow: Flow) -> None:
    with pytest.raises(ValueError, match=r"flow|node"):
        sankey([Node("a", "a", 0), Node("b", "b", 1)], [flow])


@given(st.lists(st.builds(Bar, st.just("x"), CENTS, st.none() | CENTS), max_size=40))
def test_bars_begin_at_zero_and_stay_on_one_scale(given_bars: list[Bar]) -> None:
    picture = bars(given_bars)
    for row in picture.rows:
        assert 0 <= row.start <= row.start + row.width <= 100 + CLOSE
        assert row.mark is None or 0 <= row.mark <= 100
        end = row.start + row.width if row.bar.value >= 0 else row.start
        root = row.start if row.bar.value >= 0 else row.start + row.width
        assert root == pytest.approx(picture.zero, abs=0.02)
        if row.bar.value == row.bar.compare:
            assert row.mark == pytest.approx(end, abs=0.02)
    ends = sorted(
        (row.bar.value, row.start + (row.width if row.bar.value >= 0 else 0))
        for row in picture.rows
    )
    assert all(low[1] <= high[1] + 0.02 for low, high in pairwise(ends))


@given(
    st.dictionaries(
        st.tuples(st.integers(-3, 12), st.integers(-3, 12)), st.none() | CENTS, max_size=60
    )
)
def test_tiles_keep_apart_and_more_is_never_a_lower_class(
    places: dict[tuple[int, int], int | None],
) -> None:
    picture = tile_map([Tile(*place, "X", "X", value) for place, value in places.items()])
    for one in picture.tiles:
        assert one.x >= GAP
        assert one.y >= GAP
        assert one.x + WIDTH + GAP <= picture.width
        assert one.y + HEIGHT + GAP <= picture.height
        assert (one.rank is None) == (one.tile.value is None)
    assert len({(one.x, one.y) for one in picture.tiles}) == len(places)
    known = sorted(
        (one.tile.value, one.rank)
        for one in picture.tiles
        if one.tile.value is not None and one.rank is not None
    )
    assert all(1 <= rank <= 5 for _, rank in known)
    assert all(low[1] <= high[1] for low, high in pairwise(known))
    assert all(low[1] == high[1] for low, high in pairwise(known) if low[0] == high[0])
    for one in picture.tiles:
        within = [each for each in picture.classes if each.rank == one.rank]
        value = one.tile.value
        assert value is None or within[0].least <= value <= within[0].greatest


@given(st.lists(CENTS | st.just(0), max_size=60))
def test_changes_lie_on_their_side_of_zero_and_equally_far_from_it(values: list[int]) -> None:
    tiles = [Tile(place, 0, "X", "X", value) for place, value in enumerate(values)]
    ranks = {one.tile.value: one.rank or 0 for one in tile_map(tiles, changes=True).tiles}
    for value, rank in ranks.items():
        assert value is not None
        assert -3 <= rank <= 3
        assert (rank > 0, rank < 0) == (value > 0, value < 0)
        for other, place in ranks.items():
            assert other is not None
            if abs(other) <= abs(value):
                assert abs(place) <= abs(rank)


def test_a_name_that_breaks_no_word_stands_on_the_tile_or_else_its_brief_one() -> None:
    long, fitting = "Vogelsbergkreis", "Waldeck-Frankenberg"
    tiles = [Tile(0, 0, long, long, 1, brief="VB"), Tile(1, 0, fitting, fitting, 1, brief="KB")]
    assert [one.lines for one in tile_map(tiles).tiles] == [("VB",), ("Waldeck-", "Frankenberg")]


def test_what_cannot_be_compared_has_no_class_and_says_so() -> None:
    tiles = [Tile(0, 0, "A", "A", None, is_comparable=False), Tile(1, 0, "B", "B", -5)]
    picture = tile_map(tiles, changes=True)
    assert [(one.rank, one.look) for one in picture.tiles] == [(None, "unknown"), (-1, "loss-1")]
    assert (picture.is_broken, picture.lacks) == (True, False)


def test_two_tiles_never_share_a_place() -> None:
    with pytest.raises(ValueError, match="same place"):
        tile_map([Tile(1, 1, "A", "A", 1), Tile(1, 1, "B", "B", 2)])


@given(
    st.lists(st.dictionaries(st.integers(2011, 2030), st.none() | CENTS, max_size=12), max_size=4),
    st.lists(st.integers(2005, 2035), max_size=3),
)
def test_series_keep_inside_and_no_line_crosses_a_gap_or_a_break(
    values: list[dict[int, int | None]], years: list[int]
) -> None:
    picture = series([Line("x", one) for one in values], [Break(year, "neu") for year in years])
    for line, said in zip(picture.lines, values, strict=True):
        known = {year: value for year, value in said.items() if value is not None}
        assert {point.year: point.value for point in line.points} == known
        for point in line.points:
            assert 0 <= point.x <= picture.width
            assert 0 <= point.y <= picture.height
        steps = sum(len(piece.split()) - 1 for piece in line.pieces)
        assert steps == sum(1 for year in known if year - 1 in known and year not in years)


# --- drawn ------------------------------------------------------------------------------------


@pytest.fixture
def drawn() -> Callable[..., str]:
    def draw(source: str, **context: Any) -> str:
        return html_of(engines["django"].from_string(source).render(context))

    return draw


def test_every_number_of_a_picture_stands_in_its_table(drawn: Callable[..., str]) -> None:
    rows = [Bar("Kreis <A>", 160_010_000, 150_000_000, ("Obergrenze",), "/a"), Bar("B", 5)]
    html = drawn('{% bar_chart "Beträge" bars compare="2025" %}', bars=rows)
    table = html[html.index("<table") :]
    for said in ("1.600.100,00", "1.500.000", "0,05", "Obergrenze", "2025", 'href="/a"'):
        assert said in table
    assert "Kreis <A>" not in html
    assert 'role="img"' in html
    assert "<table" not in drawn('{% bar_chart "Beträge" bars table=False %}', bars=rows)


def test_geometry_is_written_as_numbers_of_the_picture_not_of_the_language(
    drawn: Callable[..., str],
) -> None:
    html = drawn('{% bar_chart "B" bars %}', bars=[Bar("A", 3), Bar("B", 1)])
    assert 'width="33.33%"' in html


def test_a_picture_with_links_is_a_group_of_named_links(drawn: Callable[..., str]) -> None:
    nodes = [Node("a", "frei", 0, "/a"), Node("b", "vereinbart", 1)]
    flows = [Flow("a", "b", 100_00, "/ab")]
    html = drawn('{% sankey "Flüsse" nodes flows %}', nodes=nodes, flows=flows)
    assert '<a href="/ab" aria-label="frei → vereinbart: 100\xa0€' in html
    assert 'role="group" aria-labelledby="bild-flusse-titel"' in html
    assert 'role="img"' not in html
    plain = drawn('{% sankey "Flüsse" nodes flows %}', nodes=nodes, flows=[Flow("a", "b", 1)])
    assert 'role="group" aria-labelledby' in plain  # one node still leads somewhere


def test_a_change_says_its_sign_in_words_marks_and_number(drawn: Callable[..., str]) -> None:
    tiles = [
        Tile(0, 0, "Main-Kinzig", "Main-Kinzig-Kreis", -100_00, "−100 €"),
        Tile(1, 0, "Waldeck-Frankenberg", "Landkreis Waldeck-Frankenberg", 100_00, "+100 €"),
    ]
    html = drawn('{% tile_map "Karte" tiles changes=True %}', tiles=tiles)
    table = html[html.index("<table") :]
    assert "−100\xa0€" in table
    assert "+100\xa0€" in table
    for look in ("zw-tile--loss-", "zw-tile--gain-"):
        assert look in html
    assert re.search(r">\s*Waldeck-\s*</text>", html)
    assert re.search(r">\s*Frankenberg\s*</text>", html)


@pytest.mark.parametrize(
    "source",
    [
        '{% sankey "Leer" nothing nothing %}',
        '{% bar_chart "Leer" nothing %}',
        '{% tile_map "Leer" nothing %}',
        '{% series_chart "Leer" nothing nothing %}',
    ],
)
def test_nothing_to_draw_is_said(drawn: Callable[..., str], source: str) -> None:
    html = drawn(source, nothing=[])
    assert "Dazu gibt es keine Zahlen." in html
    assert "<svg" not in html


def test_no_picture_carries_a_style_or_a_script(drawn: Callable[..., str]) -> None:
    html = drawn(
        '{% bar_chart "A" bars %}{% tile_map "B" tiles %}{% series_chart "C" lines breaks %}',
        bars=[Bar("x", 1)],
        tiles=[Tile(0, 0, "X", "Kreis X", 1, "1"), Tile(1, 0, "Y", "Kreis Y", None)],
        lines=[Line("x", {2025: 1, 2026: 2})],
        breaks=[Break(2026, "neuer Zuschnitt")],
    )
    assert "style=" not in html
    assert "<script" not in html
    assert "Kreis Y, unbekannt" in html
    assert "ab 2026 nicht vergleichbar: neuer Zuschnitt" in html
