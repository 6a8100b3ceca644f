"""Some of several alike, chosen to be done together."""

from collections.abc import Mapping

from django.http import QueryDict

SEVERAL = "v"  # the field of what is chosen: its key, and after a tilde what the page showed of it
LONGEST = 120


class TogetherForm:
    """What was ticked; of what is sent, with what the page showed of each."""

    def __init__(self, data: QueryDict) -> None:
        pairs = (said.partition("~") for said in data.getlist(SEVERAL) if len(said) < LONGEST)
        self.chosen: Mapping[str, str] = {key: seen for key, _, seen in pairs if key}
