"""What flowed between two accounts is kept by day and by month; a reversal is unique where it is."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

MONTH = {
    "sqlite": "date({day}, 'start of month')",
    "postgresql": "date_trunc('month', {day})::date",
}


def account(name: str, **options: Any) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="ledger.account",
        verbose_name=name,
        **options,
    )


def fill(apps: Any, editor: Any) -> None:
    """Sum up the transfers that are there."""
    month = MONTH[editor.connection.vendor]
    months = ", ".join(month.format(day=day) for day in ("value_date", "recorded_on"))
    with editor.connection.cursor() as cursor:
        cursor.execute("""INSERT INTO ledger_flowday
            (source_id, target_id, value_date, recorded_on, amount_cents)
            SELECT source_id, target_id, value_date, recorded_on, sum(amount_cents)
            FROM ledger_transfer GROUP BY source_id, target_id, value_date, recorded_on""")
        cursor.execute(f"""INSERT INTO ledger_flowmonth
            (source_id, target_id, value_month, recorded_month, amount_cents)
            SELECT source_id, target_id, {months}, sum(amount_cents)
            FROM ledger_flowday GROUP BY source_id, target_id, {months}""")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_authorisation")]

    operations = [
        migrations.CreateModel(
            name="FlowDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", account("von", db_index=False)),
                ("target", account("nach", db_index=False)),
                ("value_date", models.DateField(db_index=True, verbose_name="Wertstellung")),
                ("recorded_on", models.DateField(db_index=True, verbose_name="Tag der Erfassung")),
                ("amount_cents", models.BigIntegerField(verbose_name="Betrag in Cent")),
            ],
            options={
                "verbose_name": "Tagesumsatz",
                "verbose_name_plural": "Tagesumsätze",
                "ordering": ["source", "target", "value_date", "recorded_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "target", "value_date", "recorded_on"), name="flow_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FlowMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", account("von", db_index=False)),
                ("target", account("nach")),
                ("value_month", models.DateField(verbose_name="Monat der Wertstellung")),
                ("recorded_month", models.DateField(verbose_name="Monat der Erfassung")),
                ("amount_cents", models.BigIntegerField(verbose_name="Betrag in Cent")),
            ],
            options={
                "verbose_name": "Monatsumsatz",
                "verbose_name_plural": "Monatsumsätze",
                "ordering": ["source", "target", "value_month", "recorded_month"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "target", "value_month", "recorded_month"),
                        name="flow_month",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="transfer",
            name="reverses",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversed_by",
                to="ledger.transfer",
                verbose_name="storniert",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)),
                fields=("reverses",),
                name="transfer_reversed_once",
            ),
        ),
    ]
