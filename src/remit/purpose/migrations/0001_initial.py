"""The tables of purpose."""

import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', remit.core.fields.Word(max_length=40)),
                ('title', models.CharField(max_length=160)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('measure', remit.core.fields.Word(default='by-hand', max_length=64)),
                ('unit', models.CharField(blank=True, max_length=24)),
                ('start', models.DecimalField(decimal_places=2, max_digits=12)),
                ('target', models.DecimalField(decimal_places=2, max_digits=12)),
                ('begins', models.DateField()),
                ('until', models.DateField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='people.team')),
            ],
            options={
                'ordering': ('until', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=12)),
                ('count', models.PositiveIntegerField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='purpose.objective')),
            ],
            options={
                'ordering': ('day',),
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='purpose.objective')),
            ],
            options={
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='Vision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('so_that', models.CharField(max_length=160)),
                ('text', models.TextField(max_length=2000)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visions', to='people.team')),
            ],
            options={
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('objective', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='closing', serialize=False, to='purpose.objective')),
                ('outcome', remit.core.fields.Word(choices=[('reached', 'reached'), ('partly', 'partly reached'), ('not-reached', 'not reached'), ('let-go', 'let go, as other things matter more')], max_length=64)),
                ('came', models.TextField(max_length=1000)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at',),
            },
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(fields=('team', 'key'), name='one_objective_a_key'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='an_objective_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.CheckConstraint(condition=models.Q(('start', models.F('target')), _negated=True), name='an_objective_goes_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('begins'))), name='an_objective_takes_time'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.UniqueConstraint(fields=('objective', 'day'), name='one_value_a_day'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('objective', 'number'), name='one_change_a_number'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_change_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='vision',
            constraint=models.UniqueConstraint(fields=('team', 'number'), name='one_vision_a_number'),
        ),
        migrations.AddConstraint(
            model_name='vision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('so_that', ''), _negated=True)), name='a_vision_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('came', ''), _negated=True)), name='an_end_has_a_why'),
        ),
    ]
