"""The tables of big days."""

import django.db.models.deletion
import django.db.models.functions.text
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('purpose', '0002_guard'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=160)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('day', models.DateField(blank=True, null=True)),
                ('begins', models.TimeField()),
                ('ends', models.TimeField()),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan_revision', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('called_off_at', models.DateTimeField(blank=True, null=True)),
                ('called_off_why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.event')),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='purpose.objective')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='people.team')),
            ],
            options={
                'ordering': ('starts_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('skills', models.JSONField(default=list)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='events.event')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('member__name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stays', to='events.person')),
            ],
            options={
                'ordering': ('starts_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=160)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('days_before', models.SmallIntegerField(default=0)),
                ('at', models.TimeField()),
                ('minutes', models.PositiveIntegerField()),
                ('air', models.PositiveIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('after', models.ManyToManyField(blank=True, related_name='before', to='events.task')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='events.event')),
            ],
            options={
                'ordering': ('-days_before', 'at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Thing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', remit.core.fields.Word(choices=[('equipment', 'Equipment'), ('room', 'Room')], max_length=64)),
                ('name', models.CharField(max_length=60)),
                ('count', models.PositiveIntegerField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='things', to='people.team')),
            ],
            options={
                'ordering': ('kind', 'name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('skill', models.CharField(blank=True, max_length=40)),
                ('count', models.PositiveSmallIntegerField(default=1)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='events.task')),
                ('thing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='events.thing')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.SmallIntegerField()),
                ('skill', models.CharField(blank=True, max_length=40)),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='events.person')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='events.task')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['team', 'starts_at', 'id'], name='events_of_a_team'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['objective', '-id'], name='events_of_an_objective'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('made_by', 'stamp'), name='one_event_a_form'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='an_event_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day', None), ('ends_at', None), ('starts_at', None)), models.Q(('day__isnull', False), ('ends_at__gt', models.F('starts_at')), ('starts_at__isnull', False)), _connector='OR'), name='an_event_has_its_hours'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('called_off_at', None), models.Q(('called_off_why', ''), _negated=True), _connector='OR'), name='called_off_with_a_why'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['member', 'event'], name='events_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('event', 'member'), name='each_member_once'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.UniqueConstraint(fields=('person', 'starts_at', 'ends_at'), name='each_stay_once'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_stay_ends_after_start'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['event', '-days_before', 'at', 'id'], name='tasks_of_an_event'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('event', 'stamp'), name='one_event_task_a_form'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='an_event_task_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='an_event_task_takes_time'),
        ),
        migrations.AddConstraint(
            model_name='thing',
            constraint=models.UniqueConstraint(models.F('team'), django.db.models.functions.text.Lower('name'), name='one_thing_a_name'),
        ),
        migrations.AddConstraint(
            model_name='thing',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1), models.Q(('name', ''), _negated=True)), name='a_thing_is_there'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('thing', None)), fields=('task', 'skill'), name='each_skill_once'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('thing__isnull', False)), fields=('task', 'thing'), name='each_thing_once'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('thing', None), ('skill', ''), _connector='OR'), name='a_thing_has_no_skill'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='a_need_is_one_at_least'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at', None), ('skill', ''), ('starts_at', None), ('task__isnull', False)), models.Q(('ends_at', None), ('starts_at', None), ('task', None), models.Q(('skill', ''), _negated=True)), models.Q(('ends_at__gt', models.F('starts_at')), ('skill', ''), ('starts_at__isnull', False), ('task', None)), _connector='OR'), name='a_wish_says_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(('weight__range', (1, 3)), ('weight__range', (-3, -1)), _connector='OR'), name='a_wish_has_a_weight'),
        ),
    ]
