"""Kinds of tampering: what somebody with the database's password does past the product.

Each has a name, what is done (a statement, or several), and the rule that finds it out.
"""

from dataclasses import dataclass

ANY, SQLITE, POSTGRESQL = "any", "sqlite", "postgresql"


@dataclass(frozen=True)
class Tampering:
    name: str
    rule: str
    statements: tuple[str, ...]
    engine: str = ANY

    def __str__(self) -> str:
        return self.name


def of(engine: str, rule: str, **kinds: str | tuple[str, ...]) -> list[Tampering]:
    return [
        Tampering(name, rule, (done,) if isinstance(done, str) else done, engine)
        for name, done in kinds.items()
    ]


NO_OP = "CREATE TRIGGER {0} BEFORE UPDATE ON {1} BEGIN SELECT 1; END"
ENTRY_GUARD = "core_auditentry_no_update"
ON_ENTRY = f"DROP TRIGGER {ENTRY_GUARD} ON core_auditentry"


def schema(table: str, old: str, new: str) -> tuple[str, ...]:
    """SQLite: the text of a table rewritten in the catalogue itself."""
    old, new = old.replace("'", "''"), new.replace("'", "''")
    return (
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') "
        f"WHERE type = 'table' AND name = '{table}'",
        "PRAGMA writable_schema = OFF",
    )


