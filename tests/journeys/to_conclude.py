"""What a shell of an installation does: a conclusion of the demo made ready, and what became of it.

Each is the text of a program, for a process of its own.
"""

READY = """
from django.conf import settings
from django.utils.timezone import localdate, now
from zielwerk.agreements.actions import Ask, annul, ask_annulment
from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.models import Conclusion
from zielwerk.documents import queries as documents
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.signatures import places_of
from zielwerk.signing.apart import sign

way = "{way}"
user = lambda key: User.objects.get(email=key + "@vorfuehrung.example.org")
officer, head = (let_in(user(key), localdate()) for key in ("officer", "head"))
draft = Conclusion.objects.filter(way="electronic").earliest("pk").draft
last = Conclusion.objects.filter(draft=draft).latest("pk")
if last.agreement:  # of the round before
    annul(officer, ask_annulment(head, Ask(last.agreement, "Absturz"), at=now()), at=now())
else:
    actions.abandon(officer, last, note="Absturz", at=now())
draft = DraftDocument.objects.get(pk=draft.pk)
case = actions.begin(officer, actions.NewConclusion(draft, way, is_trial=True), at=now())
keys = settings.ENVIRONMENT.data / "demo_keys"
signers = User.objects.filter(is_demo=True).order_by("pk")
for place, signer in zip(places_of(case.sides).values(), signers):
    if way == "electronic":
        content = documents.text_of(queries.newest(case))
        key, ready = (keys / f"{{signer.pk}}.p12").read_bytes(), queries.prepared(case).file.sha256
        signed = sign(content, place.id, key, prepared=ready, moment=now())
        actions.keep_signed(officer, queries.examined(case, signed, at=now()), at=now())
        continue
    enter = actions.enter if place.side == officer.side else actions.enter_for
    enter(officer, actions.NewSignature(
        case, place.id, signer.name, place.office, localdate(), "hand", has_seal=place.needs_seal,
    ), at=now())
actions.resolve(officer, actions.NewResolution(case, "Kreistag", localdate(), "12"), at=now())
case = actions.check(officer, case, at=now())
print(case.pk, len(places_of(case.sides)) * (way == "electronic"))
"""

BECAME = """
from zielwerk.agreements.models import Agreement
from zielwerk.conclusion.models import Conclusion, SignatureVerdict
from zielwerk.ledger import queries as books

case = Conclusion.objects.get(pk={pk})
is_done = case.state == "concluded"
verdicts = {verdicts} and {verdicts} + is_done  # one of each signed file, and one of the last act
print(
    case.state,
    (case.agreement_id is not None) == is_done,
    Agreement.objects.filter(concluded_as=case.file_number).count() == is_done,
    books.agreed_cents(case.programme, case.year, case.ags) == is_done * case.amount_cents,
    SignatureVerdict.objects.filter(conclusion=case).count() == verdicts,
)
"""
