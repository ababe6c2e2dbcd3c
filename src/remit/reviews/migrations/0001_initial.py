"""The tables of the reviews."""

import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('complaints', '0002_search'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_double', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('passed_on_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='complaints.decision')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stake', models.BigIntegerField()),
                ('chance_fair', models.FloatField()),
                ('chance_risk', models.FloatField()),
                ('chance', models.FloatField()),
                ('drawn_fair', models.BooleanField()),
                ('drawn_risk', models.BooleanField()),
                ('place', models.PositiveIntegerField()),
                ('is_double', models.BooleanField(default=False)),
                ('given_up_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lot', to='complaints.decision')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Helped',
            fields=[
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='helped', serialize=False, to='reviews.review')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='review',
            name='lot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='reviews.lot'),
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('each', models.PositiveSmallIntegerField()),
                ('budget', models.PositiveSmallIntegerField()),
                ('expected', models.JSONField(default=dict)),
                ('formula', remit.core.fields.Word(max_length=64)),
                ('commitment', models.CharField(max_length=64)),
                ('sealed_key', models.CharField(blank=True, max_length=300)),
                ('key', models.CharField(blank=True, max_length=64)),
                ('opened_at', models.DateTimeField()),
                ('drawn_at', models.DateTimeField(blank=True, null=True)),
                ('assigned_at', models.DateTimeField(blank=True, null=True)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_rounds', to='people.team')),
            ],
            options={
                'ordering': ('-week',),
            },
        ),
        migrations.AddField(
            model_name='lot',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='reviews.round'),
        ),
        migrations.CreateModel(
            name='Wanted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks_wanted', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks_wanted', to='complaints.decision')),
            ],
        ),
        migrations.AddField(
            model_name='review',
            name='wanted',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='reviews.wanted'),
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='answer', serialize=False, to='reviews.review')),
                ('words', models.TextField(max_length=1000)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='an_answer_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='opinion', serialize=False, to='reviews.review')),
                ('outcome', remit.core.fields.Word(choices=[('same', 'the same'), ('different', 'something else')], max_length=64)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('better', remit.core.fields.Why(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='an_opinion_has_a_why'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'different'), _negated=True), models.Q(('better', ''), _negated=True), _connector='OR'), name='different_says_what_instead')],
            },
        ),
        migrations.CreateModel(
            name='ReviewSetting',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='review_setting', serialize=False, to='people.team')),
                ('is_on', models.BooleanField(default=True)),
                ('each', models.PositiveSmallIntegerField(default=2)),
                ('budget', models.PositiveSmallIntegerField(default=4)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('budget__lte', 200), ('each__lte', 20)), name='reviews_that_can_be_done')],
            },
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(condition=models.Q(('drawn_at', None)), fields=['ends_at'], name='rounds_to_draw'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('team', 'week'), name='one_round_a_week'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='round_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__gte', models.F('opened_at'))), name='commitment_before_the_decisions'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('drawn_at', None), ('sealed_key', ''), _connector='OR'), name='key_is_told_with_the_draw'),
        ),
        migrations.AddIndex(
            model_name='lot',
            index=models.Index(condition=models.Q(('drawn_fair', True)), fields=['member', 'round', 'place'], name='lots_fair_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.UniqueConstraint(fields=('round', 'member', 'place'), name='one_place_in_the_draw'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('chance_fair__gte', 0), ('chance_fair__lte', 1), ('chance_risk__gte', 0), ('chance_risk__lte', 1), ('chance__gte', 0), ('chance__lte', 1)), name='chances_0_to_1'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drawn_fair', False), ('chance_fair__gt', 0), _connector='OR'), models.Q(('drawn_risk', False), ('chance_risk__gt', 0), _connector='OR')), name='drawn_had_a_chance'),
        ),
        migrations.AddConstraint(
            model_name='wanted',
            constraint=models.UniqueConstraint(fields=('decision',), name='a_look_wanted_once'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('done_at', None), ('passed_on_at', None)), fields=['reviewer', 'due_at'], name='reviews_to_do'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('done_at', None), ('passed_on_at', None)), fields=['due_at'], name='reviews_overdue'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['reviewer', '-done_at', '-id'], name='reviews_of_a_reviewer'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['decider', '-done_at', '-id'], name='reviews_of_a_decider'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer', models.F('decider')), _negated=True), name='nobody_reviews_their_own'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lot', None), ('wanted__isnull', False)), models.Q(('lot__isnull', False), ('wanted', None)), _connector='OR'), name='drawn_or_wanted'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('done_at', None), ('passed_on_at', None), _connector='OR'), name='done_or_passed_on'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('is_double', False), ('lot__isnull', False), _connector='OR'), name='only_lots_are_double'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('passed_on_at', None), ('seen_at', None)), fields=('lot', 'is_double'), name='a_lot_reviewed_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('passed_on_at', None)), fields=('wanted',), name='a_wish_reviewed_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('decision', 'reviewer'), name='a_reviewer_once'),
        ),
    ]
