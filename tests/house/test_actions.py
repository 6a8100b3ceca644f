"""Every write is an action, and the check that says so finds the writes that are none."""

import textwrap
from pathlib import Path

import pytest

import zielwerk
from tests.house import writes

# Writes on behalf of the action that calls it, and is called by actions only.
INSIDE_AN_ACTION = {
    "conclusion.actions.electronic.keep_verdict": "what was found of a signed file",
    "conclusion.actions.electronic.prepare_file": "the file that a conclusion begins with",
    "conclusion.actions.signing.put_away": "a signed copy, for the verbs that keep one",
    "conclusion.actions.signing.put_down": "a signature that was entered, or stands in a file",
    "agreements.actions.agreeing.agree": "the agreement that a recording or a conclusion makes",
    "agreements.actions.recording.open_intake": "a recording that the verbs of beginning make",
    "agreements.actions.teaching.learn": "what the confirmation of a recording teaches",
    "core.audit.append": "the entry that an action leaves in the chain",
    "core.audit._enter_on_sqlite": "the same, as this engine does it",
    "core.audit._enter_on_postgresql": "the same, as this engine does it",
    "core.cases.new_case": "a case that an action begins, with its first seal",
    "core.cases.save_case": "a case that an action changed, with its new seal",
    "core.turns.keep": "what a case that an action changed waits for now",
    "core.turns.note_outcome": "what became of a case by the step that an action takes",
    "core.file_numbers.next_number": "the number of the case that an action begins",
    "core.jobs.start": "the work that an action asks for",
    "identity.actions.factors.keep_passkey": "a passkey, for the verbs by which one gives it",
    "identity.actions.factors.void": "what a person came in by, for the verbs that void it",
    "identity.actions.posts.end": "posts and deputyships that a verb ends",
    "granting.actions.reckoning.keep": "the days of a notice, for the verbs that change one",
    "ledger.actions.booking.book": "one transfer of what a verb books",
    "ledger.actions.booking.hold": "opens and locks accounts before a room above books",
    "ledger.actions.at_once.insert_covered": "one transfer, if its accounts are there",
    "ledger.actions.booking.insert": "transfers, by a statement written once",
    "messaging.actions.inviting.send_invitation": "a one-time link put into the outbox",
    "messaging.actions.calendar.void_address": "a calendar's address, void with an access",
    "messaging.actions.outbox.put": "mail put in with what it tells of",
    "messaging.actions.outside.drop_outside": "mail to somebody outside that asks for nothing now",
    "messaging.actions.outside.send_outside": "the same, put in with what a verb asks for",
    "negotiation.actions.drafting.keep_version": "a version of a draft, for the verbs that make it",
    "negotiation.actions.drafting.next_version": "the same, with the draft that has it now",
    "programme.actions.rules.keep": "keeps a rule-set for the verbs that are bound to it",
    "funding.actions.applying.as_handed_in": "what counts again where a question is withdrawn",
    "funding.actions.listing.list_measures": "the measures of what is handed in, for others",
    "funding.actions.stepping.submitted": "what is handed in, by handing in and by an answer",
    "strategy.actions.asking.void": "requests that a verb makes void, with their mails",
    "measures.actions.planning.begun": "a measure that is typed, pasted or taken over",
    "measures.actions.overall.set_first": "a target that is set or taken over",
    "strategy.actions.asking.void_one": "one of them",
    "budget.actions.lines.Bookings": "gathers what one verb of the budget books",
    "budget.actions.lines.lock_budget": "lets one verb of the budget in at a time",
    "budget.actions.lines.new_bookings": "begins the case of a verb of the budget",
}
# Writes without an action: nobody decides anything by it.
WITHOUT_AN_ACTION = {
    "core.actions.action": "the mechanism itself",
    "core.cases.step": "the same, for the steps of cases",
    "core.apps.install": "the head of the empty chain, laid after a migration",
    "core.definitions_postgresql._worded": "declared tables as temporary ones, rolled back",
    "config.world_conclusion.scanned": "a picture of a page, written into memory",
    "config.wiring.wire": "names what is called when a case is saved; calls nothing",
    "core.turns.keep_all": "whose turn it is, compared with the cases after a migration",
    "core.repairs.enter": "what a migration repaired, entered in the chain",
    "core.guards.Guard": "the database's own guards, laid after a migration",
    "core.kept.keep": "what was typed and could not be sent, for an hour",
    "core.kept.make_room": "the oldest of it gives way",
    "core.kept.forget": "it was sent after all, or discarded",
    "core.kept.forget_expired": "its hour is over",
    "core.jobs.Progress": "how far a job is, told while it runs",
    "core.looks.keep": "that somebody was shown data of others, in a row of its own",
    "core.looks.forget_old": "what is known of looks no longer",
    "core.jobs._finish": "how a job ended",
    "core.jobs.requeue_expired": "jobs whose worker was lost",
    "core.jobs.run": "which worker holds a job",
    "core.health.fault_of_writing": "a row that is gone in the same transaction: can we write",
    "core.once.take": "that a form was sent, in the transaction of its act",
    "core.once.lead_to": "what the act of a form led to, in the same transaction",
    "core.once.forget": "numbers of forms that nobody can send any more",
    "core.sessions.end": "a session ends",
    "core.sessions.end_all": "sessions end",
    "identity.actions.attempts.try_secret": "an attempt to sign in, before the secret is looked at",
    "identity.actions.attempts.succeed": "that the secret was right",
    "identity.actions.attempts.note": "that somebody signed in or out",
    "identity.actions.attempts.forget_old": "what is told no longer",
    "identity.actions.factors.use_code": "a code is used up while somebody signs in",
    "identity.views.flow.begin_session": "a session begins",
    "identity.views.signing_in.sign_out": "a session ends",
    "identity.views.provider.from_provider": "whoever was signed in as somebody else is no longer",
    "core.kept.forget_all": "after a restore nobody gets back what was typed before",
    "identity.actions.links.void_links": "after a restore no link is good that was used since",
    "core.sessions.forget_all": "after a restore nobody is signed in",
    "messaging.actions.marking.mark_read": "that somebody read something decides nothing",
    "messaging.actions.marking.forget_old": "what was read long ago",
    "messaging.actions.telling.tell": "who is told of what the chain says",
    "messaging.actions.sweeping._put_recall": "a reminder, and that it was given",
    "messaging.actions.telling.locked_reading": "how far the worker has told",
    "messaging.actions.sweeping.sweep": "digests and reminders made ready",
    "messaging.actions.calendar.keep_all": "the days of calendars as they are now",
    "messaging.actions.outbox.take_up": "which worker sends a mail",
    "messaging.actions.outbox.end": "what became of a mail",
    "messaging.actions.outbox.put_off": "when a mail is tried again",
    "messaging.actions.outbox.put_off_all": "the same of all that are due",
    "messaging.actions.outbox.hold_all": "after a restore nothing is sent twice unasked",
    "messaging.actions.outbox.forget_old": "what is told no longer",
    "config.backup.database._rows": "reads the tables that the catalogue names",
    "config.backup.doors.put_back": "a backup comes back, and is entered in the chain",
    "setup.actions.codes.new_code": "the code of the first page, while nobody is there",
    "setup.actions.codes.redeem_code": "that a browser was let in by it",
    "setup.views.first._remember": "a session knows that the first person is there",
    "config.translations.collect": "a file of translations, no table",
    "signing.fields.prepare": "a PDF, no table",
    "scans.codes.picture": "a picture, no table",
    "typesetting.docx.render": "a document to be edited, no table",
}


