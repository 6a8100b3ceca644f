"""What the kit's pictures show."""

from zielwerk.ui.charts import Bar, Break, Flow, Line, Node, Tile

BARS = [
    Bar("Frankfurt am Main", 305_000_000, 320_000_000, ("Veränderungsgrenze",)),
    Bar("Main-Kinzig-Kreis", 160_010_000, 155_000_000),
    Bar("Landkreis Darmstadt-Dieburg", 121_000_000, 98_000_000, ("Obergrenze",)),
    Bar("Kassel", 80_000_000),
    Bar("Odenwaldkreis", 25_000_000, 25_000_000, ("Untergrenze",)),
    Bar("Rückforderung", -12_000_000, 0),
]
PLACES = {
    "KS": (2, 0),
    "KB": (1, 1),
    "HEF": (3, 1),
    "MR": (1, 2),
    "GI": (1, 3),
    "FD": (3, 2),
    "MKK": (2, 4),
    "F": (1, 5),
    "OF": (2, 5),
    "WI": (0, 5),
    "DA": (1, 6),
    "ERB": (2, 6),
    "HU": (3, 4),
}
TILES = [
    Tile(
        column,
        row,
        short,
        f"Kreis {short}",
        None if short == "HU" else number * 12_345_600,
        "" if short == "HU" else f"{number * 12.3456:.1f} Mio".replace(".", ","),
        "/muster" if short == "MKK" else "",
    )
    for number, (short, (column, row)) in enumerate(PLACES.items())
]
NODES = [
    Node("outside", "außerhalb", 0, "/muster"),
    Node("uncovered", "ungedeckt", 0, kind="danger"),
    Node("appropriated", "veranschlagt", 1),
    Node("free", "frei", 1),
    Node("allocated", "zugewiesen", 2, "/muster"),
    Node("burdened", "durch frühere Verpflichtungen belegt", 2),
    Node("agreed", "vereinbart", 3),
    Node("opening", "Eröffnung", 0),
]
FLOWS = [
    Flow("outside", "free", 100_000_000, "/muster"),
    Flow("outside", "appropriated", 40_000_000),
    Flow("free", "allocated", 80_000_000, "/muster"),
    Flow("opening", "allocated", 20_000_000),
    Flow("appropriated", "burdened", 15_000_000),
    Flow("allocated", "agreed", 90_000_000),
    Flow("uncovered", "agreed", 10_000_000),
    Flow("agreed", "free", 5_000_000),
]
LINES = [
    Line(
        "Main-Kinzig-Kreis",
        dict(zip(range(2021, 2028), [150, 155, 160, 0, 158, 98, 101], strict=True)),
    ),
    Line("Hanau", {2026: 60, 2027: 64}),
]
LINES = [
    Line(line.label, {year: value and value * 1_000_000 for year, value in line.values.items()})
    for line in LINES
]
PICTURES: dict[str, object] = {
    "bars": BARS,
    "tiles": TILES,
    "nodes": NODES,
    "flows": FLOWS,
    "lines": LINES,
    "breaks": [Break(2026, "Hanau ist seit 1. Januar 2026 kreisfrei")],
    "nothing": [],
}
