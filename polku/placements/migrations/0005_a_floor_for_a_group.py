# A floor for a group in a round

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0011_text_messages'),
        ('placements', '0004_reason_of_a_no'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='floor_group',
            field=models.CharField(blank=True, choices=[('waits_3', 'have waited for three months or more'), ('waits_6', 'have waited for six months or more'), ('waits_12', 'have waited for a year or more'), ('under_25', 'are under 25'), ('under_30', 'are under 30'), ('over_55', 'are 55 or older'), ('part', 'can work 20 hours a week at most'), ('no_car', 'get there without a car')], max_length=8),
        ),
        migrations.AddField(
            model_name='round',
            name='floor_heads',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('floor_group', ''), ('floor_heads__isnull', True)), models.Q(models.Q(('floor_group', ''), _negated=True), ('floor_heads__gte', 1), ('floor_heads__isnull', False)), _connector='OR'), name='round_floor_is_whole'),
        ),
    ]
