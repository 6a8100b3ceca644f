"""Pages of notices and of acts on them."""

from zielwerk.granting.views.acts import act, acts, begin_act, release, write_act
from zielwerk.granting.views.following import enter, enter_of_act
from zielwerk.granting.views.notices import (
    document,
    document_of_act,
    draft,
    notice,
    notices,
    preview,
    preview_of_act,
    write,
)
from zielwerk.granting.views.season import season
from zielwerk.granting.views.together import issued_together, together

__all__ = [
    "act",
    "acts",
    "begin_act",
    "document",
    "document_of_act",
    "draft",
    "enter",
    "enter_of_act",
    "issued_together",
    "notice",
    "notices",
    "preview",
    "preview_of_act",
    "release",
    "season",
    "together",
    "write",
    "write_act",
]
