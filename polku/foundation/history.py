"""History of rows: what stood before each change, written by triggers, so that raw SQL counts too.

Each model says in a word of its own whether its changes are kept:

    history = Kept(besides="version changed_at")   # every column but these
    history = Kept(only="wish wish_pace")          # these columns alone
    history = NotKept("why nothing would be lost")

A change is one row of `foundation_rowchange`: what was and what became, of the columns that differ
alone. Columns of class "guarded" go into a row of their own behind the guarded wall; of those of
class "secret" nothing is kept but that they changed, and only where `marks` names them. Who
changed it is named by `walls.enter(by=…)`; with nobody named, the site's roles are refused. A
person's history goes with the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from polku.foundation.protection import protection_of

TABLE = "foundation_rowchange"
CLIENTS = "clients_client"


@dataclass(frozen=True)
class Kept:
    """Changes of the model are kept; field names as words, relations without `_id`."""

    besides: str = ""
    only: str = ""
    marks: str = ""


@dataclass(frozen=True)
class NotKept:
    """Changes of the model are not kept, and why."""

    why: str


def word_of(model: type[models.Model]) -> Kept | NotKept | None:
    """Return the model's own word; an inherited one does not count."""
    word = model.__dict__.get("history")
    return word if isinstance(word, (Kept, NotKept)) else None


def kept_models() -> list[type[models.Model]]:
    """Return the models whose changes are kept, by their tables."""
    found = [m for m in apps.get_models() if isinstance(word_of(m), Kept)]
    return sorted(found, key=lambda m: m._meta.db_table)


def columns_of(model: type[models.Model]) -> tuple[list[str], list[str], list[str]]:
    """Return the columns kept openly, behind the guarded wall, and marked as changed only."""
    word = word_of(model)
    assert isinstance(word, Kept)
    classes = protection_of(model)
    only, besides = word.only.split(), {"id", "register", *word.besides.split()}
    plain, guarded, marked = [], [], []
    for field in model._meta.concrete_fields:
        name = field.name
        if name in besides or (only and name not in only and name not in word.marks.split()):
            continue
        if classes.get(name) == "secret":
            if name in word.marks.split():
                marked.append(field.column)
        elif classes.get(name) == "guarded":
            guarded.append(field.column)
        else:
            plain.append(field.column)
    return plain, guarded, marked


def faults_of(model: type[models.Model]) -> Iterator[str]:
    """Tell what is wrong with a model's word, in words for the check."""
    word = word_of(model)
    if word is None:
        yield "does not say whether its changes are kept"
        return
    if isinstance(word, NotKept):
        if not word.why.strip():
            yield "keeps no history and does not say why"
        return
    fields = {f.name for f in model._meta.concrete_fields}
    for name in f"{word.besides} {word.only} {word.marks}".split():
        if name not in fields:
            yield f"speaks of {name}, which it lacks"
    if "register" not in fields or not isinstance(model._meta.pk, models.UUIDField):
        yield "needs a register and an id of its own to keep its changes"


def _client_column(model: Any) -> str:
    names = {f.name: f.column for f in model._meta.concrete_fields}
    if model._meta.db_table == CLIENTS:
        return "id"
    return names.get("client", "")


# The functions run as the owner of the tables, for the site's roles may not write here themselves.
ACTOR = """
CREATE OR REPLACE FUNCTION polku_actor() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  said text[] := string_to_array(current_setting('polku.actor', true), '|');
BEGIN
  IF (said[1] = 'staff' AND said[2] <> '') OR (said[1] = 'client' AND said[3] <> '')
     OR (said[1] IN ('system', 'host') AND said[7] <> '') THEN
    RETURN said;
  END IF;
  -- Who owns the database may mend a row by hand; that stands in the history under its role.
  IF pg_has_role(session_user, current_user, 'MEMBER') THEN
    RETURN ARRAY['system', '', '', '', '', now()::text, 'database: ' || session_user];
  END IF;
  RAISE EXCEPTION 'nobody is named as the one who changes this row'
    USING ERRCODE = 'insufficient_privilege',
      HINT = 'Name who acts with polku.foundation.walls.enter(by=…) or inside(…).';
END $$
"""

ADDED = f"""
CREATE OR REPLACE FUNCTION polku_history_added() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  a text[];
BEGIN
  IF NOT EXISTS (SELECT FROM fresh) THEN RETURN NULL; END IF;
  a := polku_actor();
  IF TG_ARGV[0] = 'id' THEN
    INSERT INTO {TABLE} (register_id, client, source, thing, op, guarded, at, actor_kind,
      actor_user, actor_client, actor_name, role, request)
    SELECT f.register_id, f.id, TG_TABLE_NAME, f.id, 'added', false, a[6]::timestamptz, a[1],
      nullif(a[2], '')::uuid, nullif(a[3], '')::uuid, coalesce(a[7], ''), nullif(a[4], '')::uuid,
      coalesce(a[5], '')
    FROM fresh f;
  ELSIF TG_ARGV[0] = 'client_id' THEN
    INSERT INTO {TABLE} (register_id, client, source, thing, op, guarded, at, actor_kind,
      actor_user, actor_client, actor_name, role, request)
    SELECT f.register_id, f.client_id, TG_TABLE_NAME, f.id, 'added', false, a[6]::timestamptz,
      a[1], nullif(a[2], '')::uuid, nullif(a[3], '')::uuid, coalesce(a[7], ''),
      nullif(a[4], '')::uuid, coalesce(a[5], '')
    FROM fresh f;
  ELSE
    INSERT INTO {TABLE} (register_id, client, source, thing, op, guarded, at, actor_kind,
      actor_user, actor_client, actor_name, role, request)
    SELECT f.register_id, NULL, TG_TABLE_NAME, f.id, 'added', false, a[6]::timestamptz, a[1],
      nullif(a[2], '')::uuid, nullif(a[3], '')::uuid, coalesce(a[7], ''), nullif(a[4], '')::uuid,
      coalesce(a[5], '')
    FROM fresh f;
  END IF;
  RETURN NULL;
END $$
"""

