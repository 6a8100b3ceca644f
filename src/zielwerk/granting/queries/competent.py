"""Who issues a notice or an act, and which court can be called, on the day of either."""

from datetime import date

from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Competence, Organisation, Year


def competent(rules: Year, role: Competence, day: date, body: Body | None) -> Organisation | None:
    """The organisation of a role for a body on a day, under its name of that day.

    A notice of a programme year is often changed or settled long after it: then it is as the
    programme knows it on that day, not as it was when the year ended. None where nobody is.
    """
    known = rules.organisations
    if not rules.period.contains(day):
        known = packs.organisations(rules.programme.code)
    return competence.competent(known, role, day, body)
