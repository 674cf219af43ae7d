from django.db import migrations

# What was decided is never lost: a row is added, and may be withdrawn. Nothing else, whoever asks.
LAID = """
CREATE OR REPLACE FUNCTION polku_law_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id'
     IS DISTINCT FROM to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id' THEN
    RAISE EXCEPTION 'a decided value of the law is only ever added or withdrawn';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER law_stays BEFORE UPDATE OR DELETE ON law_keptvalue
  FOR EACH ROW EXECUTE FUNCTION polku_law_stays();
"""
AWAY = """
DROP TRIGGER IF EXISTS law_stays ON law_keptvalue;
DROP FUNCTION IF EXISTS polku_law_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial")]
    operations = [migrations.RunSQL(LAID, AWAY)]
