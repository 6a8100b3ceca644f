"""The UI kit below the templates: the layout's data, forms, addresses, tags.

``docs/handbook/ui-kit.md`` says which tag is for what.
"""

from zielwerk.core.ui.forms import DayField, FormRenderer, MoneyField, QuickSelect, in_group
from zielwerk.core.ui.layout import NAVIGATION, Area, Entry, frame

__all__ = [
    "NAVIGATION",
    "Area",
    "DayField",
    "Entry",
    "FormRenderer",
    "MoneyField",
    "QuickSelect",
    "frame",
    "in_group",
]
