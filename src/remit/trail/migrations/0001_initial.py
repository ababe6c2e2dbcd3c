"""The tables of trail."""

import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('act', remit.core.fields.Word(max_length=64)),
                ('subject', models.CharField(max_length=80)),
                ('team', remit.core.fields.Word(blank=True, max_length=64)),
                ('data', models.JSONField(default=dict)),
                ('words_hash', models.CharField(blank=True, max_length=64)),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('number',),
                'indexes': [models.Index(fields=['subject', 'number'], name='trail_of_a_subject'), models.Index(fields=['member', 'number'], name='trail_of_a_member')],
            },
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='words', serialize=False, to='trail.entry')),
                ('salt', models.CharField(max_length=32)),
                ('text', models.TextField(blank=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
