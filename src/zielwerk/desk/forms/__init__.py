"""What people choose and fill in at the desk."""

from zielwerk.desk.forms.delivery import DeliveryForm, EndingForm, MeasureFilters
from zielwerk.desk.forms.year import YearFilters

__all__ = ["DeliveryForm", "EndingForm", "MeasureFilters", "YearFilters"]
