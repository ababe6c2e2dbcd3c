"""The tables of the pulse."""

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
            name='Wave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('items', models.JSONField()),
                ('asked', models.PositiveIntegerField()),
                ('takes_words', models.BooleanField()),
                ('opened_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('told_from', models.PositiveIntegerField(blank=True, null=True)),
                ('told_to', models.PositiveIntegerField(blank=True, null=True)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='Rhythm',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='people.team')),
                ('weeks', models.PositiveSmallIntegerField(choices=[(2, 'every two weeks'), (4, 'every four weeks'), (8, 'every eight weeks'), (13, 'every thirteen weeks'), (0, 'not at all')])),
                ('count', models.PositiveSmallIntegerField(choices=[(3, 'three'), (4, 'four'), (5, 'five')], default=5)),
                ('has_parts', models.BooleanField(default=False)),
                ('next_on', models.DateField()),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Box',
            fields=[
                ('wave', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='box', serialize=False, to='pulse.wave')),
                ('counts', models.JSONField()),
                ('words', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('wave', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='waiting', serialize=False, to='pulse.wave')),
                ('members', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', remit.core.fields.Word(blank=True, max_length=64)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='pulse.wave')),
            ],
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', remit.core.fields.Word(max_length=64)),
                ('part', remit.core.fields.Word(blank=True, max_length=64)),
                ('form', remit.core.fields.Word(choices=[('alone', 'this wave'), ('together', 'the last three waves')], max_length=64)),
                ('low', models.PositiveSmallIntegerField()),
                ('high', models.PositiveSmallIntegerField()),
                ('sure_low', models.PositiveSmallIntegerField()),
                ('sure_high', models.PositiveSmallIntegerField()),
                ('worst_low', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('worst_high', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('answers', models.PositiveIntegerField()),
                ('people', models.CharField(max_length=32)),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='pulse.wave')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='OwnItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=160)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='pulse.wave')),
            ],
            options={
                'ordering': ('place',),
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('wave', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reply', serialize=False, to='pulse.wave')),
                ('text', models.TextField(max_length=1000)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.UniqueConstraint(fields=('team', 'number'), name='one_wave_a_number'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('team',), name='one_open_wave'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.UniqueConstraint(fields=('wave', 'member'), name='asked_once_a_wave'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.UniqueConstraint(fields=('wave', 'item', 'part'), name='published_once'),
        ),
        migrations.AddConstraint(
            model_name='words',
            constraint=models.UniqueConstraint(fields=('wave', 'place'), name='one_place_in_a_wave'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='a_reply_has_a_why'),
        ),
    ]
