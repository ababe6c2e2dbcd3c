"""Tables of the app `rollouts`. What was fixed with a draw is never changed."""

from __future__ import annotations

from typing import ClassVar

import django.core.validators
import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models

from remit.core.guards import Guard


class Migration(migrations.Migration):

    initial = True
    dependencies: ClassVar = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', remit.core.fields.Word(choices=[('charter', 'charter'), ('procedure', 'procedure'), ('trial', 'trial'), ('draft', 'draft of a charter'), ('words', 'idea in words')], max_length=64)),
                ('origin', models.PositiveBigIntegerField(blank=True, null=True)),
                ('stamp', models.CharField(max_length=64)),
                ('named', models.CharField(max_length=160)),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('last', models.DateField(blank=True, null=True)),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('at', models.DateTimeField()),
                ('given_up_at', models.DateTimeField(blank=True, null=True)),
                ('given_up_why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('first', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('effects', models.JSONField(blank=True, null=True)),
                ('weeks', models.JSONField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('failed', models.CharField(blank=True, max_length=300)),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='rollouts.change')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Start',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.PositiveBigIntegerField(blank=True, null=True)),
                ('on', models.DateField(blank=True, null=True)),
                ('begun_on', models.DateField(blank=True, null=True)),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='starts', to='rollouts.change')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('change', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='draw', serialize=False, to='rollouts.change')),
                ('key', models.CharField(max_length=64)),
                ('commitment', models.CharField(max_length=64)),
                ('primary', remit.core.fields.Word(choices=[('rating', 'Made right, as customers say'), ('resolving', 'Time until it is made right'), ('cost', 'Given for each complaint'), ('again', 'Customers who complain again'), ('sure', 'Sure to decide, from the pulse')], max_length=64)),
                ('first', models.DateField()),
                ('until', models.DateField()),
                ('limit', remit.core.fields.MinorUnits(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0)])),
                ('order', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('change', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='plan', serialize=False, to='rollouts.change')),
                ('first_on', models.DateField()),
                ('apart', models.PositiveSmallIntegerField()),
                ('each', models.PositiveSmallIntegerField()),
                ('primary', remit.core.fields.Word(choices=[('rating', 'Made right, as customers say'), ('resolving', 'Time until it is made right'), ('cost', 'Given for each complaint'), ('again', 'Customers who complain again'), ('sure', 'Sure to decide, from the pulse')], max_length=64)),
                ('until', models.DateField()),
                ('commitment', models.CharField(max_length=64)),
                ('sealed_key', models.CharField(blank=True, max_length=300)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('limit', remit.core.fields.MinorUnits(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0)])),
                ('smallest', models.FloatField(blank=True, null=True)),
                ('past', models.PositiveIntegerField(default=0)),
                ('reckoned', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('first_on'))), name='a_rollout_ends_after_its_start'), models.CheckConstraint(condition=models.Q(('apart__gte', 1), ('each__gte', 1)), name='a_rollout_has_waves')],
            },
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['sort', 'origin'], name='changes_of_an_origin'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.UniqueConstraint(fields=('by', 'stamp'), name='one_change_a_form'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('named', ''), _negated=True), name='a_change_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('given_up_at', None), models.Q(('given_up_why', ''), _negated=True), _connector='OR'), name='giving_up_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('change',), name='looked_at_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='start',
            index=models.Index(condition=models.Q(('begun_on', None), ('told_at', None)), fields=['on'], name='starts_to_be_told'),
        ),
        migrations.AddConstraint(
            model_name='start',
            constraint=models.UniqueConstraint(fields=('change', 'team'), name='one_start_a_team'),
        ),
        Guard("draw"),
    ]
