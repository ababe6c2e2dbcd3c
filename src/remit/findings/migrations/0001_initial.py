"""The tables of findings."""

import django.core.validators
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
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', remit.core.fields.Word(choices=[('let-go', 'what is always approved'), ('hold-on', 'worth a look'), ('hat', 'which hat now')], max_length=64)),
                ('key', models.CharField(max_length=200)),
                ('state', remit.core.fields.Word(max_length=64)),
                ('reason', remit.core.fields.Word(blank=True, max_length=64)),
                ('evidence', models.JSONField()),
                ('found_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='people.team')),
            ],
        ),
        migrations.CreateModel(
            name='HatLook',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='people.team')),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('told_on', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Behind',
            fields=[
                ('finding', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='behind', serialize=False, to='findings.finding')),
                ('numbers', models.JSONField()),
                ('of', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Taken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', remit.core.fields.Word(choices=[('trial', 'tried for a time'), ('for-good', 'put into the charter'), ('kept', 'kept after a trial'), ('widened', 'widened after a trial'), ('given-back', 'taken back after a trial')], max_length=64)),
                ('rule', remit.core.fields.Word(max_length=64)),
                ('limit', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('until', models.DateField(blank=True, null=True)),
                ('promised', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='charters.draft')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='findings.finding')),
                ('trial', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended_with', to='findings.taken')),
            ],
        ),
        migrations.CreateModel(
            name='Window',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('watch', models.JSONField()),
                ('split_by', remit.core.fields.Word(blank=True, max_length=64)),
                ('since', models.DateTimeField()),
                ('opened_at', models.DateTimeField()),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('together', models.JSONField(default=dict)),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.version')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='windows', to='people.team')),
            ],
        ),
        migrations.AddField(
            model_name='finding',
            name='window',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='findings.window'),
        ),
        migrations.CreateModel(
            name='LookedInto',
            fields=[
                ('finding', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='looked_into', serialize=False, to='findings.finding')),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Dismissal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('limit', remit.core.fields.MinorUnits(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0)])),
                ('because', remit.core.fields.Word(blank=True, choices=[('later', 'Right, but later'), ('under-way', 'Somebody is at it already'), ('small', 'True, but not worth the time here'), ('not-so', "It isn't so here")], max_length=64)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to='findings.finding')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('finding',), name='dismissed_once'), models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('until', None)), models.Q(models.Q(('because', ''), _negated=True), ('until__isnull', False)), _connector='OR'), name='a_hat_is_left_for_a_time'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_dismissal_has_a_why')],
            },
        ),
        migrations.CreateModel(
            name='PeopleSetting',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='people_setting', serialize=False, to='people.team')),
                ('shown_to', remit.core.fields.Word(choices=[('first', 'them first; then who manages the team'), ('alone', 'them alone'), ('off', "nobody: it isn't looked at")], default='first', max_length=64)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='people_setting_has_a_why')],
            },
        ),
        migrations.CreateModel(
            name='PutOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='put_on', to='findings.finding')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('finding',), name='put_on_once')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(max_length=2000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='findings.finding')),
            ],
            options={
                'ordering': ('at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_reply_has_words')],
            },
        ),
        migrations.AddConstraint(
            model_name='window',
            constraint=models.UniqueConstraint(fields=('team', 'number'), name='one_window_a_number'),
        ),
        migrations.AddConstraint(
            model_name='window',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('team',), name='one_window_is_open'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['member', '-changed_at'], name='findings_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('team', 'sort', 'key'), name='found_once'),
        ),
        migrations.AddConstraint(
            model_name='lookedinto',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='looking_into_it_has_a_why'),
        ),
    ]
