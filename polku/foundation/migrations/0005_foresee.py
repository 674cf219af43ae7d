"""Whoever was told of beforehand is shut out as the record is opened, however it is opened.

By trigger, since records are opened one by one, by imports in bulk, and get their identity code
later by hand: a conflict of interest must not depend on the way.
"""

from django.db import migrations

FUNCTIONS = """
CREATE OR REPLACE FUNCTION polku_foresee_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO foundation_recusal
    (id, register_id, client_id, user_id, ground, starts_at, declared_by_id)
  SELECT gen_random_uuid(), c.register_id, c.id, f.user_id, f.ground, c.changed_at, f.user_id
  FROM fresh c JOIN foundation_foreseenrecusal f
    ON f.register_id = c.register_id AND f.identity_index = c.identity_index;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION polku_foresee_identified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO foundation_recusal
    (id, register_id, client_id, user_id, ground, starts_at, declared_by_id)
  SELECT gen_random_uuid(), NEW.register_id, NEW.id, f.user_id, f.ground, NEW.changed_at, f.user_id
  FROM foundation_foreseenrecusal f
  WHERE f.register_id = NEW.register_id AND f.identity_index = NEW.identity_index
    AND NOT EXISTS (
      SELECT 1 FROM foundation_recusal r
      WHERE r.client_id = NEW.id AND r.user_id = f.user_id
        AND (r.ends_at IS NULL OR r.ends_at > NEW.changed_at));
  RETURN NULL;
END $$;

CREATE TRIGGER foresee_opened AFTER INSERT ON clients_client
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION polku_foresee_opened();

CREATE TRIGGER foresee_identified AFTER UPDATE OF identity_index ON clients_client
  FOR EACH ROW WHEN (OLD.identity_index IS DISTINCT FROM NEW.identity_index)
  EXECUTE FUNCTION polku_foresee_identified();
"""

AWAY = """
DROP TRIGGER foresee_identified ON clients_client;
DROP TRIGGER foresee_opened ON clients_client;
DROP FUNCTION polku_foresee_identified();
DROP FUNCTION polku_foresee_opened();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0004_door"),
        ("clients", "0003_search"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS, AWAY)]
