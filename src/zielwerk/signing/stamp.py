"""What one sees of a signature: a small page set by Typst, the size of its field.

pyHanko's own text stamps use fonts that are not in the file, which PDF/A forbids.
"""

import json
import threading
from datetime import datetime
from pathlib import Path

import typst

from zielwerk.language import sentence, translate
from zielwerk.rulebook.refusal import msg
from zielwerk.signing.keys import Person
from zielwerk.signing.model import DEMONSTRATION, HERE, said
from zielwerk.typesetting.characters import FONTS, settable

TEMPLATE = Path(__file__).parent / "typst" / "stamp.typ"

_own = threading.local()


def stamp(
    person: Person,
    moment: datetime,
    size: tuple[float, float],
    *,
    language: str = "de",
    is_demonstration: bool = False,
) -> bytes:
    """A PDF of one page of that width and height in points: who signed, as what, and when."""
    data = {
        "language": language,
        "width": size[0],
        "height": size[1],
        "intro": translate(_INTRO, language),
        "name": settable(person.name),
        "lines": [
            settable(", ".join(filter(None, (person.office, person.organisation)))),
            sentence(said(_WHEN, day=moment.astimezone(HERE)), language),
            DEMONSTRATION if is_demonstration else "",
        ],
    }
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=moment.replace(microsecond=0),
        pdf_tags=False,
    )
    assert isinstance(made, bytes)
    return made


def _compiler() -> typst.Compiler:
    """One compiler a thread: two threads cannot use one."""
    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
            ),
            ignore_system_fonts=True,
        )
    compiler: typst.Compiler = _own.compiler
    return compiler


_INTRO = msg("Elektronisch unterschrieben von")
_WHEN = msg("am {day} Uhr")
