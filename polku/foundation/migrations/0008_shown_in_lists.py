"""Which lists and searches have shown a client: an index, and the function that may use it.

The function belongs to polku_search, which may read the record, and answers only within the
register that the transaction has named; in a client's own session about that client alone.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

CREATE = """
CREATE FUNCTION polku_shown_in_lists(
  whom uuid, since timestamptz, until timestamptz, at_most integer)
RETURNS TABLE (id bigint, at timestamptz, actor_kind varchar, actor_user uuid, role uuid,
  action varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  -- Found first and sorted then: else a long run through time might be tried.
  WITH found AS MATERIALIZED (
    SELECT e.id, e.at, e.actor_kind, e.actor_user, e.role, e.action
    FROM foundation_auditentry e
    WHERE e.shown @> ARRAY[whom] AND e.shown <> '{}'
      AND e.register_id = nullif(current_setting('polku.register', true), '')::uuid
      AND coalesce(nullif(current_setting('polku.client', true), '')::uuid, whom) = whom
      AND e.client IS DISTINCT FROM whom AND e.at >= since AND e.at < until)
  SELECT * FROM found ORDER BY at DESC LIMIT at_most
$$;
REVOKE ALL ON FUNCTION polku_shown_in_lists(uuid, timestamptz, timestamptz, integer) FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO polku_search;
ALTER FUNCTION polku_shown_in_lists(uuid, timestamptz, timestamptz, integer) OWNER TO polku_search;
REVOKE CREATE ON SCHEMA public FROM polku_search;
GRANT EXECUTE ON FUNCTION polku_shown_in_lists(uuid, timestamptz, timestamptz, integer)
  TO polku_app, polku_worker;
"""
DROP = "DROP FUNCTION polku_shown_in_lists(uuid, timestamptz, timestamptz, integer)"


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0007_history'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['register', '-at'], name='audit_by_time'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('shown', []), _negated=True), fields=['shown'], gin_pending_list_limit=256, name='audit_by_shown'),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
