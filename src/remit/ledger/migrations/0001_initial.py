"""The tables of ledger."""

import django.db.models.deletion
import remit.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', remit.core.fields.Word(max_length=64)),
                ('kind', remit.core.fields.Word(blank=True, max_length=64)),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('balance', models.BigIntegerField(default=0)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='people.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('team', 'name', 'kind', 'currency'), name='one_account_a_purpose')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', remit.core.fields.Word(max_length=64)),
                ('source', models.CharField(max_length=80)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('reference', models.CharField(blank=True, max_length=120)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
            ],
            options={
                'indexes': [models.Index(fields=['team', 'at'], name='transfers_of_a_team')],
                'constraints': [models.UniqueConstraint(fields=('source', 'what', 'number'), name='a_transfer_happens_once')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.account')),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.transfer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='an_entry_moves_something')],
            },
        ),
    ]
