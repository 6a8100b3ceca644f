"""What both doors to a step do: take it with what was typed, or say why not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone

from zielwerk.core.permissions import Actor
from zielwerk.setup import actions, queries
from zielwerk.setup.actions import NewStep
from zielwerk.setup.models import SetupStep

Step = SetupStep.Step


def initial(step: str) -> dict[str, Any]:
    """What a form begins with."""
    today = timezone.localdate()
    return {"name": queries.ministry(today)} if step == Step.MINISTRY else {}


def verb(actor: Actor, step: str, form: forms.Form) -> Callable[[], SetupStep]:
    """The verb that takes a step as it was typed; what reaches out does so before it."""
    now = timezone.now()
    facts = dict(queries.what_there_is(step, timezone.localdate(now)))
    if step == Step.MINISTRY:
        facts["name"] = form.cleaned_data["name"]
    if step == Step.MAIL:
        actions.send_test_mail(form.cleaned_data["an"])
    return lambda: actions.take(actor, NewStep(step, facts), at=now)