def test_every_write_is_an_action() -> None:
    folder = Path(zielwerk.__file__).parent
    assert writes.faults(folder, INSIDE_AN_ACTION, WITHOUT_AN_ACTION) == []


HOUSE = {
    "core/actions.py": """
        def action(name):
            return lambda verb: verb
    """,
    "funding/models.py": """
        class Grant(models.Model):
            bodies = models.ManyToManyField("programme.Body")
    """,
    "funding/actions.py": """
        from zielwerk.core.actions import action
        from zielwerk.funding.models import Grant

        @action("funding.approve")
        def approve(actor, grant, *, at):
            return _kept(grant)

        def _kept(grant):
            grant.save()

        def twice(actor, grant, *, at):
            return approve(actor, approve(actor, grant, at=at), at=at)
    """,
    "funding/views.py": """
        from zielwerk.funding import actions

        def approve(request, grant):
            seen = {}
            seen.update(request.GET)
            cursor.execute("SELECT 1 FROM funding_grant FOR UPDATE")
            return actions.approve(request.user, grant, at=now())
    """,
}


def built(root: Path, planted: dict[str, str]) -> Path:
    """A small sound house with something planted: text is added to the file it is named for."""
    folder = root / "zielwerk"
    for name in HOUSE.keys() | planted.keys():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        parts = (HOUSE.get(name, ""), planted.get(name, ""))
        file.write_text("\n".join(textwrap.dedent(part) for part in parts))
    return folder


def test_a_house_whose_writes_are_actions_has_no_fault(tmp_path: Path) -> None:
    assert writes.faults(built(tmp_path, {})) == []


