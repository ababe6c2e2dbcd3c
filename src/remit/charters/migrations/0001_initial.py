"""The tables of charters."""

import django.core.validators
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
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('reason', models.CharField(blank=True, max_length=80)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='people.team')),
            ],
            options={
                'ordering': ('-made_at',),
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('hash', models.CharField(max_length=64)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('published_at', models.DateTimeField()),
                ('is_alone', models.BooleanField(default=False)),
                ('extends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='extended_by', to='charters.version')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seconded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charters', to='people.team')),
            ],
            options={
                'ordering': ('team', 'number'),
                'indexes': [models.Index(fields=['team', '-published_at'], name='charter_in_force'), models.Index(fields=['hash'], name='charter_by_hash')],
                'constraints': [models.UniqueConstraint(fields=('team', 'number'), name='one_version_a_number'), models.UniqueConstraint(condition=models.Q(('team', None)), fields=('number',), name='one_version_a_number_above')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('proposed_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='publications', to='people.team')),
                ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.version')),
                ('version', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='charters.version')),
            ],
            options={
                'ordering': ('-proposed_at',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('team',), name='one_publication_waits'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_publication_has_a_why')],
            },
        ),
        migrations.CreateModel(
            name='LookedAt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.version')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'team'), name='looked_once_a_team')],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('allowance', models.CharField(max_length=64)),
                ('since', models.DateTimeField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('team', 'allowance'), name='counted_once')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('kinds', models.JSONField(default=list)),
                ('upto', remit.core.fields.MinorUnits(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0)])),
                ('conditions', models.JSONField(default=dict)),
                ('highest', remit.core.fields.Word(default='decide', max_length=64)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_received', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='people.team')),
            ],
            options={
                'indexes': [models.Index(fields=['team', 'until'], name='delegations_of_a_team')],
                'constraints': [models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='lent_to_another'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='lent_ends_after_start'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_delegation_has_a_why')],
            },
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('allowance', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=120)),
                ('day', models.DateField()),
                ('amount', models.BigIntegerField(default=0)),
                ('count', models.IntegerField(default=0)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('team', 'allowance', 'key', 'day'), name='one_bucket_a_day'), models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('count__gte', 0)), name='nothing_used_below_zero')],
            },
        ),
        # Apart from its table: so SQLite makes that anew, with `extends` last, as in every database there is.
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_version_has_a_why'),
        ),
    ]
