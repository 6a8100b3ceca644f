"""Cut Fira Sans to what is read here: Latin scripts of Europe, figures, signs; no small capitals.

    npm pack @kern-ux/native@2.7.2 && tar xzf kern-ux-native-2.7.2.tgz
    .venv/bin/python setup/subset_fonts.py package/dist/fonts

Reads the whole fonts of the package, writes `src/zielwerk/ui/static/kern/fonts/`. The same
input gives the same bytes. Names and licence in the fonts stay; Fira has no reserved font name.
"""

import sys
from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).resolve().parent.parent / "src/zielwerk/ui/static/kern/fonts"
CUTS = ("Regular", "Italic", "Medium", "SemiBold")
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F)),  # Basic Latin, Latin-1, Latin Extended-A
    *((0x218, 0x21B), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E)),  # Romanian, Welsh, capital sharp s
    *((0x2BB, 0x2BC), (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x300, 0x304), (0x306, 0x30C)),
    *((0x326, 0x328), (0x2002, 0x200B), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022)),
    *((0x2026, 0x2026), (0x202F, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044)),
    *((0x2070, 0x2070), (0x2074, 0x2079), (0x2080, 0x2089), (0x20AC, 0x20AC), (0x2116, 0x2116)),
    *((0x2122, 0x2122), (0x2190, 0x2199), (0x2211, 0x2212), (0x2215, 0x2215), (0x221E, 0x221E)),
    *((0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265), (0x25CF, 0x25CF), (0x2713, 0x2713)),
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "tnum"]


def main(source: Path) -> None:
    options = subset.Options(
        flavor="woff2",
        layout_features=FEATURES,
        hinting=False,
        recalc_timestamp=False,
        name_IDs=["*"],
        notdef_outline=True,
    )
    for cut in CUTS:
        name = f"FiraSans-{cut}.woff2"
        font = subset.load_font(source / name, options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
        cutter.subset(font)
        subset.save_font(font, FONTS / name, options)
        print(f"{name}: {(source / name).stat().st_size:,} -> {(FONTS / name).stat().st_size:,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
