"""A team's relation tells since when the client has an own coach whose time has no end yet.

Whoever looks for the team's clients without a coach need then not ask about each of thousands.
By trigger, since coaches are named one by one, in hand-overs and in bulk.
"""

import django.db.models
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION polku_led_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Locked, so that an ending on its way at the same moment is waited for.
  NEW.led_from := (
    SELECT r.starts_at FROM foundation_relation r
    WHERE r.client_id = NEW.client_id AND r.kind = 'own' AND r.ends_at IS NULL FOR SHARE);
  RETURN NEW;
END $$;

CREATE FUNCTION polku_led_coach() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE foundation_relation SET led_from = NULL
    WHERE client_id = OLD.client_id AND kind = 'team' AND led_from = OLD.starts_at;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.ends_at IS NULL THEN
    UPDATE foundation_relation SET led_from = NEW.starts_at
    WHERE client_id = NEW.client_id AND kind = 'team';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER led_team BEFORE INSERT OR UPDATE ON foundation_relation
  FOR EACH ROW WHEN (NEW.kind = 'team') EXECUTE FUNCTION polku_led_team();

CREATE TRIGGER led_coach_named AFTER INSERT ON foundation_relation
  FOR EACH ROW WHEN (NEW.kind = 'own') EXECUTE FUNCTION polku_led_coach();

CREATE TRIGGER led_coach_changed AFTER UPDATE ON foundation_relation
  FOR EACH ROW WHEN (OLD.kind = 'own' OR NEW.kind = 'own') EXECUTE FUNCTION polku_led_coach();

CREATE TRIGGER led_coach_gone AFTER DELETE ON foundation_relation
  FOR EACH ROW WHEN (OLD.kind = 'own') EXECUTE FUNCTION polku_led_coach();
"""

# The walls stand for the owner too: one register after another.
FILL = """
DO $$
DECLARE one uuid;
BEGIN
  FOR one IN SELECT id FROM foundation_register LOOP
    PERFORM set_config('polku.register', one::text, true);
    UPDATE foundation_relation SET kind = kind WHERE kind = 'team' AND register_id = one;
  END LOOP;
  PERFORM set_config('polku.register', '', true);
END $$;
"""

AWAY = """
DROP TRIGGER led_coach_gone ON foundation_relation;
DROP TRIGGER led_coach_changed ON foundation_relation;
DROP TRIGGER led_coach_named ON foundation_relation;
DROP TRIGGER led_team ON foundation_relation;
DROP FUNCTION polku_led_coach();
DROP FUNCTION polku_led_team();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0005_foresee"),
    ]

    operations = [
        migrations.AddField(
            model_name="relation",
            name="led_from",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(
                fields=["register", "team", "led_from"],
                condition=django.db.models.Q(kind="team"),
                name="relation_of_team_by_lead",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, AWAY),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
