"""What the rules of an application look at: whether all is there, and may be as it is.

Each function finds the places that one rule is about, with the values of its sentence. Money is
looked at in :mod:`zielwerk.rulebook.application.looks_money`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from zielwerk.rulebook.application.content import FORMS, Application, AppliedMeasure, Form
from zielwerk.rulebook.application.facts import ApplicationRules, Elsewhere, Paper
from zielwerk.rulebook.checking import Funded, funding_also
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.likeness import Titles
from zielwerk.rulebook.planned import OWN_DELIVERY, folded
from zielwerk.rulebook.refusal import Said


@dataclass(frozen=True)
class Found:
    """A place of the application, and the values of the sentence about it.

    ``subject`` tells findings at one place apart, ``basis`` is what this one rests on, ``funded``
    what other bodies do, for whoever sees the files of those.
    """

    place: str
    params: Mapping[str, object] = field(default_factory=dict)
    subject: str = ""
    basis: str = ""
    funded: tuple[Funded, ...] = ()


Look = Iterator[Found]
LONGEST_TITLE = 300
"""Characters of a title, as of a measure that is planned: it stands in lists and documents."""


def at(measure: AppliedMeasure, *parts: object) -> str:
    """The address of a place of a measure: ``m/a1/cost/staff/2026``."""
    return "/".join(("m", measure.key, *map(str, parts)))


def form_missing(application: Application, rules: ApplicationRules) -> Look:
    if not application.form:
        yield Found("form")


def form_not_allowed(application: Application, rules: ApplicationRules) -> Look:
    form = application.form
    if form and form not in rules.forms:
        yield Found("form", {"form": Label(FORMS.get(form, form))})


def share(application: Application, rules: ApplicationRules) -> Look:
    percent = application.share_percent
    if application.form == Form.SHARE and not (percent and 0 < percent <= 100):
        yield Found("share")


def no_measure(application: Application, rules: ApplicationRules) -> Look:
    if not application.measures:
        yield Found("")


def title(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if not measure.title.strip():
            yield Found(at(measure, "title"))


def title_long(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if len(measure.title) > LONGEST_TITLE:
            yield Found(at(measure, "title"), {"most": LONGEST_TITLE})


def type_missing(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if not measure.type:
            yield Found(at(measure, "type"))


def type_unknown(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if measure.type and measure.type not in rules.types:
            yield Found(at(measure, "type"))


def period(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if measure.first_day is None or measure.last_day is None:
            yield Found(at(measure, "last_day" if measure.first_day else "first_day"))


def period_reversed(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        first, last = measure.first_day, measure.last_day
        if first and last and last < first:
            yield Found(at(measure, "last_day"))


def period_outside(application: Application, rules: ApplicationRules) -> Look:
    window = rules.window
    for measure in application.measures:
        for name in ("first_day", "last_day"):
            day = getattr(measure, name)
            if day and not window.contains(day):
                yield Found(at(measure, name), {"first": window.first, "last": window.last})


def seats(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if rules.types.get(measure.type) and measure.seats is None:
            yield Found(at(measure, "seats"))


def no_seats(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if rules.types.get(measure.type) and measure.seats is not None and measure.seats < 1:
            yield Found(at(measure, "seats"))


def seats_without(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if not rules.types.get(measure.type, True) and measure.seats is not None:
            yield Found(at(measure, "seats"))


def passing_on(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if not measure.passing_on:
            yield Found(at(measure, "passing_on"))


def passing_on_unknown(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if measure.passing_on and measure.passing_on not in rules.passing_on:
            yield Found(at(measure, "passing_on"))


def carrier(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if measure.passing_on and (measure.passing_on == OWN_DELIVERY) == bool(measure.carrier):
            yield Found(at(measure, "carrier"))


def carrier_income(application: Application, rules: ApplicationRules) -> Look:
    """A carrier that may have income of its own, and none is named in the plan."""
    for measure in application.measures:
        may_have = rules.passing_on.get(measure.passing_on, False)
        names = may_have and measure.carrier and measure.incomes
        if names and not measure.income_from(rules.third_sources):
            yield Found(at(measure, "income"), {"carrier": measure.carrier})


def not_agreed_before(application: Application, rules: ApplicationRules) -> Look:
    yield from _not_agreed(application, rules, "before")


def not_agreed_beside(application: Application, rules: ApplicationRules) -> Look:
    yield from _not_agreed(application, rules, "beside")


def _not_agreed(application: Application, rules: ApplicationRules, when: str) -> Look:
    if rules.agreement == when:
        for measure in application.measures:
            if not measure.agreed:
                yield Found(at(measure), {"title": measure.title})


def twice(application: Application, rules: ApplicationRules) -> Look:
    """Two measures of the application that bear the same title."""
    seen = set[str]()
    for measure in application.measures:
        words = folded(measure.title)
        if words and words in seen:
            yield Found(at(measure, "title"), {"title": measure.title})
        seen.add(words)


def same_plan(application: Application, rules: ApplicationRules) -> Look:
    """The same planned measure, applied for a second time by the body."""
    known = {each.planned: each for each in rules.elsewhere if each.own and each.planned}
    for measure in application.measures:
        if other := known.get(measure.planned):
            yield Found(at(measure), {"title": measure.title, "where": other.funded.where})


def own_elsewhere(application: Application, rules: ApplicationRules) -> Look:
    """Similar words in another application of the body."""
    own = [each for each in rules.elsewhere if each.own]
    titles = Titles(each.funded.title for each in own)
    for measure in application.measures:
        for other in (own[place] for place in titles.alike(measure.title)):
            is_same_plan = bool(measure.planned) and measure.planned == other.planned
            if not is_same_plan and other.may_be(measure):
                params = {"title": measure.title, "other": other.funded.title}
                where = other.funded.where
                yield Found(at(measure, "title"), params | {"where": where}, _mark(where))


def neighbours(application: Application, rules: ApplicationRules) -> Look:
    """The same Träger under similar words at a neighbour, whose case the sentence does not tell.

    Nor does its key, which is in the page of whoever applies: of so few bodies a digest tells which
    one it is. To her all of them are one question with one reason, however many there are.
    """
    theirs: dict[str, list[Elsewhere]] = {folded(each.carrier): [] for each in application.measures}
    for each in rules.elsewhere:
        if not each.own and each.carrier and (name := folded(each.carrier)) in theirs:
            theirs[name].append(each)
    titles = {name: Titles(each.funded.title for each in others) for name, others in theirs.items()}
    for measure in application.measures:
        name = folded(measure.carrier)
        alike = (theirs[name][place] for place in titles[name].alike(measure.title))
        if funded := tuple(each.funded for each in alike if each.may_be(measure)):
            yield Found(at(measure, "title"), {"title": measure.title}, funded=funded)


def _mark(where: str) -> str:
    """A short name for what is elsewhere that stays."""
    return sha256(where.encode()).hexdigest()[:12]


def other_programme(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        for other in funding_also(measure.title, measure.language, rules.others):
            params = {"title": measure.title, "programme": other.label}
            yield Found(at(measure, "title"), params, other.code)


def _early(application: Application, rules: ApplicationRules) -> Iterator[AppliedMeasure]:
    """The measures that begin before anything is decided."""
    for measure in application.measures:
        if rules.decided_from and measure.first_day and measure.first_day < rules.decided_from:
            yield measure


def early_not_asked(application: Application, rules: ApplicationRules) -> Look:
    if rules.early_start and application.early_start is None:
        for measure in _early(application, rules):
            yield Found(at(measure, "first_day"), {"day": rules.decided_from})


def early_after_start(application: Application, rules: ApplicationRules) -> Look:
    day = application.early_start
    for measure in _early(application, rules):
        if rules.early_start and day and measure.first_day and day > measure.first_day:
            yield Found(at(measure, "first_day"), {"day": day})


def early_impossible(application: Application, rules: ApplicationRules) -> Look:
    if not rules.early_start:
        if application.early_start:
            yield Found("early_start")
        for measure in _early(application, rules):
            yield Found(at(measure, "first_day"))


def early_too_early(application: Application, rules: ApplicationRules) -> Look:
    day = application.early_start
    if rules.early_from and day and day < rules.early_from:
        yield Found("early_start", {"day": rules.early_from})


def early_reason(application: Application, rules: ApplicationRules) -> Look:
    if application.early_start and not application.early_reason.strip():
        yield Found("early_reason")


def early_unneeded(application: Application, rules: ApplicationRules) -> Look:
    known = rules.decided_from and all(each.first_day for each in application.measures)
    if application.early_start and known and not any(_early(application, rules)):
        yield Found("early_start", {"day": rules.decided_from})


def strategy_needed(application: Application, rules: ApplicationRules) -> Look:
    if rules.precondition_of == "funding":
        for lacking in rules.strategy:
            yield Found("", {"lacking": lacking}, _named(lacking))


def strategy_wanted(application: Application, rules: ApplicationRules) -> Look:
    if rules.precondition_of != "funding":
        for lacking in rules.strategy:
            yield Found("", {"lacking": lacking}, _named(lacking))


def _named(lacking: Said) -> str:
    """A name of what lacks that stays when something else lacks no more."""
    return _mark(f"{lacking.msgid} {dict(lacking.params)}")


def declarations(application: Application, rules: ApplicationRules) -> Look:
    for each in rules.declarations:
        if each.required and each.code not in application.declarations:
            yield _of_paper("declaration", each)


def attachments(application: Application, rules: ApplicationRules) -> Look:
    for each in rules.attachments:
        if each.required and not each.once_in and each.code not in application.attachments:
            yield _of_paper("attachment", each)


def not_there_yet(application: Application, rules: ApplicationRules) -> Look:
    """Papers that exist elsewhere and are only referred to: there is none to refer to."""
    for each in rules.attachments:
        if each.required and each.once_in and each.once_in not in rules.there:
            yield _of_paper("attachment", each)


def _of_paper(kind: str, paper: Paper) -> Found:
    return Found(f"{kind}/{paper.code}", {"label": paper.label}, basis=paper.basis)
