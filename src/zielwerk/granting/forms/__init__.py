"""Forms of notices and acts."""

from zielwerk.granting.forms.acts import ActForm, BeginActForm, act_draft
from zielwerk.granting.forms.amounts import amount_name, amounts_in
from zielwerk.granting.forms.events import EventForm
from zielwerk.granting.forms.filters import ActFilter, NoticeFilter, TogetherFilter
from zielwerk.granting.forms.notice import NoticeForm, notice_draft
from zielwerk.granting.forms.season import SeasonFilter

__all__ = [
    "ActFilter",
    "ActForm",
    "BeginActForm",
    "EventForm",
    "NoticeFilter",
    "NoticeForm",
    "SeasonFilter",
    "TogetherFilter",
    "act_draft",
    "amount_name",
    "amounts_in",
    "notice_draft",
]
