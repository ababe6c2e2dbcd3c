"""The tables of approvals."""

import django.core.validators
import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('charters', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80)),
                ('form', remit.core.fields.Word(choices=[('ask', 'needs a yes'), ('propose', 'goes ahead unless somebody objects')], max_length=64)),
                ('kind', remit.core.fields.Word(max_length=64)),
                ('amount', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('request', models.JSONField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('wish', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('goes_at', models.DateTimeField(blank=True, null=True)),
                ('objection_seconds_left', models.PositiveIntegerField(default=0)),
                ('counted_at', models.DateTimeField(blank=True, null=True)),
                ('wider_at', models.DateTimeField(blank=True, null=True)),
                ('circle', models.PositiveSmallIntegerField(default=1)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals_asked', to=settings.AUTH_USER_MODEL)),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.version')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='people.team')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['team', 'asked_at'], name='approvals_open'), models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['team', '-ended_at'], name='approvals_ended'), models.Index(fields=['asker', '-ended_at'], name='approvals_of_an_asker'), models.Index(fields=['subject'], name='approvals_of_a_subject'), models.Index(condition=models.Q(('ended_at', None)), fields=['wider_at'], name='approvals_going_wider'), models.Index(condition=models.Q(('ended_at', None)), fields=['goes_at'], name='approvals_going_ahead')],
            },
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('circle', models.PositiveSmallIntegerField(default=1)),
                ('is_alone', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('approval', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='approvals.approval')),
                ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.delegation')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['member', '-at'], name='asked_of_a_member')],
                'constraints': [models.UniqueConstraint(fields=('approval', 'member'), name='asked_once')],
            },
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ending', serialize=False, to='approvals.approval')),
                ('how', remit.core.fields.Word(choices=[('yes', 'yes'), ('yes-from-now-on', 'yes, and from now on'), ('another-amount', 'another amount'), ('no', 'no'), ('objected', 'objected'), ('went-ahead', 'nobody objected'), ('withdrawn', 'withdrawn'), ('void', 'a fact changed'), ('expired', 'nobody answered in time')], max_length=64)),
                ('amount', remit.core.fields.MinorUnits(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0)])),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('is_alone', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to=settings.AUTH_USER_MODEL)),
                ('on_authority_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('how', 'another-amount')), models.Q(models.Q(('how', 'another-amount'), _negated=True), ('amount', None)), _connector='OR'), name='another_amount_has_one'), models.CheckConstraint(condition=models.Q(models.Q(('how__in', ('no', 'objected')), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='a_no_has_a_why'), models.CheckConstraint(condition=models.Q(('is_alone', False), models.Q(('why', ''), _negated=True), _connector='OR'), name='alone_has_a_why')],
            },
        ),
    ]
