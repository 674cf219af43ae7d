"""Search by name that may use the trigram index: under a policy the index is left aside.

The function belongs to polku_search, which may read the table, and answers only within the
register that the transaction has named, so it opens no wall.
"""

from django.db import migrations

CREATE = """
CREATE OR REPLACE FUNCTION polku_find_clients(query text, at_most integer)
RETURNS TABLE (client_id uuid, likeness real)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.45
AS $$
  SELECT id, word_similarity(query, search_name)
  FROM clients_client
  WHERE register_id = nullif(current_setting('polku.register', true), '')::uuid
    AND nullif(current_setting('polku.client', true), '') IS NULL
    AND query <% search_name
  ORDER BY 2 DESC, sort_key
  LIMIT at_most
$$;
REVOKE ALL ON FUNCTION polku_find_clients(text, integer) FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO polku_search;
ALTER FUNCTION polku_find_clients(text, integer) OWNER TO polku_search;
REVOKE CREATE ON SCHEMA public FROM polku_search;
GRANT EXECUTE ON FUNCTION polku_find_clients(text, integer) TO polku_app, polku_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0002_initial")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION polku_find_clients(text, integer)"),
    ]
