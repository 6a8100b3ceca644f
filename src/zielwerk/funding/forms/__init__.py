"""Forms of applications: the places to write into, questions, settling, papers, filters."""

from zielwerk.funding.forms.answers import (
    CONTESTED,
    SEEN,
    AnswersForm,
    answers_in,
    grids,
    head_fields,
    head_sections,
    measure_fields,
    measure_sections,
    name_of,
    reason_fields,
)
from zielwerk.funding.forms.beginning import BeginForm
from zielwerk.funding.forms.examining import (
    AnswerForm,
    PaperForm,
    QuestionForm,
    SettleForm,
    WithdrawalForm,
)
from zielwerk.funding.forms.filters import ApplicationFilter

__all__ = [
    "CONTESTED",
    "SEEN",
    "AnswerForm",
    "AnswersForm",
    "ApplicationFilter",
    "BeginForm",
    "PaperForm",
    "QuestionForm",
    "SettleForm",
    "WithdrawalForm",
    "answers_in",
    "grids",
    "head_fields",
    "head_sections",
    "measure_fields",
    "measure_sections",
    "name_of",
    "reason_fields",
]
