"""The tables of jobs."""

import remit.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(max_length=200, unique=True)),
                ('every_seconds', models.PositiveIntegerField()),
                ('next_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', remit.core.fields.Word(max_length=64, unique=True)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(max_length=200)),
                ('arguments', models.JSONField(default=dict)),
                ('unique_key', models.CharField(blank=True, max_length=120)),
                ('priority', models.SmallIntegerField(default=0)),
                ('run_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('worker', models.CharField(blank=True, max_length=64)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('needs_person_at', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('finished_at', None), ('needs_person_at', None)), fields=['-priority', 'run_at', 'id'], name='jobs_waiting'), models.Index(condition=models.Q(('finished_at', None)), fields=['needs_person_at'], name='jobs_need_a_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at', None), ('needs_person_at', None), ('worker', ''), models.Q(('unique_key', ''), _negated=True)), fields=('unique_key',), name='one_job_a_key')],
            },
        ),
    ]
