"""Kinds of tampering with what is kept: entries, seals, records, persons, series, jobs, books."""

from tests.rooms.core.tampered import ANY, of

FIRST, LAST = "(SELECT min(id) FROM {0})", "(SELECT max(id) FROM {0})"


def first(table: str) -> str:
    return f"WHERE id = {FIRST.format(table)}"


def last(table: str) -> str:
    return f"WHERE id = {LAST.format(table)}"


def copied(table: str, columns: str, values: str, which: str = "min") -> str:
    """A row more, made from one that is there."""
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} "
        f"WHERE id = (SELECT {which}(id) FROM {table})"
    )


ENTRY, SEAL = "core_auditentry", "core_auditseal"
ALIKE = "actor, verb, subject, digest"
TRANSFER = (
    "source_id, target_id, amount_cents, code, value_date, recorded_at, recorded_on, "
    '"case", reason, actor'
)
PERSON = "password, email, name, name_key, search_text, function, is_active, is_demo, seal_key"
CHAIN = [
    *of(
        ANY,
        "audit.broken",
        another_actor=f"UPDATE {ENTRY} SET actor = 'user:666' {first(ENTRY)}",
        another_verb=f"UPDATE {ENTRY} SET verb = 'identity.erase' {first(ENTRY)}",
        another_subject=f"UPDATE {ENTRY} SET subject = 'person:666' {first(ENTRY)}",
        another_moment=f"UPDATE {ENTRY} SET at = '2020-01-01 00:00:00+00:00' {last(ENTRY)}",
        another_digest_of_an_entry=f"UPDATE {ENTRY} SET digest = '{'1' * 64}' {last(ENTRY)}",
        another_link=f"UPDATE {ENTRY} SET previous = '{'1' * 64}' {last(ENTRY)}",
        another_hash=f"UPDATE {ENTRY} SET hash = '{'1' * 64}' {first(ENTRY)}",
        two_actors_exchanged=(
            f"UPDATE {ENTRY} SET actor = CASE id WHEN 1 THEN (SELECT actor FROM {ENTRY} "
            f"{last(ENTRY)}) ELSE (SELECT actor FROM {ENTRY} WHERE id = 1) END "
            f"WHERE id IN (1, (SELECT max(id) FROM {ENTRY}))"
        ),
        another_digest_of_a_seal=f"UPDATE {SEAL} SET digest = '{'1' * 64}' {first(SEAL)}",
        another_subject_of_a_seal=f"UPDATE {SEAL} SET subject = 'person:666' {first(SEAL)}",
        seal_removed=f"DELETE FROM {SEAL} {first(SEAL)}",
        seal_added=copied(SEAL, "entry_id, subject, digest", f"entry_id, subject, '{'1' * 64}'"),
        seal_moved_to_another_entry=f"UPDATE {SEAL} SET entry_id = 2 {first(SEAL)}",
    ),
    *of(
        ANY,
        "audit.time",
        moment_before_the_one_before=(
            f"UPDATE {ENTRY} SET at = '2020-01-01 00:00:00+00:00' {last(ENTRY)}"
        ),
    ),
    *of(
        ANY,
        "audit.gap",
        entry_removed=(
            f"DELETE FROM {SEAL} WHERE entry_id = 5",
            f"DELETE FROM {ENTRY} WHERE id = 5",
        ),
        entry_renumbered=(
            f"DELETE FROM {SEAL} WHERE entry_id = 5",
            f"UPDATE {ENTRY} SET id = 0 WHERE id = 5",
        ),
    ),
    *of(
        ANY,
        "audit.head",
        newest_entry_removed=(
            f"DELETE FROM {SEAL} WHERE entry_id = {LAST.format(ENTRY)}",
            f"DELETE FROM {ENTRY} {last(ENTRY)}",
        ),
        head_set_forward="UPDATE core_audithead SET entry = entry + 1",
        head_with_another_hash=f"UPDATE core_audithead SET hash = '{'1' * 64}'",
        head_set_back="UPDATE core_audithead SET entry = entry - 1",
    ),
    *of(
        ANY,
        "audit.beyond",
        entry_added_behind_the_head=copied(
            ENTRY, f"id, at, {ALIKE}, previous, hash", f"id + 1, at, {ALIKE}, hash, 'x'", "max"
        ),
        head_set_back_with_its_hash=(
            f"UPDATE core_audithead SET entry = entry - 1, hash = (SELECT previous FROM {ENTRY} "
            f"{last(ENTRY)})"
        ),
    ),
    *of(
        ANY,
        "audit.loose_seal",
        seal_hung_on_nothing=copied(
            SEAL, "entry_id, subject, digest", f"9999, subject, '{'1' * 64}'"
        ),
    ),
]
CHANGED = [
    *of(
        ANY,
        "audit.changed",
        another_amount_of_an_agreement="UPDATE agreements_agreement SET amount_cents = 1",
        another_content_of_an_agreement="""UPDATE agreements_agreement SET terms = '{"a": 1}'""",
        another_body_of_an_agreement="UPDATE agreements_agreement SET ags = '06411'",
        invented_agreement_called_real="UPDATE agreements_agreement SET is_invented = true",
        another_number_of_a_case="UPDATE agreements_intake SET file_number = 'EV-2024-0009'",
        another_state_of_a_case="UPDATE agreements_intake SET state = 'draft'",
        another_first_person="UPDATE agreements_intake SET accepted_by = 'user:666'",
        stages_that_nobody_took="UPDATE agreements_intake SET trail = '[]'",
        another_revision="UPDATE agreements_intake SET revision = 1",
        published_that_was_not="UPDATE publication_edition SET state = 'withdrawn'",
        another_content_of_a_file="UPDATE documents_storedfile SET content = 'x'",
        another_name_of_a_file="UPDATE documents_storedfile SET name = 'x'",
        another_title_of_a_measure="UPDATE measures_measure SET title = 'x'",
        another_text_of_a_note="UPDATE notes_note SET text = 'x'",
        another_author_of_a_note="UPDATE notes_note SET written_by = 'user:666'",
        another_name_of_a_party="UPDATE programme_party SET name = 'x' || id",
        other_rules="""UPDATE programme_ruleversion SET rules = '{"a": 1}'""",
        another_amount_of_a_transfer="UPDATE ledger_transfer SET amount_cents = 7",
        another_day_of_a_transfer=(
            f"UPDATE ledger_transfer SET recorded_on = '2020-02-02' {first('ledger_transfer')}"
        ),
        another_value_date="UPDATE ledger_transfer SET value_date = '2020-02-02'",
        another_booker="UPDATE ledger_transfer SET actor = 'user:666'",
        another_reason="UPDATE ledger_transfer SET reason = 'x'",
        transfer_past_the_log=copied("ledger_transfer", TRANSFER, TRANSFER),
        another_body_of_an_account=(
            f"UPDATE ledger_account SET ags = '06411' {last('ledger_account')}"
        ),
        another_line_of_an_account="UPDATE ledger_account SET budget_line = 'x' || id",
        another_role="UPDATE identity_post SET role = 'auditor' WHERE role = 'ministry_editor'",
        let_in_again="UPDATE identity_user SET is_active = NOT is_active",
        another_person_behind_an_account="UPDATE identity_user SET name = 'x'",
        another_address_of_a_person=(
            f"UPDATE identity_user SET email = 'x@y.z' {first('identity_user')}"
        ),
        another_organisation_of_a_post="UPDATE identity_post SET organisation = 'x'",
        another_function_of_a_person="UPDATE identity_user SET function = 'x'",
        another_key_of_a_person="UPDATE identity_user SET seal_key = 'x'",
        person_past_the_log=copied("identity_user", PERSON, PERSON.replace("email", "'x@y.z'")),
    ),
    *of(
        ANY,
        "audit.vanished",
        agreement_removed=(
            "DELETE FROM agreements_intake",
            "DELETE FROM publication_edition",
            "DELETE FROM agreements_agreedmeasure",
            "DELETE FROM agreements_agreement",
        ),
        note_removed="DELETE FROM notes_note",
        transfer_removed=f"DELETE FROM ledger_transfer {first('ledger_transfer')}",
        person_removed=f"DELETE FROM identity_user {last('identity_user')}",
        rules_removed="DELETE FROM programme_ruleversion",
        party_removed=("DELETE FROM programme_partyrelation", "DELETE FROM programme_party"),
        record_given_another_number="UPDATE notes_note SET id = 999",
    ),
]
BESIDE = [
    *of(
        ANY,
        "audit.series",
        series_set_back="UPDATE core_filenumberseries SET last = last - 1 WHERE series LIKE 'ZV-%'",
        series_set_back_of_which_only_bookings_tell=(
            "UPDATE core_filenumberseries SET last = 0 WHERE series LIKE 'HH-%'"
        ),
        series_set_forward="UPDATE core_filenumberseries SET last = last + 5",
        series_removed="DELETE FROM core_filenumberseries WHERE series LIKE 'ZV-%'",
        series_renamed="UPDATE core_filenumberseries SET series = 'XX' WHERE series LIKE 'ZV-%'",
    ),
    *of(
        ANY,
        "audit.job",
        work_in_another_persons_name="UPDATE core_job SET started_by = 'user:666'",
        other_work="UPDATE core_job SET kind = 'imports.write'",
        work_with_other_data="""UPDATE core_job SET params = '{"a": 1}'""",
        work_past_the_product=copied(
            "core_job",
            "kind, params, state, started_by, signature, created_at, attempt, done, total, "
            "message, outcome",
            "kind, params, state, 'user:666', signature, created_at, attempt, done, total, "
            "message, outcome",
        ),
    ),
    *of(
        ANY,
        "ledger.balance",
        another_balance=(
            "UPDATE ledger_account SET balance_cents = balance_cents - 1 WHERE place = 'outside'"
        ),
    ),
    *of(
        ANY,
        "ledger.day",
        another_balance_of_a_day="UPDATE ledger_accountday SET net_cents = net_cents + 1",
        balance_of_a_day_removed="DELETE FROM ledger_accountday",
    ),
    *of(
        ANY,
        "ledger.recorded",
        transfer_backdated=(
            "UPDATE ledger_transfer SET recorded_at = '2020-01-01 00:00:00+00:00' "
            f"{last('ledger_transfer')}"
        ),
    ),
]
DATA = [*CHAIN, *CHANGED, *BESIDE]
