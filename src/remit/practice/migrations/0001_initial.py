"""The tables of practice."""

import django.core.validators
import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('complaints', '0002_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', remit.core.fields.Word(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('complaint', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='practice_case', to='complaints.complaint')),
            ],
        ),
        migrations.CreateModel(
            name='TakenOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('back_at', models.DateTimeField(blank=True, null=True)),
                ('back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken_out', to='practice.case')),
            ],
            options={
                'ordering': ('-at', '-id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('back_at', None)), fields=('case',), name='taken_out_once'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='taken_out_with_a_why')],
            },
        ),
        migrations.CreateModel(
            name='Tried',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', remit.core.fields.Word(blank=True, max_length=64)),
                ('value', remit.core.fields.MinorUnits(default=0, validators=[django.core.validators.MinValueValidator(0)])),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tried', to='practice.case')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practised', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-id'),
                'constraints': [models.UniqueConstraint(fields=('member', 'case'), name='tried_once')],
            },
        ),
        migrations.AddIndex(
            model_name='takenout',
            index=models.Index(condition=models.Q(('back_at', None)), fields=['-at', '-id'], name='taken_out_now'),
        ),
        migrations.AddIndex(
            model_name='tried',
            index=models.Index(fields=['member', '-at', '-id'], name='tried_by_a_member'),
        ),
    ]
