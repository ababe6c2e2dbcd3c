"""The tables of complaints."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import remit.complaints.models.customers
import remit.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('approvals', '0001_initial'),
        ('charters', '0001_initial'),
        ('inbox', '0001_initial'),
        ('people', '0001_initial'),
        ('remedies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NextNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('only', models.BooleanField(default=True, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(default=2001)),
            ],
        ),
        migrations.CreateModel(
            name='RatingSetting',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rating_setting', serialize=False, to='people.team')),
                ('asks', models.BooleanField(default=True)),
                ('after_hours', models.PositiveSmallIntegerField(default=24)),
            ],
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('link', models.CharField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('category', remit.core.fields.Word(blank=True, max_length=64)),
                ('severity', models.PositiveSmallIntegerField(choices=[(1, 'small'), (2, 'usual'), (3, 'serious')], default=2)),
                ('channel', remit.core.fields.Word(choices=[('counter', 'in person'), ('phone', 'by phone'), ('form', 'by the form'), ('mail', 'by mail'), ('import', 'imported')], max_length=64)),
                ('language', models.CharField(default='en', max_length=12)),
                ('sought_kind', remit.core.fields.Word(blank=True, max_length=64)),
                ('sought_amount', remit.core.fields.MinorUnits(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0)])),
                ('sought', models.CharField(blank=True, max_length=300)),
                ('facts', models.JSONField(default=dict)),
                ('opened_at', models.DateTimeField()),
                ('first_replied_at', models.DateTimeField(blank=True, null=True)),
                ('first_reply_due_at', models.DateTimeField(blank=True, null=True)),
                ('reply_due_at', models.DateTimeField(blank=True, null=True)),
                ('resolution_due_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Least(django.db.models.functions.comparison.Coalesce('reply_due_at', 'resolution_due_at'), django.db.models.functions.comparison.Coalesce('resolution_due_at', 'reply_due_at')), output_field=models.DateTimeField(null=True))),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('mails_back', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints_about', to=settings.AUTH_USER_MODEL)),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints_taken', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='complaints.complaint')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='people.team')),
            ],
            options={
                'indexes': [models.Index(fields=['team', '-last_at', '-id', 'severity', 'channel', 'category', 'assignee', 'opened_at'], name='complaints_of_a_team'), models.Index(condition=models.Q(('closed_at', None)), fields=['team', '-last_at', '-id'], name='complaints_open'), models.Index(condition=models.Q(('closed_at', None)), fields=['assignee', '-last_at'], name='complaints_mine'), models.Index(condition=models.Q(('closed_at', None)), fields=['team', 'due_at', 'id'], name='complaints_due'), models.Index(condition=models.Q(('closed_at', None), _negated=True), fields=['team', '-last_at', '-id'], name='complaints_closed'), models.Index(condition=models.Q(('assignee', None), ('closed_at', None)), fields=['team', '-last_at', '-id'], name='complaints_unassigned'), models.Index(condition=models.Q(('assignee', None)), fields=['team', '-last_at', '-id', 'severity', 'channel', 'category', 'opened_at'], name='complaints_of_nobody'), models.Index(condition=models.Q(('closed_at__isnull', False), ('erased_at', None)), fields=['closed_at', 'id'], name='complaints_by_age'), models.Index(fields=['team', 'category', '-opened_at'], name='complaints_alike')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', remit.core.fields.Word(choices=[('made-right', 'made right'), ('not-ours', 'not ours to mend'), ('no-answer', "the customer didn't answer"), ('duplicate', 'told twice'), ('withdrawn', 'the customer took it back')], max_length=64)),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ('reopened_why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('rating_asked_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reopened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='complaints.complaint')),
            ],
            options={
                'ordering': ('at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('reopened_at', None)), fields=('complaint',), name='closed_once')],
            },
        ),
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('note', models.TextField(blank=True)),
                ('since', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('merged_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='complaints.customer')),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='people.team')),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Lower('email'), name='customer_by_mail'), models.Index(fields=['phone'], name='customer_by_phone'), models.Index(remit.complaints.models.customers.EndOfPhone('phone'), name='customer_by_phone_end'), models.Index(django.db.models.functions.text.Lower('name'), name='customer_by_name'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='customers_merged'), models.Index(django.db.models.functions.text.Lower('name'), models.F('id'), condition=models.Q(('merged_into', None)), name='customers_listed')],
            },
        ),
        migrations.AddField(
            model_name='complaint',
            name='customer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='complaints.customer'),
        ),
        migrations.CreateModel(
            name='CustomerMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='complaints.customer')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='complaints.customer')),
            ],
            options={
                'ordering': ('-at', '-id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('gone',), name='merged_once')],
            },
        ),
        migrations.CreateModel(
            name='FormSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=64)),
                ('stamp', models.CharField(max_length=64, unique=True)),
                ('at', models.DateTimeField()),
                ('complaint', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='complaints.complaint')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'indexes': [models.Index(fields=['origin', 'at'], name='forms_of_an_origin'), models.Index(fields=['team', 'at'], name='forms_of_a_team')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', remit.core.fields.Why(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='complaints.complaint')),
                ('giver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={'ordering': ('at', 'id')},
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', remit.core.fields.Word(choices=[('complaints', 'complaints'), ('orders', 'orders'), ('customers', 'customers')], max_length=64)),
                ('file', models.FileField(blank=True, upload_to='imports/%Y/%m/')),
                ('name', models.CharField(max_length=160)),
                ('columns', models.JSONField(default=dict)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('made', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('reasons', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('failed', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='people.team')),
            ],
            options={'ordering': ('-at', '-id')},
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', remit.core.fields.Word(choices=[('complaints', 'complaints'), ('orders', 'orders'), ('customers', 'customers')], max_length=64)),
                ('key', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('team', 'what', 'key'), name='a_row_once')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='complaints.complaint')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='complaints.complaint')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='linked_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='linked_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', remit.core.fields.Word(choices=[('from-customer', 'from the customer'), ('to-customer', 'to the customer'), ('automatic', 'sent by itself to the customer'), ('note', 'only the team sees this'), ('question', 'what would you do?'), ('advice', "a colleague's advice")], max_length=64)),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('mail_state', remit.core.fields.Word(choices=[('none', "shown on the customer's page"), ('waits', 'leaves in a moment'), ('sending', 'on its way'), ('sent', 'sent'), ('failed', 'could not be sent'), ('taken-back', 'undone before it left')], default='none', max_length=64)),
                ('leaves_at', models.DateTimeField(blank=True, null=True)),
                ('message_id', models.CharField(blank=True, max_length=200)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='complaints.complaint')),
                ('to_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('at', 'id'),
                'indexes': [models.Index(fields=['complaint', 'at'], name='messages_of_a_complaint')],
            },
        ),
        migrations.CreateModel(
            name='ReceivedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('kind', remit.core.fields.Word(choices=[('taken', 'what a customer says'), ('unread', 'an answer of a customer, to an address that nobody reads'), ('bounce', 'a mail of ours that came back'), ('automatic', 'written by a machine'), ('unknown', 'about nothing that is known here'), ('machine', 'sent by a machine, perhaps for somebody'), ('list', 'sent to many'), ('own', 'sent from an address of our own'), ('flood', 'one of too many within an hour'), ('unreadable', 'could not be read')], max_length=64)),
                ('message_id', models.CharField(blank=True, max_length=250)),
                ('sender', models.CharField(blank=True, max_length=254)),
                ('sender_name', models.CharField(blank=True, max_length=120)),
                ('subject', models.CharField(blank=True, max_length=300)),
                ('older', models.TextField(blank=True)),
                ('left_out', models.JSONField(default=list)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('raw', models.FileField(blank=True, upload_to='mails/%Y/%m/')),
                ('size', models.PositiveIntegerField(default=0)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('became', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mail', to='complaints.message')),
                ('complaint', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails_received', to='complaints.complaint')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mailbox', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='inbox.mailbox')),
                ('word', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='complaints.message')),
            ],
            options={
                'indexes': [models.Index(fields=['complaint', 'at'], name='mails_of_a_complaint'), models.Index(fields=['kind', 'at'], name='mails_of_a_kind'), models.Index(fields=['message_id'], name='mails_by_their_id'), models.Index(fields=['mailbox', 'sender', 'at'], name='mails_of_a_sender'), models.Index(condition=models.Q(('done_at', None), ('kind__in', ['flood', 'list', 'machine', 'own', 'unreadable'])), fields=['mailbox', '-at', '-id'], name='mails_set_aside')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('mailbox', None)), fields=('key',), name='a_mail_to_remit_once'), models.UniqueConstraint(fields=('mailbox', 'key'), name='a_mail_to_a_team_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', remit.core.fields.Word(max_length=64)),
                ('value', remit.core.fields.MinorUnits(validators=[django.core.validators.MinValueValidator(0)])),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('what', models.CharField(blank=True, max_length=200)),
                ('level', remit.core.fields.Word(max_length=64)),
                ('request', models.JSONField()),
                ('verdict', models.JSONField()),
                ('was_offered', models.BooleanField(default=False)),
                ('near_lines', models.PositiveIntegerField(default=0)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('words', models.TextField(blank=True)),
                ('letter', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('approval', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='approvals.approval')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.version')),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='complaints.complaint')),
                ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.delegation')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('on_authority_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remedy', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='remedies.remedy')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='people.team')),
                ('message', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='complaints.message')),
            ],
            options={
                'ordering': ('at', 'id'),
                'indexes': [models.Index(fields=['complaint', 'at'], name='decisions_of_a_complaint'), models.Index(fields=['team', '-at'], name='decisions_of_a_team'), models.Index(fields=['member', '-at'], name='decisions_of_a_member'), models.Index(fields=['team', 'near_lines'], name='decisions_near_a_line')],
            },
        ),
        migrations.CreateModel('Attachment', fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('file', models.FileField(upload_to='attachments/%Y/%m/')), ('name', models.CharField(max_length=160)),
            ('media_type', models.CharField(max_length=80)), ('size', models.PositiveIntegerField()),
            ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='complaints.message')),
        ]),
        migrations.CreateModel('UnsentFile', fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('file', models.FileField(upload_to='attachments/%Y/%m/')), ('name', models.CharField(max_length=160)),
            ('media_type', models.CharField(max_length=80)), ('size', models.PositiveIntegerField()), ('at', models.DateTimeField()),
            ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsent_files', to='complaints.complaint')),
            ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
        ]),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('placed_on', models.DateField(blank=True, null=True)),
                ('paid', remit.core.fields.MinorUnits(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0)])),
                ('currency', remit.core.fields.Currency(max_length=3)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='complaints.customer')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='people.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('team', 'number'), name='one_order_a_number')],
            },
        ),
        migrations.AddField(
            model_name='complaint',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='complaints.order'),
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(db_index=True)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='complaints.complaint')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('complaint', 'member'), name='here_once')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_right', models.PositiveSmallIntegerField()),
                ('quickness', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('closure', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rating', to='complaints.closure')),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='complaints.complaint')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('made_right__gte', 1), ('made_right__lte', 5)), name='made_right_1_to_5')],
                'indexes': [models.Index(fields=['-at', '-id'], name='ratings_latest')],
            },
        ),
        migrations.CreateModel('SavedReply', fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('title', models.CharField(max_length=80)), ('text', models.TextField()), ('category', remit.core.fields.Word(blank=True, max_length=64)),
            ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_replies', to='people.team')),
        ], options={'ordering': ('title',), 'constraints': [models.UniqueConstraint(fields=('team', 'title'), name='one_reply_a_title')]}),
        migrations.CreateModel('LetterWording', fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')), ('letter', remit.core.fields.Word(max_length=64)),
            ('language', models.CharField(max_length=2)), ('text', models.TextField()), ('is_usual', models.BooleanField(default=False)),
            ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letter_wordings', to='people.team')),
        ], options={'constraints': [models.UniqueConstraint(fields=('team', 'letter', 'language'), name='one_wording')]}),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60)),
                ('query', models.CharField(max_length=500)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('title',),
                'constraints': [models.UniqueConstraint(fields=('member', 'title'), name='one_view_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', remit.core.fields.Word(max_length=64)),
                ('complaints', models.ManyToManyField(blank=True, related_name='tags', to='complaints.complaint')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='people.team')),
            ],
            options={
                'ordering': ('word',),
                'constraints': [models.UniqueConstraint(fields=('team', 'word'), name='one_tag_a_word')],
            },
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['customer', '-opened_at'], name='complaints_of_a_customer'),
        ),
    ]
