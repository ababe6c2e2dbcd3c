"""Dovecot, as most mail servers run it, with certificates of an authority of one's own."""

import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.inbox.other_program import OtherProgram

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

MOST_TRIES = 400


def why_not():
    """Why Dovecot can't be started here; "" when it can."""
    if DOVECOT is None:
        return "dovecot isn't installed (Debian: dovecot-imapd)"
    version = subprocess.run([DOVECOT, "--version"], capture_output=True, text=True, check=True).stdout
    # 2.4 reads another kind of settings, and won't run with these.
    return "" if version.startswith("2.3.") else f"dovecot {version.split()[0]} is here, these are for 2.3"


def _settings(folder, ports):
    mail, mine = _owner(), pwd.getpwuid(os.getuid()).pw_name
    plain, tls = (f"address = 127.0.0.1\nport = {port}" for port in ports)
    heard = f"inet_listener imap {{\n{plain}\n}}\ninet_listener imaps {{\n{tls}\nssl = yes\n}}"
    users = "" if os.getuid() == 0 else f"default_internal_user = {mine}\ndefault_login_user = {mine}\n"
    return f"""{users}base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{folder}/mail
first_valid_uid = 1
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/certificate.pem
auth_failure_delay = 0
mail_max_userip_connections = 50
namespace inbox {{
inbox = yes
separator = /
}}
service anvil {{
{"chroot =" if os.getuid() else ""}
unix_listener anvil-auth-penalty {{
mode = 0
}}
}}
service imap-login {{
{"chroot =" if os.getuid() else ""}
{heard}
}}
passdb {{
driver = passwd-file
args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
driver = static
args = uid={mail.pw_uid} gid={mail.pw_gid} home={folder}/home
}}
"""


def _owner():
    """Dovecot touches no mail as root."""
    return pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


def _free_ports(count):
    asked = [socket.socket() for _ in range(count)]
    for each in asked:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in asked]
    for each in asked:
        each.close()
    return ports


class Dovecot(OtherProgram):
    """A Dovecot of its own, with one user; its mail stays when it is killed and started again."""

    user, password = "harbour", "geheimes Wort 1"

    def __init__(self, folder):
        self.folder = folder
        self.authority = folder / "authority.pem"
        self.starttls_port, self.tls_port = _free_ports(2)
        folder.chmod(0o755)
        for name in ("mail", "home", "state", "run"):
            (folder / name).mkdir()
        if os.getuid() == 0:
            for name in ("mail", "home"):
                os.chown(folder / name, _owner().pw_uid, _owner().pw_gid)
        (folder / "users").write_text(f"{self.user}:{{PLAIN}}{self.password}::::::\n")
        (folder / "dovecot.conf").write_text(_settings(folder, (self.starttls_port, self.tls_port)))
        _certify(folder)
        self._process = None

    def start(self):
        self._process = subprocess.Popen(
            [DOVECOT, "-F", "-c", self.folder / "dovecot.conf"], start_new_session=True
        )
        for _ in range(MOST_TRIES):
            assert self._process.poll() is None, self._log
            with suppress(OSError, imaplib.IMAP4.abort):
                self.client().logout()
                return self
            Event().wait(0.05)
        raise AssertionError(self._log)

    @property
    def _log(self):
        file = self.folder / "log"
        return file.read_text() if file.exists() else "it never wrote a line"

    def stop(self):
        """End it and every connection to it."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
            # Whoever serves a connection outlives it: seen for 9 seconds, and for 39 on a busy machine.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            while self._is_heard():
                Event().wait(0.02)

    def _is_heard(self):
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.tls_port), timeout=1):
            return True
        return False

    @property
    def context(self):
        return ssl.create_default_context(cafile=self.authority)

    def client(self):
        client = imaplib.IMAP4_SSL("localhost", self.tls_port, ssl_context=self.context, timeout=20)
        client.login(self.user, self.password)
        return client

    def does(self, command, *arguments):
        """Do one thing as another mail program does it."""
        client = self.client()
        status, answer = getattr(client, command)(*arguments)
        assert status == "OK", answer
        client.logout()

    def lies(self, *mails):
        """As a mail server delivers many: files in the folder."""
        self.does("select")  # The folder is made when somebody first looks.
        for number, each in enumerate(mails):
            self.writes(f"new/{1_800_000_000 + number}.M{number}P1.here", each)

    def writes(self, name, content):
        """Put a file among its mails."""
        file = self.folder / "mail" / name
        file.write_bytes(content)
        if os.getuid() == 0:
            os.chown(file, _owner().pw_uid, _owner().pw_gid)

    def forgets(self):
        """As when its index is lost: the mails stay, under other UIDs of another UIDVALIDITY."""
        for file in (self.folder / "mail").glob("dovecot*"):
            file.unlink()
        self.writes("dovecot-uidvalidity", b"")
        self.writes("dovecot-uidvalidity.7b0aeb2e", b"")


def _certify(folder):
    """An authority, and a certificate of it for `localhost`, with its key in one file."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _name("Harbour Authority")
    own = _made(authority, authority, authority_key, authority_key, is_authority=True)
    given = _made(_name("localhost"), authority, key, authority_key, is_authority=False)
    pem = serialization.Encoding.PEM
    (folder / "authority.pem").write_bytes(own.public_bytes(pem))
    plain = serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "certificate.pem").write_bytes(given.public_bytes(pem) + secret)


def _name(words):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _made(subject, issuer, key, signing, *, is_authority):
    now = datetime.now(UTC)
    of_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False
    ) | {"encipher_only": False, "decipher_only": False, "digital_signature": True}
    usage |= {"key_cert_sign": is_authority, "crl_sign": is_authority}
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(of_issuer, critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(signing, hashes.SHA256())
    )