OVERDRAFT = 'CHECK (("guarded" = 0 OR "balance_cents" >= 0))'
CATALOGUE = [
    *of(
        SQLITE,
        "audit.guard",
        guard_dropped=f"DROP TRIGGER {ENTRY_GUARD}",
        guard_replaced_by_one_that_does_nothing=(
            f"DROP TRIGGER {ENTRY_GUARD}",
            NO_OP.format(ENTRY_GUARD, "core_auditentry"),
        ),
        guard_that_never_fires=(
            f"DROP TRIGGER {ENTRY_GUARD}",
            f"CREATE TRIGGER {ENTRY_GUARD} BEFORE UPDATE ON core_auditentry WHEN 0 "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        ),
        guard_of_one_column_only=(
            f"DROP TRIGGER {ENTRY_GUARD}",
            f"CREATE TRIGGER {ENTRY_GUARD} BEFORE UPDATE OF hash ON core_auditentry "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        ),
        guard_after_the_deed_that_forgives=(
            f"DROP TRIGGER {ENTRY_GUARD}",
            f"CREATE TRIGGER {ENTRY_GUARD} BEFORE UPDATE ON core_auditentry "
            "BEGIN SELECT RAISE(IGNORE); END",
        ),
        guard_hung_on_another_table=(
            f"DROP TRIGGER {ENTRY_GUARD}",
            NO_OP.format(ENTRY_GUARD, "core_job"),
        ),
        booking_that_moves_nothing=(
            "DROP TRIGGER ledger_transfer_book",
            "CREATE TRIGGER ledger_transfer_book AFTER INSERT ON ledger_transfer "
            "BEGIN SELECT 1; END",
        ),
        guard_of_replacing_dropped="DROP TRIGGER core_auditseal_no_replace",
        guard_of_balances_dropped="DROP TRIGGER ledger_account_update_booked_only",
        guard_of_files_dropped="DROP TRIGGER documents_storedfile_no_delete",
    ),
    *of(
        SQLITE,
        "audit.foreign",
        foreign_trigger_on_our_table=(
            "CREATE TRIGGER quiet AFTER INSERT ON agreements_agreement BEGIN SELECT 1; END"
        ),
        foreign_trigger_elsewhere_that_writes_ours=(
            "CREATE TRIGGER quiet AFTER INSERT ON django_migrations "
            "BEGIN UPDATE agreements_agreement SET amount_cents = 1; END"
        ),
        foreign_unique_index_that_refuses_the_lawful=(
            "CREATE UNIQUE INDEX only_one ON programme_party (name_key)"
        ),
        foreign_column="ALTER TABLE agreements_agreement ADD COLUMN extra integer",
    ),
    *of(
        SQLITE,
        "audit.definition",
        check_of_overdraft_voided=schema(
            "ledger_account", '"balance_cents" >= 0', '"balance_cents" IS NOT NULL'
        ),
        check_of_overdraft_replaced_by_true=schema(
            "ledger_account",
            'CONSTRAINT "account_not_overdrawn" CHECK (',
            'CONSTRAINT "account_not_overdrawn" CHECK (1 OR ',
        ),
        check_of_overdraft_under_another_name=schema(
            "ledger_account", '"account_not_overdrawn" CHECK (', '"harmless" CHECK (1 OR '
        ),
        check_of_four_eyes_replaced_by_true=schema(
            "allocation_scenario",
            'CONSTRAINT "scenario_four_eyes" CHECK (',
            'CONSTRAINT "scenario_four_eyes" CHECK (1 OR ',
        ),
        check_of_positive_amounts_voided=schema(
            "ledger_transfer", '"amount_cents" > 0', '"amount_cents" <> 0'
        ),
        unique_constraint_taken_out=schema(
            "ledger_account",
            ', CONSTRAINT "account_identity" UNIQUE (',
            ', CONSTRAINT "account_identity" CHECK (0 < 1 OR "book" IN (',
        ),
        unique_hash_taken_out=schema(
            "core_auditentry", '"hash" varchar(64) NOT NULL UNIQUE', '"hash" varchar(64) NOT NULL'
        ),
        empty_allowed_where_it_was_not=schema(
            "agreements_intake", '"trail" text NOT NULL', '"trail" text'
        ),
        foreign_key_taken_out=schema(
            "core_auditseal",
            'REFERENCES "core_auditentry" ("id") DEFERRABLE INITIALLY DEFERRED',
            "",
        ),
        unique_index_dropped="DROP INDEX edition_current_once",
        unique_index_replaced_by_a_plain_one=(
            "DROP INDEX edition_current_once",
            "CREATE INDEX edition_current_once ON publication_edition (agreement_id)",
        ),
        unique_index_of_nothing=(
            "DROP INDEX edition_current_once",
            "CREATE UNIQUE INDEX edition_current_once ON publication_edition (agreement_id) "
            "WHERE 0",
        ),
        table_replaced_by_a_view=(
            "ALTER TABLE notes_note RENAME TO hidden",
            "CREATE VIEW notes_note AS SELECT * FROM hidden",
        ),
    ),
    *of(
        POSTGRESQL,
        "audit.guard",
        guard_dropped=ON_ENTRY,
        guard_disabled=f"ALTER TABLE core_auditentry DISABLE TRIGGER {ENTRY_GUARD}",
        guard_for_replicas_only=f"ALTER TABLE core_auditentry ENABLE REPLICA TRIGGER {ENTRY_GUARD}",
        guard_always_even_in_a_replica=(
            f"ALTER TABLE core_auditentry ENABLE ALWAYS TRIGGER {ENTRY_GUARD}"
        ),
        all_guards_of_a_table_disabled="ALTER TABLE core_auditseal DISABLE TRIGGER USER",
        function_that_does_nothing=(
            f"CREATE OR REPLACE FUNCTION {ENTRY_GUARD}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$"
        ),
        function_that_swallows_the_change=(
            f"CREATE OR REPLACE FUNCTION {ENTRY_GUARD}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NULL; END $$"
        ),
        function_with_rights_of_another=f"ALTER FUNCTION {ENTRY_GUARD}() SECURITY DEFINER",
        function_with_a_setting=f"ALTER FUNCTION {ENTRY_GUARD}() SET search_path TO hidden, public",
        guard_that_never_fires=(
            ON_ENTRY,
            f"CREATE TRIGGER {ENTRY_GUARD} BEFORE UPDATE ON core_auditentry FOR EACH ROW "
            f"WHEN (false) EXECUTE FUNCTION {ENTRY_GUARD}()",
        ),
        guard_of_one_column_only=(
            ON_ENTRY,
            f"CREATE TRIGGER {ENTRY_GUARD} BEFORE UPDATE OF hash ON core_auditentry FOR EACH ROW "
            f"EXECUTE FUNCTION {ENTRY_GUARD}()",
        ),
        guard_that_calls_another_function=(
            "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; "
            "END $$",
            ON_ENTRY,
            f"CREATE TRIGGER {ENTRY_GUARD} BEFORE UPDATE ON core_auditentry FOR EACH ROW "
            "EXECUTE FUNCTION quiet()",
        ),
        guard_of_removing_without_truncate=(
            "DROP TRIGGER core_auditentry_no_delete ON core_auditentry",
            "CREATE TRIGGER core_auditentry_no_delete BEFORE DELETE ON core_auditentry "
            "FOR EACH STATEMENT EXECUTE FUNCTION core_auditentry_no_delete()",
        ),
        booking_that_moves_nothing=(
            "CREATE OR REPLACE FUNCTION ledger_transfer_book() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN NULL; END $$"
        ),
        guard_of_balances_dropped=(
            "DROP TRIGGER ledger_account_update_booked_only ON ledger_account"
        ),
    ),
    *of(
        POSTGRESQL,
        "audit.foreign",
        foreign_trigger_on_our_table=(
            "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; "
            "END $$",
            "CREATE TRIGGER a_quiet BEFORE INSERT ON agreements_agreement FOR EACH ROW "
            "EXECUTE FUNCTION quiet()",
        ),
        foreign_unique_index_that_refuses_the_lawful=(
            "CREATE UNIQUE INDEX only_one ON programme_party (name_key)"
        ),
        rule_that_does_something_instead=(
            "CREATE RULE quiet AS ON UPDATE TO agreements_intake DO INSTEAD NOTHING"
        ),
        rule_that_does_something_besides=(
            "CREATE RULE quiet AS ON INSERT TO notes_note DO ALSO "
            "UPDATE agreements_agreement SET amount_cents = 1"
        ),
        row_security_on="ALTER TABLE ledger_transfer ENABLE ROW LEVEL SECURITY",
        row_security_forced="ALTER TABLE ledger_transfer FORCE ROW LEVEL SECURITY",
        row_security_with_a_policy=(
            "CREATE POLICY quiet ON ledger_transfer USING (amount_cents < 100)",
        ),
        table_with_an_heir="CREATE TABLE heir () INHERITS (ledger_transfer)",
        foreign_keys_switched_off="ALTER TABLE core_auditseal DISABLE TRIGGER ALL",
        triggers_silent_for_a_role=(
            "CREATE ROLE quiet",
            "ALTER ROLE quiet SET session_replication_role = replica",
        ),
        triggers_silent_for_the_database=(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = "
            "replica', current_database()); END $$"
        ),
        triggers_silent_in_this_session="SET LOCAL session_replication_role = replica",
        other_tables_first_for_a_role=(
            "CREATE ROLE quiet",
            "ALTER ROLE quiet SET search_path = hidden, public",
        ),
        foreign_column="ALTER TABLE agreements_agreement ADD COLUMN extra integer",
        foreign_check="ALTER TABLE notes_note ADD CONSTRAINT quiet CHECK (length(text) < 9000)",
    ),
    *of(
        POSTGRESQL,
        "audit.definition",
        check_of_overdraft_dropped=(
            "ALTER TABLE ledger_account DROP CONSTRAINT account_not_overdrawn"
        ),
        check_of_overdraft_not_validated=(
            "ALTER TABLE ledger_account DROP CONSTRAINT account_not_overdrawn",
            "ALTER TABLE ledger_account ADD CONSTRAINT account_not_overdrawn "
            "CHECK (NOT guarded OR balance_cents >= 0) NOT VALID",
        ),
        check_of_overdraft_replaced_by_true=(
            "ALTER TABLE ledger_account DROP CONSTRAINT account_not_overdrawn",
            "ALTER TABLE ledger_account ADD CONSTRAINT account_not_overdrawn CHECK (true)",
        ),
        check_of_four_eyes_dropped=(
            "ALTER TABLE allocation_scenario DROP CONSTRAINT scenario_four_eyes"
        ),
        check_of_four_eyes_replaced_by_true=(
            "ALTER TABLE allocation_scenario DROP CONSTRAINT scenario_four_eyes",
            "ALTER TABLE allocation_scenario ADD CONSTRAINT scenario_four_eyes CHECK (true)",
        ),
        unique_constraint_dropped="ALTER TABLE ledger_account DROP CONSTRAINT account_identity",
        unique_index_dropped="DROP INDEX edition_current_once",
        unique_index_replaced_by_a_plain_one=(
            "DROP INDEX edition_current_once",
            "CREATE INDEX edition_current_once ON publication_edition (agreement_id)",
        ),
        unique_index_of_nothing=(
            "DROP INDEX edition_current_once",
            "CREATE UNIQUE INDEX edition_current_once ON publication_edition (agreement_id) "
            "WHERE false",
        ),
        unique_index_out_of_force=(
            "UPDATE pg_index SET indisvalid = false "
            "WHERE indexrelid = 'edition_current_once'::regclass"
        ),
        empty_allowed_where_it_was_not=(
            "ALTER TABLE agreements_intake ALTER COLUMN trail DROP NOT NULL"
        ),
        column_of_another_type="ALTER TABLE notes_note ALTER COLUMN year TYPE bigint",
        foreign_key_dropped=(
            "DO $$ DECLARE name text; BEGIN SELECT conname INTO name FROM pg_constraint WHERE "
            "conrelid = 'core_auditseal'::regclass AND contype = 'f'; "
            "EXECUTE format('ALTER TABLE core_auditseal DROP CONSTRAINT %I', name); END $$"
        ),
        foreign_key_that_deletes_along=(
            "DO $$ DECLARE name text; BEGIN SELECT conname INTO name FROM pg_constraint WHERE "
            "conrelid = 'core_auditseal'::regclass AND contype = 'f'; "
            "EXECUTE format('ALTER TABLE core_auditseal DROP CONSTRAINT %I', name); "
            "EXECUTE format('ALTER TABLE core_auditseal ADD CONSTRAINT %I FOREIGN KEY (entry_id) "
            "REFERENCES core_auditentry ON DELETE CASCADE', name); END $$"
        ),
        table_replaced_by_a_view=(
            "ALTER TABLE notes_note RENAME TO hidden",
            "CREATE VIEW notes_note AS SELECT * FROM hidden",
        ),
        table_lost_at_a_crash="ALTER TABLE core_sentform SET UNLOGGED",
    ),
]
