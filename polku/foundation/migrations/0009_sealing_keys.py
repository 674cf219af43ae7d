"""A register's sealing key can be changed: the new one, and for a time the one before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0008_shown_in_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="registerkey",
            name="sealing",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="registerkey",
            name="sealing_before",
            field=models.BinaryField(editable=False, null=True),
        ),
    ]
