"""Template tags of the UI kit; loaded in every template.

Texts come ready for people: ``_("…")`` in the template, or the filter ``said`` for German
msgids from below the doors.
"""

from django import template

from zielwerk.ui.tags import (
    bodies,
    boxes,
    charts,
    entry,
    lists,
    parts,
    pieces,
    redlines,
    values,
    wording,
)

register = template.Library()
for part in (values, bodies, pieces, boxes, entry, lists, charts, parts, redlines, wording):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
