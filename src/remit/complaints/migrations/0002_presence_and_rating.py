"""Who has a page open, when a customer is asked how it went, and a mail that is on its way."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import remit.core.fields


class Migration(migrations.Migration):
    dependencies = [  # noqa: RUF012 (the form that Django reads)
        ("complaints", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [  # noqa: RUF012
        migrations.AddField("closure", "rating_asked_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "message",
            "mail_state",
            remit.core.fields.Word(
                choices=[
                    ("none", "shown on the customer's page"),
                    ("waits", "leaves in a moment"),
                    ("sending", "on its way"),
                    ("sent", "sent"),
                    ("failed", "could not be sent"),
                    ("taken-back", "undone before it left"),
                ],
                default="none",
                max_length=64,
            ),
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(db_index=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("complaint", "member"), name="here_once")],
            },
        ),
        migrations.CreateModel(
            name="RatingSetting",
            fields=[
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="rating_setting",
                        serialize=False,
                        to="people.team",
                    ),
                ),
                ("asks", models.BooleanField(default=True)),
                ("after_hours", models.PositiveSmallIntegerField(default=24)),
            ],
        ),
    ]
