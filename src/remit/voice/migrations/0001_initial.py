"""The tables of voice."""

import django.db.models.deletion
import remit.core.fields
import remit.voice.models.promises
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
            name='Idea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('text', models.CharField(max_length=200)),
                ('source', remit.core.fields.Word(blank=True, max_length=64)),
                ('source_key', models.CharField(blank=True, max_length=160)),
                ('source_words', models.CharField(blank=True, max_length=200)),
                ('state', remit.core.fields.Word(choices=[('waiting', 'waits for an answer'), ('trying', 'is being tried'), ('tried', "was tried, and isn't kept"), ('taken-up', 'taken up'), ('not-now', 'not now'), ('no', 'not done')], default='waiting', max_length=64)),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('charter_version', models.PositiveIntegerField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('same_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alike', to='voice.idea')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='people.team')),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('idea', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='picture', serialize=False, to='voice.idea')),
                ('file', models.FileField(upload_to='ideas/%Y/')),
                ('name', models.CharField(max_length=160)),
                ('media_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('outcome', remit.core.fields.Word(choices=[('yes', 'Yes, we do it'), ('try', 'We try it'), ('charter', 'We try it in the charter'), ('not-now', 'Not now'), ('no', 'No')], max_length=64)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='voice.idea')),
            ],
            options={
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='promise', serialize=False, to='people.team')),
                ('days', models.PositiveSmallIntegerField(default=14)),
                ('values', models.JSONField(default=remit.voice.models.promises.usual_values)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('text', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, max_length=4000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='people.team')),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='EarlierAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField(max_length=4000)),
                ('at', models.DateTimeField()),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_answers', to='voice.question')),
            ],
            options={
                'ordering': ('-number',),
                'constraints': [models.UniqueConstraint(fields=('question', 'number'), name='one_correction_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='an_earlier_answer_said_something')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='voice.idea')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Thanks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('text', models.CharField(max_length=300)),
                ('value', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='purpose.objective')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='people.team')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('what', models.CharField(max_length=160)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('measure', models.CharField(blank=True, max_length=300)),
                ('limit', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('came', remit.core.fields.Word(blank=True, choices=[('kept', 'We keep it'), ('not-kept', "We don't keep it"), ('stopped', 'Stopped before its end')], max_length=64)),
                ('learned', models.TextField(blank=True, max_length=1000)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trials', to='voice.idea')),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='purpose.objective')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trials', to='people.team')),
            ],
            options={
                'ordering': ('ends_at', 'id'),
            },
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('same_as', None)), fields=['team', 'state', '-at', '-id'], name='ideas_by_state'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(fields=['team', '-at', '-id'], name='ideas_of_a_team'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(fields=['team', 'due_at'], name='ideas_promised'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('source', ''), _negated=True), fields=['source', 'source_key'], name='ideas_from'),
        ),
        migrations.AddConstraint(
            model_name='idea',
            constraint=models.UniqueConstraint(fields=('team', 'stamp'), name='one_idea_a_form'),
        ),
        migrations.AddConstraint(
            model_name='idea',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='an_idea_says_something'),
        ),
        migrations.AddConstraint(
            model_name='idea',
            constraint=models.CheckConstraint(condition=models.Q(('same_as', models.F('id')), _negated=True), name='no_idea_beside_itself'),
        ),
        migrations.AddConstraint(
            model_name='idea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answered_idea_says_when'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('idea', 'number'), name='one_answer_a_number'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='an_answered_idea_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 90)), name='a_promise_is_kept_some_day'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_promise_has_a_why'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['team', '-answered_at', '-id'], name='questions_answered'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(condition=models.Q(('answered_at', None)), fields=['team', 'at', 'id'], name='questions_open'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('team', 'stamp'), name='one_question_a_form'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_question_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='an_answered_question_says_what'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(fields=('idea', 'member'), name='supported_once'),
        ),
        migrations.AddIndex(
            model_name='thanks',
            index=models.Index(fields=['team', '-at', '-id'], name='thanks_of_a_team'),
        ),
        migrations.AddConstraint(
            model_name='thanks',
            constraint=models.UniqueConstraint(fields=('by', 'stamp'), name='one_thanks_a_form'),
        ),
        migrations.AddConstraint(
            model_name='thanks',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='thanks_are_for_something'),
        ),
        migrations.AddConstraint(
            model_name='thanks',
            constraint=models.CheckConstraint(condition=models.Q(('by', models.F('to')), _negated=True), name='nobody_thanks_themselves'),
        ),
        migrations.AddConstraint(
            model_name='thanks',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('objective', None), models.Q(('value', ''), _negated=True)), models.Q(('objective__isnull', False), ('value', '')), _connector='OR'), name='thanks_are_tied_to_one_thing'),
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['ends_at'], name='trials_to_end'),
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['team', 'ends_at'], name='trials_of_a_team'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.UniqueConstraint(fields=('begun_by', 'stamp'), name='one_trial_a_form'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('idea',), name='one_trial_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', ''), _negated=True), models.Q(('limit', ''), _negated=True), models.Q(models.Q(('measure', ''), _negated=True), ('objective__isnull', False), _connector='OR')), name='a_trial_is_safe_to_try'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('came', ''), ('ended_at', None)), models.Q(('ended_at__isnull', False), models.Q(('came', ''), _negated=True), models.Q(('learned', ''), _negated=True)), _connector='OR'), name='an_ended_trial_says_what_came'),
        ),
    ]
