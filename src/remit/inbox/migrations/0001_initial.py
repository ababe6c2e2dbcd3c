"""The tables of the mailboxes."""

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
            name='Outflow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('told_hour', models.DateTimeField(blank=True, null=True)),
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('signature', models.TextField(blank=True)),
                ('most_an_hour', models.PositiveIntegerField(default=200)),
                ('way', remit.core.fields.Word(choices=[('imap', 'a mailbox over IMAP'), ('mailgun', 'Mailgun posts it here'), ('sendgrid', 'SendGrid posts it here'), ('postmark', 'Postmark posts it here'), ('post', 'another service or program posts it here'), ('pipe', 'the mail server of this machine pipes it into remit mail receive')], max_length=64)),
                ('host', models.CharField(blank=True, max_length=253)),
                ('port', models.PositiveIntegerField(default=0)),
                ('security', remit.core.fields.Word(default='tls', max_length=64)),
                ('user', models.CharField(blank=True, max_length=254)),
                ('sealed_password', models.TextField(blank=True)),
                ('folder', models.CharField(default='INBOX', max_length=200)),
                ('afterwards', remit.core.fields.Word(default='seen', max_length=64)),
                ('moved_to', models.CharField(blank=True, max_length=200)),
                ('uid_validity', models.BigIntegerField(default=0)),
                ('last_uid', models.BigIntegerField(default=0)),
                ('stuck_validity', models.BigIntegerField(default=0)),
                ('stuck_uid', models.BigIntegerField(default=0)),
                ('stuck_times', models.PositiveSmallIntegerField(default=0)),
                ('stuck_is_it', models.BooleanField(default=False)),
                ('begins_at', models.DateTimeField(blank=True, null=True)),
                ('hook_hash', models.CharField(blank=True, max_length=64)),
                ('sealed_key', models.TextField(blank=True)),
                ('reached_at', models.DateTimeField(blank=True, null=True)),
                ('trouble', models.TextField(blank=True)),
                ('trouble_at', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('is_stopped', models.BooleanField(default=False)),
                ('watcher', models.CharField(blank=True, max_length=80)),
                ('watched_until', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('changes', models.PositiveIntegerField(default=0)),
                ('off_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mailbox', to='people.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('off_at', None)), fields=('address',), name='one_mailbox_an_address'), models.UniqueConstraint(condition=models.Q(('hook_hash', ''), _negated=True), fields=('hook_hash',), name='one_mailbox_a_hook')],
            },
        ),
    ]
