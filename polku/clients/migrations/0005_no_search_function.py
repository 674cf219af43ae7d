"""Nobody asks the search function any more: names are compared among the visible clients alone."""

from importlib import import_module

from django.db import migrations

# Asked once, the extension knows its settings, which the function names.
BEFORE = (
    "SELECT similarity('a', 'a');\n"
    + import_module("polku.clients.migrations.0003_search").CREATE
    + """
GRANT SELECT ON clients_client TO polku_search;
CREATE POLICY search_reads ON clients_client FOR SELECT TO polku_search USING (true);
"""
)
AWAY = """
DROP FUNCTION polku_find_clients(text, integer);
DROP POLICY IF EXISTS search_reads ON clients_client;
REVOKE ALL ON clients_client FROM polku_search;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0004_births")]

    operations = [migrations.RunSQL(AWAY, BEFORE)]
