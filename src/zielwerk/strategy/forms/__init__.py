"""Forms of strategies: what a version says, what actors say to it, whom to ask, what to list."""

from zielwerk.strategy.forms.consents import AnswerForm, ConsentForm, RequestForm, TakeBackForm
from zielwerk.strategy.forms.filters import StrategyFilter
from zielwerk.strategy.forms.version import BodyForm, VersionForm

__all__ = [
    "AnswerForm",
    "BodyForm",
    "ConsentForm",
    "RequestForm",
    "StrategyFilter",
    "TakeBackForm",
    "VersionForm",
]