PLANTED = {
    "in a folder of actions": (
        "payments/actions/claims.py",
        """
        def claim(actor, grant):
            Claim.objects.create(grant=grant)
        """,
        "payments.actions.claims.claim",
    ),
    "whatever its first argument is called": (
        "funding/actions.py",
        """
        def reject(officer, grant):
            grant.delete()
        """,
        "funding.actions.reject",
    ),
    "by a public verb that only calls a private function": (
        "funding/actions.py",
        """
        def reject(grant):
            return _kept(grant)
        """,
        "funding.actions.reject",
    ),
    "in a view": (
        "funding/views.py",
        """
        def rename(request, grant):
            Grant.objects.filter(pk=grant).update(name=request.POST["name"])
        """,
        "funding.views.rename",
    ),
    "in a query": (
        "funding/queries/grants.py",
        """
        def grant(number):
            return Grant.objects.get_or_create(number=number)[0]
        """,
        "funding.queries.grants.grant",
    ),
    "by a model of its own": (
        "funding/models.py",
        """
        class Note(models.Model):
            def rename(self, name):
                super().save()
        """,
        "funding.models.Note",
    ),
    "in a module that belongs to no room": (
        "tool.py",
        """
        def mend():
            Grant.objects.bulk_update([], ["name"])
        """,
        "tool.mend",
    ),
    "through a function of another module": (
        "funding/jobs.py",
        """
        from zielwerk.funding import actions

        def work(progress, number):
            actions._kept(number)
        """,
        "funding.jobs.work",
    ),
    "through a name that a folder hands on": (
        "payments/jobs.py",
        """
        from zielwerk.payments.again import kept_again as helper

        def work(progress, number):
            helper(number)
        """,
        "payments.jobs.work",
    ),
    "through a table of functions": (
        "funding/actions.py",
        """
        _BY_KIND = {"grant": _kept}

        def by_kind(actor, kind, grant):
            return _BY_KIND[kind](grant)
        """,
        "funding.actions.by_kind",
    ),
    "by a statement of the database": (
        "funding/cli.py",
        """
        _CLEAR = "DELETE FROM funding_grant"

        def clear(arguments):
            with connection.cursor() as cursor:
                cursor.execute(_CLEAR)
        """,
        "funding.cli.clear",
    ),
    "by a statement nobody can read": (
        "funding/cli.py",
        """
        def run(statement):
            cursor.execute(statement)
        """,
        "funding.cli.run",
    ),
    "to a relation": (
        "funding/forms.py",
        """
        def join(grant, body):
            grant.bodies.add(body)
        """,
        "funding.forms.join",
    ),
    "while a module is imported": (
        "funding/letters.py",
        """
        Grant.objects.create(number="1")
        """,
        "funding.letters.<module>",
    ),
    "of a session": (
        "identity/views.py",
        """
        from django.contrib.auth import login

        def sign_in(request, person):
            login(request, person)
        """,
        "identity.views.sign_in",
    ),
    "by a decorator that only has the name": (
        "payments/actions.py",
        """
        from somewhere import action

        @action("payments.claim")
        def claim(actor, grant, *, at):
            grant.save()
        """,
        "payments.actions.claim",
    ),
    "by an action outside the shelf": (
        "funding/policies.py",
        """
        from zielwerk.core.actions import action

        @action("funding.keep")
        def keep(actor, grant, *, at):
            grant.save()
        """,
        "funding.policies.keep",
    ),
}
HANDED_ON = {
    "payments/again/__init__.py": "from zielwerk.funding.actions import _kept as kept_again\n"
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_write_that_is_no_action_is_found(place: str, tmp_path: Path) -> None:
    file, planted, path = PLANTED[place]
    found = writes.faults(built(tmp_path, {file: planted, **HANDED_ON}))
    assert [fault.split()[0] for fault in found if fault.startswith(path)] == [path]


def test_what_writes_inside_an_action_is_no_door_for_others(tmp_path: Path) -> None:
    planted = {
        "funding/numbers.py": "def next_number():\n    Series.objects.create()\n",
        "funding/views.py": """
            from zielwerk.funding.numbers import next_number

            def begin(request):
                return next_number()
        """,
    }
    inside = {"funding.numbers.next_number": "the number of the case"}
    found = writes.faults(built(tmp_path, planted), inside)
    assert [fault.split()[0] for fault in found] == ["funding.views.begin"]


def test_an_exception_of_the_actions_that_nothing_needs_is_a_fault(tmp_path: Path) -> None:
    found = writes.faults(built(tmp_path, {}), {"funding.views.approve": "no longer"})
    assert found == ["funding.views.approve is named as an exception and needs none"]


def test_a_house_without_any_action_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "zielwerk").mkdir()
    assert writes.faults(tmp_path / "zielwerk") == ["no action and no write was found"]


def test_a_shelf_in_which_no_action_is_found_is_a_fault(tmp_path: Path) -> None:
    planted = {"payments/actions/__init__.py": "from zielwerk.payments.verbs import claim\n"}
    found = writes.faults(built(tmp_path, planted))
    assert found == ["no action was found in payments.actions"]
