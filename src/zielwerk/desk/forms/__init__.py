"""What people choose and fill in at the desk."""

from zielwerk.desk.forms.delivery import DeliveryForm, EndingForm, MeasureFilters
from zielwerk.desk.forms.season import SeasonFilters
from zielwerk.desk.forms.seen import SeenForm
from zielwerk.desk.forms.together import TogetherForm
from zielwerk.desk.forms.year import YearFilters
from zielwerk.desk.forms.years import BodyLine, YearsFilters

__all__ = [
    "BodyLine",
    "DeliveryForm",
    "EndingForm",
    "MeasureFilters",
    "SeasonFilters",
    "SeenForm",
    "TogetherForm",
    "YearFilters",
    "YearsFilters",
]
