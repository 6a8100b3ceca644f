from typing import Any

from django.db import migrations, models

from zielwerk.publication.models import EarmarkCodes


def fill(apps: Any, schema_editor: Any) -> None:
    """Editions of before get the codes of their earmarks, by which the list is filtered."""
    editions = apps.get_model("publication", "Edition")
    for edition in editions.objects.using(schema_editor.connection.alias).iterator():
        edition.save(update_fields=["earmarks"])


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_changed_agreements")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="earmarks",
            field=EarmarkCodes(verbose_name="Zweckbindungen"),
        ),
        migrations.AddField(
            model_name="edition",
            name="not_before",
            field=models.DateField(blank=True, null=True, verbose_name="Sperrfrist bis"),
        ),
        migrations.AddField(
            model_name="edition",
            name="redactions",
            field=models.JSONField(blank=True, default=list, verbose_name="Schwärzungen"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
