"""The tables of remedies."""

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
                ('state', remit.core.fields.Word(choices=[('held', 'held while objections may come'), ('released', 'not given'), ('given', 'given, and still to be handed over'), ('settled', 'handed over'), ('taken-back', 'taken back')], max_length=64)),
                ('taken_back', remit.core.fields.MinorUnits(default=0, validators=[django.core.validators.MinValueValidator(0)])),
                ('made_at', models.DateTimeField()),
                ('settles_at', models.DateTimeField(blank=True, null=True)),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='people.team')),
            ],
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
            },
        ),
        migrations.CreateModel(
            name='StoreCredit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True)),
                ('left', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('remedy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='store_credit', to='remedies.remedy')),
            ],
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(fields=['order_key'], name='remedies_of_an_order'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(fields=['source'], name='remedies_of_a_source'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(fields=['team', '-made_at'], name='remedies_of_a_team'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(condition=models.Q(('state', 'given')), fields=['team', 'made_at'], name='remedies_to_hand_over'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(('taken_back__lte', models.F('value'))), name='no_more_back_than_given'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(condition=models.Q(('what', 'taken-back'), _negated=True), fields=('remedy', 'what'), name='happens_to_a_remedy_once'),
        ),
    ]
