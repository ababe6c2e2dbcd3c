"""The tables of the looks back, of what was undertaken about causes, and of the balance."""

import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('charters', '0002_guard'),
        ('people', '0001_initial'),
        ('procedures', '0002_guard'),
        ('work', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LookBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('over', models.JSONField(default=list)),
                ('of', remit.core.fields.Word(choices=[('limit', 'the one in force, with another limit'), ('draft', 'a draft'), ('text', 'another text')], max_length=64)),
                ('named', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('above_text', models.TextField(blank=True)),
                ('mode', remit.core.fields.Word(choices=[('as recorded', 'as recorded'), ('open loop', 'open loop'), ('closed loop', 'closed loop')], max_length=64)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('at', models.DateTimeField()),
                ('rows', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('answer', models.JSONField(blank=True, null=True)),
                ('behind', models.BinaryField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('failed', models.CharField(blank=True, max_length=300)),
                ('above', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.version')),
                ('base', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.version')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='charters.draft')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='look_backs', to='people.team')),
            ],
            options={
                'ordering': ('-at', '-id'),
                'indexes': [models.Index(fields=['team', '-at'], name='look_backs_of_a_team')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='a_look_back_ends_after_start'), models.CheckConstraint(condition=models.Q(('answer', None), ('ended_at__isnull', False), _connector='OR'), name='what_is_answered_has_ended')],
            },
        ),
        migrations.CreateModel(
            name='Undertaking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', remit.core.fields.Word(max_length=64)),
                ('value', remit.core.fields.Word(max_length=64)),
                ('step', remit.core.fields.Word(blank=True, max_length=64)),
                ('step_title', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='procedures.draft')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='work.task')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'ordering': ('-at', '-id'),
                'indexes': [models.Index(fields=['sort', 'value', 'team', '-at'], name='undertaken_about_a_cause')],
                'constraints': [models.UniqueConstraint(fields=('task',), name='a_task_is_about_one_cause'), models.UniqueConstraint(fields=('draft', 'step', 'team', 'sort', 'value'), name='a_step_is_changed_once_a_draft'), models.CheckConstraint(condition=models.Q(models.Q(('draft', None), ('step', ''), ('task__isnull', False)), models.Q(('draft__isnull', False), ('task', None), models.Q(('step', ''), _negated=True)), _connector='OR'), name='either_a_task_or_a_step')],
            },
        ),
        migrations.CreateModel(
            name='BalanceTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', remit.core.fields.Word(max_length=64)),
                ('target', models.PositiveSmallIntegerField()),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'ordering': ('-at', '-id'),
                'indexes': [models.Index(fields=['team', 'part', '-at', '-id'], name='targets_of_a_team')],
                'constraints': [models.CheckConstraint(condition=models.Q(('target__lte', 100)), name='a_target_is_on_the_scale'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_target_has_a_why')],
            },
        ),
        migrations.CreateModel(
            name='BalanceWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField()),
                ('counted', models.JSONField()),
                ('at', models.DateTimeField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'ordering': ('week',),
                'constraints': [models.UniqueConstraint(fields=('team', 'week'), name='a_balance_a_week')],
            },
        ),
    ]
