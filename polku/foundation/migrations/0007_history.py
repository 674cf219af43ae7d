"""The history of rows. Its triggers are laid from the models after each migration."""

import django.db.models.deletion
from django.db import migrations, models

from polku.foundation.history import AWAY


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0006_led_from'),
    ]

    operations = [
        migrations.CreateModel(
            name='RowChange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('client', models.UUIDField(null=True)),
                ('source', models.CharField(max_length=63)),
                ('thing', models.UUIDField()),
                ('op', models.CharField(choices=[('added', 'Added'), ('changed', 'Changed'), ('removed', 'Removed')], max_length=8)),
                ('guarded', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('actor_kind', models.CharField(max_length=8)),
                ('actor_user', models.UUIDField(null=True)),
                ('actor_client', models.UUIDField(null=True)),
                ('actor_name', models.CharField(max_length=80)),
                ('role', models.UUIDField(null=True)),
                ('request', models.CharField(max_length=32)),
                ('was', models.JSONField(null=True)),
                ('became', models.JSONField(null=True)),
                ('register', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.register')),
            ],
            options={
                'indexes': [models.Index(fields=['register', 'client', '-id'], name='change_by_client')],
            },
        ),
        # Backwards: the triggers go with their functions, before the table does.
        migrations.RunSQL(migrations.RunSQL.noop, AWAY),
    ]
