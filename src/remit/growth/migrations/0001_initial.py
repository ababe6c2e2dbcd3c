"""Steps of growth, proposals, remarks, wishes."""

import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('charters', '0002_guard'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', remit.core.fields.Word(max_length=64)),
                ('is_wider', models.BooleanField()),
                ('evidence', models.JSONField()),
                ('at', models.DateTimeField()),
                ('shown_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', remit.core.fields.Word(blank=True, max_length=64)),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.version')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='step_proposals', to='people.membership')),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', remit.core.fields.Why(max_length=1000)),
                ('until', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='growth.proposal')),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='StepChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', remit.core.fields.Word(max_length=64)),
                ('step', remit.core.fields.Word(max_length=64)),
                ('ground', remit.core.fields.Word(choices=[('evidence', 'their reviews'), ('trust', 'trust, for a time'), ('talk', 'their reviews, and a talk'), ('end', 'the end of its time')], max_length=64)),
                ('evidence', models.JSONField(blank=True, default=dict)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='step_changes', to='people.membership')),
                ('proposal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='step_change', to='growth.proposal')),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', remit.core.fields.Word(max_length=64)),
                ('words', models.TextField(max_length=1000)),
                ('at', models.DateTimeField()),
                ('answer', remit.core.fields.Word(blank=True, max_length=64)),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='step_wishes', to='people.membership')),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='AgentLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', remit.core.fields.Word(max_length=64)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='step_limits', to='people.membership')),
            ],
            options={
                'ordering': ('-at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_limit_has_a_why')],
            },
        ),
        migrations.CreateModel(
            name='FiguresChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figures', remit.core.fields.Word(choices=[('off', 'Nobody: nothing is reckoned about anybody'), ('person', 'The person alone'), ('together', 'The person; managers see all of a team together'), ('managers', 'The person, and managers of the team')], max_length=64)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='figures_have_a_why')],
            },
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('membership',), name='one_open_proposal'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='a_closed_proposal_has_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_remark_says_something'),
        ),
        migrations.AddIndex(
            model_name='stepchange',
            index=models.Index(fields=['membership', '-at'], name='steps_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='stepchange',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ('evidence', 'trust', 'talk', 'end'))), name='a_step_rests_on_something'),
        ),
        migrations.AddConstraint(
            model_name='stepchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'trust'), _negated=True), ('until__isnull', False), _connector='OR'), name='trust_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='stepchange',
            constraint=models.CheckConstraint(condition=models.Q(('ground', 'end'), models.Q(('why', ''), _negated=True), _connector='OR'), name='a_step_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='stepchange',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('at')), _connector='OR'), name='a_step_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('membership',), name='one_open_wish'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ('given', 'not-yet')), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='an_answer_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_wish_says_something'),
        ),
        migrations.AddIndex(
            model_name='wish',
            index=models.Index(fields=['membership', '-at', '-id'], name='wishes_of_a_member'),
        ),
    ]
