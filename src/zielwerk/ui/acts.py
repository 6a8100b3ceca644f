"""Acts: every form is done once, and every act answers with a sentence on the next page.

    return acts.done(
        request,
        lambda: actions.declare(request.user, move, at=timezone.now()),
        lambda made: acts.Answer(url, acts.Said(msg("Erklärt: {number}."), {"number": made})),
    )

See :mod:`zielwerk.core.once`. A final act asks before, on a page of its own: :func:`ask`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from zielwerk.core import kept, once
from zielwerk.core.models import SentForm
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Refusal, Said, msg
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import Request, refused

__all__ = ["Answer", "Question", "Said", "ask", "done", "overtaken", "repeated", "say"]
T = TypeVar("T")
SENT_BEFORE = msg(
    "Dieses Formular war schon gesendet: {sentence} Was Sie geändert haben, ist noch nicht "
    "gesendet."
)


class Answer:
    """What an act led to: the address of the next page, and the sentences said there.

    They stand on top, so the address leads to no place further down.
    """

    def __init__(self, to: str, *sentences: Said) -> None:
        if "#" in to:
            raise ValueError(f"{to} leads past the sentence that is said on top")
        self.to = to
        self.sentences = sentences

    @property
    def text(self) -> str:
        """The sentences in the person's language."""
        return " ".join(sentence(each, get_language() or "de") for each in self.sentences)


def done(request: Request, verb: Callable[[], T], answer: Callable[[T], Answer]) -> HttpResponse:
    """Take a verb once, say what was done, and lead on.

    ``answer`` is asked within the transaction of the verb and kept there, so that a retry
    gets the same even where this process ends right after the commit. A refusal comes
    through, and leaves the form as if it had not been sent.
    """
    sending = once.of(request)
    try:
        with transaction.atomic():
            sent = once.take(sending, timezone.now()) if sending else None
            answered = answer(verb())
            text = answered.text
            if sent:
                once.lead_to(sent, answered.to, text)
    except once.Repeated:
        return repeated(request) or redirect(request.path)
    request.is_answered = True  # type: ignore[attr-defined]
    say(request, text)
    return redirect(answered.to)


def say(request: HttpRequest, text: str) -> None:
    """Have a sentence said on top of the next page that this person opens."""
    messages.success(request, text)


def repeated(request: HttpRequest) -> HttpResponse | None:
    """The first result of a form that was sent before, None where it was not.

    Raises :class:`~zielwerk.core.once.Foreign` where its token is another person's.
    """
    token = request.POST.get(once.FIELD) or request.GET.get(once.FIELD)
    if not token:
        return None
    sending = once.read(request.user, request.path, token, kept.contents(request))  # type: ignore[arg-type]
    request.sending = sending  # type: ignore[attr-defined]
    sent = once.first(sending)
    return _led(request, sent) if sent else None


def overtaken(request: HttpRequest) -> HttpResponse | None:
    """The result of the same form where it was done while this request was looked at."""
    sending = once.of(request)
    if sending is None or getattr(request, "is_answered", False):
        return None
    sent = once.first(sending)
    return _led(request, sent) if sent else None


def _led(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """The first result; of a form corrected since then, the form with what is not sent yet."""
    request.is_answered = True  # type: ignore[attr-defined]
    is_same = sent.contents == kept.contents(request)
    if not is_same and kept.is_typed(request):
        return _corrected(request, sent)
    say(request, sent.sentence)
    return redirect(sent.led_to)


def _corrected(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Nothing is done: the correction comes back in the form, to be sent as an act of its own."""
    given_back = kept.keep(
        request,
        kept.Cause.SENT,
        at=timezone.now(),
        reasons=[sent.sentence],
        led_to=sent.led_to,
    )
    if given_back:
        return redirect(kept.address_of(given_back))
    said_before = {"sentence": escape(sent.sentence)}  # in the language of the page, no data
    reason = Refusal("core.sent_before", SENT_BEFORE, said_before)
    return refused(request, (reason,), status=409)


@dataclass(frozen=True)
class Question:
    """The page that asks before a final act is done.

    ``effects`` say what will happen and what cannot be undone, ``facts`` what it is about
    (amounts, bodies), as pairs of a German msgid and a value. ``reasons`` are why it cannot
    be done now: then it is not offered. ``form`` is what is asked besides, ``about`` the name
    of the page at ``back``, on which the act was offered.
    """

    title: str
    button: str
    back: str
    effects: Sequence[Said]
    facts: Sequence[tuple[str, object]] = ()
    reasons: Sequence[Refusal] = ()
    form: Any = None
    about: str = ""
    look: str = "primary"

    @property
    def said_reasons(self) -> list[str]:
        """The reasons in the person's language."""
        return [said(reason) for reason in self.reasons]


def ask(request: Request, question: Question, status: int = 200) -> HttpResponse:
    """Ask before a final act; the page's form is sent to its own address."""
    context = {"question": question, "form": question.form}
    return render(request, "ui/ask.html", context, status=status)
