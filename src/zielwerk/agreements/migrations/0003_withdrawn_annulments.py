"""A request to annul may be withdrawn, and asked for again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_changed_agreements")]

    operations = [
        migrations.RemoveConstraint(model_name="annulment", name="annulment_once"),
        migrations.AddConstraint(
            model_name="annulment",
            constraint=models.UniqueConstraint(
                fields=["agreement"],
                condition=~models.Q(state__in=("rejected", "withdrawn")),
                name="annulment_once",
            ),
        ),
    ]