# Arguments: the column of the client, then the columns kept openly, guarded, marked, as arrays.
# Loops over names, since an aggregate would take five times as long for one row.
CHANGED = f"""
CREATE OR REPLACE FUNCTION polku_history_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  old_row jsonb := to_jsonb(OLD);
  new_row jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(NEW) END;
  whom uuid := nullif(old_row ->> TG_ARGV[0], '')::uuid;
  was jsonb[] := ARRAY[NULL, NULL]::jsonb[];
  became jsonb[] := ARRAY[NULL, NULL]::jsonb[];
  name text;
  a text[];
BEGIN
  FOR kind IN 1..3 LOOP
    FOREACH name IN ARRAY TG_ARGV[kind]::text[] LOOP
      IF old_row -> name IS NOT DISTINCT FROM new_row -> name THEN
        CONTINUE;
      ELSIF kind = 2 THEN
        was[2] := coalesce(was[2], '{{}}') || jsonb_build_object(name, old_row -> name);
        became[2] := coalesce(became[2], '{{}}') || jsonb_build_object(name, new_row -> name);
      ELSE
        was[1] := coalesce(was[1], '{{}}') || jsonb_build_object(
          name, CASE kind WHEN 1 THEN old_row -> name END);
        became[1] := coalesce(became[1], '{{}}') || jsonb_build_object(
          name, CASE kind WHEN 1 THEN new_row -> name END);
      END IF;
    END LOOP;
  END LOOP;
  FOR part IN 1..2 LOOP
    CONTINUE WHEN was[part] IS NULL;
    IF a IS NULL THEN
      -- What is swept away together with a person is not written down any more.
      IF TG_OP = 'DELETE' AND whom IS NOT NULL AND NOT EXISTS
        (SELECT FROM {CLIENTS} WHERE id = whom) THEN RETURN NULL;
      END IF;
      a := polku_actor();
    END IF;
    INSERT INTO {TABLE} (register_id, client, source, thing, op, guarded, at, actor_kind,
      actor_user, actor_client, actor_name, role, request, was, became)
    VALUES ((old_row ->> 'register_id')::uuid, whom, TG_TABLE_NAME, (old_row ->> 'id')::uuid,
      CASE TG_OP WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END, part = 2,
      a[6]::timestamptz, a[1], nullif(a[2], '')::uuid, nullif(a[3], '')::uuid, coalesce(a[7], ''),
      nullif(a[4], '')::uuid, coalesce(a[5], ''), was[part],
      CASE TG_OP WHEN 'UPDATE' THEN became[part] END);
  END LOOP;
  RETURN NULL;
END $$
"""

# Guarded rows go too, whatever register and client the transaction has named.
WIPED = f"""
CREATE OR REPLACE FUNCTION polku_history_wiped() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before text[] := ARRAY[current_setting('polku.register', true),
    current_setting('polku.client', true), current_setting('polku.guarded', true)];
BEGIN
  PERFORM set_config('polku.register', OLD.register_id::text, true),
    set_config('polku.client', '', true), set_config('polku.guarded', OLD.id::text, true);
  DELETE FROM {TABLE} WHERE register_id = OLD.register_id AND client = OLD.id;
  PERFORM set_config('polku.register', coalesce(before[1], ''), true),
    set_config('polku.client', coalesce(before[2], ''), true),
    set_config('polku.guarded', coalesce(before[3], ''), true);
  RETURN NULL;
END $$
"""

# Taken away together with the table: every trigger goes with its function.
AWAY = """
DROP FUNCTION IF EXISTS polku_history_added() CASCADE;
DROP FUNCTION IF EXISTS polku_history_changed() CASCADE;
DROP FUNCTION IF EXISTS polku_history_wiped() CASCADE;
DROP FUNCTION IF EXISTS polku_actor() CASCADE;
"""

_STALE = """
DO $$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname IN ('history_added', 'history_changed', 'history_removed')
      AND NOT c.relname = ANY ('{tables}')
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', one.tgname, one.relname);
  END LOOP;
END $$
"""


def statements() -> list[str]:
    """Return the SQL that lays functions and triggers, from the models; safe to run again."""
    tables = [m._meta.db_table for m in kept_models()]
    sql = [ACTOR, ADDED, CHANGED, WIPED, _STALE.replace("tables", ",".join(tables))]
    for model in kept_models():
        sql += _triggers(model)
    return sql


def _triggers(model: type[models.Model]) -> list[str]:
    table, client = model._meta.db_table, _client_column(model)
    words = ", ".join(f"'{{{','.join(columns)}}}'" for columns in columns_of(model))
    each = f"FOR EACH ROW EXECUTE FUNCTION polku_history_changed('{client}', {words})"
    sql = [
        f'CREATE OR REPLACE TRIGGER history_added AFTER INSERT ON "{table}" '
        "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT "
        f"EXECUTE FUNCTION polku_history_added('{client}')",
        f'CREATE OR REPLACE TRIGGER history_changed AFTER UPDATE ON "{table}" {each}',
    ]
    if table != CLIENTS:
        return [*sql, f'CREATE OR REPLACE TRIGGER history_removed AFTER DELETE ON "{table}" {each}']
    # Always: a person's history goes even where an owner's bulk work wakes no other trigger.
    return [
        *sql,
        f'CREATE OR REPLACE TRIGGER history_removed AFTER DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION polku_history_wiped()",
        f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER history_removed',
    ]
