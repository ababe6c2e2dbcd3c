"""The search of complaints."""

from django.db import migrations

from remit.complaints import search_tables


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: search_tables.install(editor),
            lambda _apps, editor: search_tables.remove(editor),
        )
    ]
