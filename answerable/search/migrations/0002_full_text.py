"""The full-text index, each database's own."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE search_fts USING fts5("
    "scope, text, content='', tokenize='unicode61 remove_diacritics 0')",
    # Contentless, so that words are stored once; a passage that goes takes its words along.
    "CREATE TRIGGER search_passage_gone AFTER DELETE ON search_passage BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, scope, text) VALUES ('delete', old.id,"
    " 'w' || old.workspace_id || ' i' || old.inbox_id, old.text); END",
]
POSTGRESQL = [
    "ALTER TABLE search_passage ADD COLUMN search tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', 'w' || workspace_id::text || ' i' || inbox_id::text), 'A')"
    " || setweight(to_tsvector('simple', text), 'D')) STORED",
    "CREATE INDEX search_passage_search ON search_passage USING gin (search)",
]


def make(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
