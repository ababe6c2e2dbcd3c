"""The tables of remedies."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
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
            name='Remedy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80)),
                ('order_key', models.CharField(max_length=80)),
                ('customer_key', models.CharField(blank=True, max_length=80)),
                ('kind', remit.core.fields.Word(max_length=64)),
                ('value', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('what', models.CharField(blank=True, max_length=200)),
                ('authority_facts', models.JSONField(default=dict)),
                ('request', models.JSONField()),
                ('counted', models.JSONField(default=list)),
                ('provider', remit.core.fields.Word(max_length=64)),
                ('state', remit.core.fields.Word(choices=[('held', 'held while objections may come'), ('released', 'not given'), ('given', 'given, and still to be handed over'), ('on-its-way', 'on its way through the provider'), ('settled', 'handed over'), ('taken-back', 'taken back')], max_length=64)),
                ('taken_back', remit.core.fields.MinorUnits(default=0, validators=[django.core.validators.MinValueValidator(0)])),
                ('arrived', models.BigIntegerField(default=0)),
                ('under_way', remit.core.fields.MinorUnits(default=0, validators=[django.core.validators.MinValueValidator(0)])),
                ('made_at', models.DateTimeField()),
                ('settles_at', models.DateTimeField(blank=True, null=True)),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='people.team')),
            ],
            options={
                'indexes': [models.Index(fields=['order_key'], name='remedies_of_an_order'), models.Index(fields=['source'], name='remedies_of_a_source'), models.Index(fields=['team', '-made_at'], name='remedies_of_a_team'), models.Index(condition=models.Q(('state', 'given')), fields=['team', 'id'], name='remedies_to_hand_over')],
                'constraints': [models.CheckConstraint(condition=models.Q(('taken_back__lte', models.F('value'))), name='no_more_back_than_given'), models.CheckConstraint(condition=models.Q(('value__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('taken_back'), '+', models.F('arrived')), '+', models.F('under_way')))), name='no_more_out_than_given')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', remit.core.fields.Word(max_length=64)),
                ('at', models.DateTimeField()),
                ('amount', remit.core.fields.MinorUnits(default=0, validators=[django.core.validators.MinValueValidator(0)])),
                ('reference', models.CharField(blank=True, max_length=120)),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='remedies.remedy')),
            ],
            options={
                'ordering': ('at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('what', 'taken-back'), _negated=True), fields=('remedy', 'what'), name='happens_to_a_remedy_once')],
            },
        ),
        migrations.CreateModel(
            name='StoreCredit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True)),
                ('face', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('left', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('last_day', models.DateField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('remedy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='store_credit', to='remedies.remedy')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('last_day__isnull', False), ('left__gt', 0)), fields=['last_day'], name='credit_that_ends')],
            },
        ),
        migrations.CreateModel(
            name='CreditTerm',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='credit_term', serialize=False, to='people.team')),
                ('place', models.CharField(blank=True, max_length=6)),
                ('years', models.PositiveSmallIntegerField()),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('years__gte', 1)), name='credit_is_valid_for_a_year_at_least')],
            },
        ),
        migrations.CreateModel(
            name='Connection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', remit.core.fields.Word(max_length=64)),
                ('account', models.CharField(max_length=120)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('sealed_key', models.TextField()),
                ('sealed_secret', models.TextField(blank=True)),
                ('ends_with', models.CharField(max_length=4)),
                ('is_live', models.BooleanField()),
                ('hook', models.CharField(max_length=43, unique=True)),
                ('made_at', models.DateTimeField()),
                ('off_at', models.DateTimeField(blank=True, null=True)),
                ('trouble', models.TextField(blank=True)),
                ('trouble_at', models.DateTimeField(blank=True, null=True)),
                ('looked_until', models.DateTimeField()),
                ('changes', models.PositiveIntegerField(default=0)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ConnectedTeam',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='connected', to='people.team')),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='remedies.connection')),
            ],
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=80)),
                ('order_key', models.CharField(max_length=80)),
                ('amount', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('refunded', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('is_refundable', models.BooleanField()),
                ('dispute', remit.core.fields.Word(blank=True, max_length=64)),
                ('disputed', remit.core.fields.MinorUnits(default=0, validators=[django.core.validators.MinValueValidator(0)])),
                ('answer_by', models.DateTimeField(blank=True, null=True)),
                ('paid_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField()),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='remedies.connection')),
                ('linked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='people.team')),
            ],
            options={
                'indexes': [models.Index(fields=['order_key'], name='payments_of_an_order')],
                'constraints': [models.UniqueConstraint(fields=('connection', 'reference'), name='one_payment_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('amount', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('state', remit.core.fields.Word(choices=[('waits', 'to be handed to the provider'), ('pending', 'taken by the provider, and not through yet'), ('done', 'through'), ('came-back', 'the money came back'), ('refused', 'refused by the provider')], max_length=64)),
                ('made_at', models.DateTimeField()),
                ('called_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('code', models.CharField(blank=True, max_length=80)),
                ('words', models.TextField(blank=True)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='remedies.payment')),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='remedies.remedy')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'made_at'], name='sendings_on_their_way'), models.Index(fields=['reference'], name='sendings_by_reference')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['pending', 'waits'])), fields=('remedy', 'payment'), name='one_way_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Elsewhere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order_key', models.CharField(max_length=80)),
                ('reference', models.CharField(blank=True, max_length=120)),
                ('amount', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('made_at', models.DateTimeField()),
                ('noted_at', models.DateTimeField()),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('is_dispute', models.BooleanField(default=False)),
                ('fell_through_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('connection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='elsewhere', to='remedies.connection')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given_elsewhere', to='people.team')),
            ],
            options={
                'verbose_name_plural': 'given elsewhere',
                'indexes': [models.Index(fields=['order_key'], name='elsewhere_on_an_order')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('connection__isnull', False)), fields=('connection', 'reference'), name='seen_there_once')],
            },
        ),
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heard', to='remedies.connection')),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='heard_long_ago')],
                'constraints': [models.UniqueConstraint(fields=('connection', 'key'), name='an_event_is_heard_once')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('since', models.DateTimeField()),
                ('seen', models.PositiveIntegerField()),
                ('noted', models.PositiveIntegerField()),
                ('differences', models.JSONField(default=list)),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='remedies.connection')),
            ],
            options={
                'indexes': [models.Index(fields=['connection', '-at'], name='looks_of_a_connection')],
            },
        ),
    ]
