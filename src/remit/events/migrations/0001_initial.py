"""The tables of big days."""


import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('charters', '0002_guard'),
        ('people', '0001_initial'),
        ('procedures', '0002_guard'),
        ('purpose', '0002_guard'),
        ('work', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=160)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('day', models.DateField(blank=True, null=True)),
                ('begins', models.TimeField()),
                ('ends', models.TimeField()),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan_revision', models.PositiveIntegerField(default=1)),
                ('briefing_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('called_off_at', models.DateTimeField(blank=True, null=True)),
                ('called_off_why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('time_zone', models.CharField(blank=True, max_length=64)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.event')),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='purpose.objective')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='people.team')),
            ],
            options={
                'ordering': ('starts_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('planned', remit.core.fields.MinorUnits(default=0, validators=[django.core.validators.MinValueValidator(0)])),
                ('spent', remit.core.fields.MinorUnits(default=0, validators=[django.core.validators.MinValueValidator(0)])),
                ('revision', models.PositiveIntegerField(default=1)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget', to='events.event')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('planned__gte', 0), ('spent__gte', 0), models.Q(('title', ''), _negated=True)), name='a_budget_line_says_what_for')],
            },
        ),
        migrations.CreateModel(
            name='Lending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('delegation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='charters.delegation')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lendings', to='events.event')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', remit.core.fields.Word(choices=[('kept', 'We keep it'), ('changed', 'We change it'), ('thanks', 'Thanks')], max_length=64)),
                ('text', models.CharField(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='procedures.draft')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='events.event')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='work.task')),
                ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('kind', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_lesson_says_something')],
            },
        ),
        migrations.CreateModel(name='HelperRule', fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('only', models.BooleanField(default=True, editable=False, unique=True)), ('days', models.PositiveSmallIntegerField()), ('changed_at', models.DateTimeField()),
        ], options={'constraints': [models.CheckConstraint(condition=models.Q(('days__gte', 1), ('only', True)), name='one_helper_rule')]}),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60)),
                ('skills', models.JSONField(default=list)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='events.event')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': (django.db.models.functions.comparison.Coalesce('member__name', 'name'), 'id'),
            },
        ),
        migrations.CreateModel(
            name='Planning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('stop', remit.core.fields.Word(blank=True, choices=[('take', 'take the best until now'), ('leave', 'leave everything as it was')], max_length=64)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', remit.core.fields.Word(blank=True, choices=[('planned', 'planned'), ('stopped', 'stopped, and everything left as it was'), ('changed', 'the event was changed again and again meanwhile'), ('failed', "it couldn't be planned")], max_length=64)),
                ('of_revision', models.PositiveIntegerField(default=0)),
                ('planner', remit.core.fields.Word(blank=True, max_length=64)),
                ('plans', models.PositiveIntegerField(default=0)),
                ('cost', models.BigIntegerField(blank=True, null=True)),
                ('bound', models.BigIntegerField(blank=True, null=True)),
                ('told', models.JSONField(default=list)),
                ('dropped', models.JSONField(default=list)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plannings', to='events.event')),
            ],
            options={
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('event',), name='one_planning_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', '')), models.Q(('ended_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='an_ended_planning_says_how')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=1000)),
                ('at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='events.event')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_question_asks'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='an_answer_says_whose')],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('then', models.TextField(max_length=1000)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='events.event')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('is_moved', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stays', to='events.person')),
            ],
            options={
                'ordering': ('starts_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=160)),
                ('why', remit.core.fields.Why(max_length=1000)),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('days_before', models.SmallIntegerField(default=0)),
                ('at', models.TimeField()),
                ('minutes', models.PositiveIntegerField()),
                ('air', models.PositiveIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('late_minutes', models.PositiveSmallIntegerField(default=0)),
                ('help_at', models.DateTimeField(blank=True, null=True)),
                ('help_words', models.CharField(blank=True, max_length=160)),
                ('after', models.ManyToManyField(blank=True, related_name='before', to='events.task')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='events.event')),
                ('help_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-days_before', 'at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Press',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presses', to='events.task')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Spared',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='events.person')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spared', to='events.task')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='events.event')),
                ('speaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.task')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('skill', models.CharField(blank=True, max_length=40)),
                ('by_hand', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='events.person')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='events.task')),
            ],
            options={
                'ordering': ('skill', django.db.models.functions.comparison.Coalesce('person__member__name', 'person__name'), 'id'),
            },
        ),
        migrations.CreateModel(
            name='Thing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', remit.core.fields.Word(choices=[('equipment', 'Equipment'), ('room', 'Room')], max_length=64)),
                ('name', models.CharField(max_length=60)),
                ('count', models.PositiveIntegerField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='things', to='people.team')),
            ],
            options={
                'ordering': ('kind', 'name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Placing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('things', models.JSONField(default=list)),
                ('start_by_hand', models.BooleanField(default=False)),
                ('room_by_hand', models.BooleanField(default=False)),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='placing', to='events.task')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.thing')),
            ],
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('skill', models.CharField(blank=True, max_length=40)),
                ('count', models.PositiveSmallIntegerField(default=1)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='events.task')),
                ('thing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='events.thing')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.SmallIntegerField()),
                ('skill', models.CharField(blank=True, max_length=40)),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='events.person')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='events.task')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.AddIndex(model_name='event', index=models.Index(fields=['team', 'starts_at', 'id'], name='events_of_a_team')),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['objective', '-id'], name='events_of_an_objective'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('made_by', 'stamp'), name='one_event_a_form'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='an_event_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day', None), ('ends_at', None), ('starts_at', None)), models.Q(('day__isnull', False), ('ends_at__gt', models.F('starts_at')), ('starts_at__isnull', False)), _connector='OR'), name='an_event_has_its_hours'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('called_off_at', None), models.Q(('called_off_why', ''), _negated=True), _connector='OR'), name='called_off_with_a_why'),
        ),
        migrations.AddIndex(model_name='person', index=models.Index(fields=['member', 'event'], name='events_of_a_member')),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('event', 'member'), name='each_member_once'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(models.F('event'), django.db.models.functions.text.Lower('name'), condition=models.Q(('erased_at', None), ('member', None)), name='each_helper_once'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_at', None), ('member__isnull', False), ('name', '')), models.Q(('member', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='a_member_or_a_named_helper'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('then', ''), _negated=True)), name='a_risk_says_what_then'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.UniqueConstraint(fields=('person', 'starts_at', 'ends_at'), name='each_stay_once'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_stay_ends_after_start'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['event', '-days_before', 'at', 'id'], name='tasks_of_an_event'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('event', 'stamp'), name='one_event_task_a_form'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='an_event_task_has_a_why'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='an_event_task_takes_time'),
        ),
        migrations.AddConstraint(
            model_name='press',
            constraint=models.UniqueConstraint(fields=('by', 'key'), name='one_event_press_a_key'),
        ),
        migrations.AddConstraint(
            model_name='spared',
            constraint=models.UniqueConstraint(fields=('task', 'person'), name='spared_once'),
        ),
        migrations.AddIndex(
            model_name='point',
            index=models.Index(fields=['speaker', 'event'], name='points_of_a_speaker'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), ('minutes__gte', 1)), name='a_point_takes_time'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('task', 'person'), name='each_person_once_a_task'),
        ),
        migrations.AddConstraint(
            model_name='thing',
            constraint=models.UniqueConstraint(models.F('team'), django.db.models.functions.text.Lower('name'), name='one_thing_a_name'),
        ),
        migrations.AddConstraint(
            model_name='thing',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1), models.Q(('name', ''), _negated=True)), name='a_thing_is_there'),
        ),
        migrations.AddIndex(
            model_name='placing',
            index=models.Index(fields=['starts_at', 'ends_at'], name='placings_by_time'),
        ),
        migrations.AddConstraint(
            model_name='placing',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_placing_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('thing', None)), fields=('task', 'skill'), name='each_skill_once'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('thing__isnull', False)), fields=('task', 'thing'), name='each_thing_once'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('thing', None), ('skill', ''), _connector='OR'), name='a_thing_has_no_skill'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='a_need_is_one_at_least'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at', None), ('skill', ''), ('starts_at', None), ('task__isnull', False)), models.Q(('ends_at', None), ('starts_at', None), ('task', None), models.Q(('skill', ''), _negated=True)), models.Q(('ends_at__gt', models.F('starts_at')), ('skill', ''), ('starts_at__isnull', False), ('task', None)), _connector='OR'), name='a_wish_says_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(('weight__range', (1, 3)), ('weight__range', (-3, -1)), _connector='OR'), name='a_wish_has_a_weight'),
        ),
    ]
