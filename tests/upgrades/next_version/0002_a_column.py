"""A column more, filled for every row that is there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds it."""

    dependencies = (("inbox", "0001_initial"),)
    operations = (migrations.AddField("outflow", "later", models.CharField(default="so far", max_length=20)),)
