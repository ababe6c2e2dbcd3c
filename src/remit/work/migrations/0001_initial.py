"""The tables of work."""

import django.db.models.deletion
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('procedures', '0002_guard'),
        ('purpose', '0002_guard'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('has_checklists', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
                ('mark', models.CharField(blank=True, max_length=64)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('made_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Checklist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=160)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('procedure_number', models.PositiveIntegerField(blank=True, null=True)),
                ('rule', models.CharField(max_length=500)),
                ('starts', models.DateField()),
                ('at', models.TimeField(blank=True, null=True)),
                ('comes_with', remit.core.fields.Word(blank=True, choices=[('opening', 'with each opening'), ('closing', 'with each closing')], max_length=64)),
                ('on_closed', remit.core.fields.Word(choices=[('comes', 'it comes all the same'), ('left-out', 'it is left out'), ('day-before', 'it comes on the open day before'), ('day-after', 'it comes on the next open day')], default='comes', max_length=64)),
                ('minutes', models.PositiveIntegerField()),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='purpose.objective')),
                ('procedure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checklists', to='procedures.procedure')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checklists', to='people.team')),
            ],
            options={
                'ordering': ('title', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ClosedDays',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('is_yearly', models.BooleanField(default=False)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closed_days', to='people.team')),
            ],
            options={
                'ordering': ('first', 'last', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=200)),
                ('why', models.CharField(max_length=200)),
                ('step', models.CharField(blank=True, max_length=32)),
                ('needs_photo', models.BooleanField(default=False)),
                ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='work.checklist')),
            ],
            options={
                'ordering': ('place',),
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=200)),
                ('why', models.CharField(max_length=200)),
                ('needs_photo', models.BooleanField(default=False)),
                ('ticked_at', models.DateTimeField(blank=True, null=True)),
                ('ticked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('place',),
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('file', models.FileField(upload_to='rounds/%Y/%m/')),
                ('name', models.CharField(max_length=160)),
                ('media_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('taken_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='work.line')),
            ],
            options={
                'ordering': ('taken_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Press',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('is_on', models.BooleanField()),
                ('pressed_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presses', to='work.line')),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('is_whole', models.BooleanField(default=False)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='work.checklist')),
                ('let_go_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='people.team')),
            ],
            options={
                'ordering': ('-begins_at', '-id'),
            },
        ),
        migrations.AddField(
            model_name='line',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='work.round'),
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=160)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('minutes', models.PositiveIntegerField(blank=True, null=True)),
                ('held_by', remit.core.fields.Word(blank=True, max_length=64)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end', remit.core.fields.Word(blank=True, choices=[('done', 'Done'), ('closed', 'Closed without doing it')], max_length=64)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='purpose.objective')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='people.team')),
            ],
            options={
                'ordering': (models.OrderBy(models.F('due_at'), nulls_last=True), 'id'),
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', remit.core.fields.Word(choices=[('taken', 'took it up'), ('given', 'gave it to'), ('handed-over', 'handed it over to'), ('put-back', 'put it back'), ('done', 'did it'), ('undone', "took that back: it isn't done"), ('closed', 'closed it without doing it'), ('changed', 'changed what it says')], max_length=64)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='work.task')),
                ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='task_turns', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.AddIndex(
            model_name='checklist',
            index=models.Index(condition=models.Q(('stopped_at', None)), fields=['next_at'], name='checklists_to_come'),
        ),
        migrations.AddIndex(
            model_name='checklist',
            index=models.Index(fields=['team', 'title', 'id'], name='checklists_of_a_team'),
        ),
        migrations.AddConstraint(
            model_name='checklist',
            constraint=models.UniqueConstraint(fields=('made_by', 'stamp'), name='one_checklist_a_form'),
        ),
        migrations.AddConstraint(
            model_name='checklist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='a_checklist_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='checklist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('at', None), models.Q(('comes_with', ''), _negated=True)), models.Q(('at__isnull', False), ('comes_with', '')), _connector='OR'), name='a_checklist_comes_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='closeddays',
            constraint=models.UniqueConstraint(fields=('team', 'first', 'last'), name='closed_days_once'),
        ),
        migrations.AddConstraint(
            model_name='closeddays',
            constraint=models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='closed_days_end_after_start'),
        ),
        migrations.AddConstraint(
            model_name='closeddays',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='closed_days_have_a_why'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('checklist', 'place'), name='one_item_a_place'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='an_item_has_a_why'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['at'], name='photos_by_age'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(fields=('by', 'key'), name='one_photo_a_key'),
        ),
        migrations.AddConstraint(
            model_name='press',
            constraint=models.UniqueConstraint(fields=('by', 'key'), name='one_press_a_key'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['team', 'due_at', 'id'], name='rounds_open'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['checklist', '-begins_at', '-id'], name='rounds_of_a_checklist'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('checklist', 'begins_at'), name='one_round_a_time'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('is_whole', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='let_go_with_a_word'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(fields=('round', 'place'), name='one_line_a_place'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['team', 'due_at', 'id'], name='tasks_open'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['holder', 'due_at', 'id'], name='tasks_held'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['team', '-ended_at', '-id'], name='tasks_ended'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['objective', '-id'], name='tasks_of_an_objective'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('made_by', 'stamp'), name='one_task_a_form'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='a_task_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at', None)), models.Q(('ended_at__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='an_ended_task_says_how'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_by', ''), ('holder', None)), models.Q(('holder__isnull', False), models.Q(('held_by', ''), _negated=True)), _connector='OR'), name='a_held_task_says_how'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['task', 'at', 'id'], name='turns_of_a_task'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['at', 'move'], name='turns_lately'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('move__in', ('handed-over', 'closed')), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='a_turn_has_its_word'),
        ),
    ]
