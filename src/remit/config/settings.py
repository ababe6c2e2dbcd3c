"""Settings, from the environment alone; every one has a default that is safe.

REMIT_DATA        folder of the database, the uploads and the secret key (remit-data)
DATABASE_URL      PostgreSQL in place of the SQLite file in that folder
REMIT_SECRET_KEY  signs sessions and links; made and kept in the folder where it is not given
REMIT_HOSTS       names under which Remit is reached, with commas (that of REMIT_ADDRESS, and of this machine)
REMIT_ADDRESS     where links in mails and codes lead, for example https://remit.example.org
REMIT_PROXIES     addresses and networks of proxies in front, with commas (this machine, behind https)
REMIT_MAIL        mail server, for example smtp://user:password@mail.example.org:587?tls=yes; none: no mail
REMIT_MAIL_FROM   sender of mails (remit@localhost)
REMIT_MAIL_REPLY_TO  where answers of customers go, where that is another address than the sender
REMIT_PUSH_INSIDE 1 lets notices go to push services inside your own network, also without https
REMIT_STRIPE      where Stripe is reached, for those behind a relay of their own (https://api.stripe.com)
REMIT_JOB_LEASE   seconds after which a worker that fell silent loses its job to another one (60)
REMIT_OIDC_ISSUER the company's directory (OpenID Connect), for example https://login.example.org/realms/staff
REMIT_OIDC_CLIENT, REMIT_OIDC_SECRET  what the directory knows this Remit by
REMIT_OIDC_NAME   how the button at sign-in calls it (your company)
REMIT_LOG         json or text: how lines of the log are written (text on a terminal, json elsewhere)
REMIT_METRICS_KEY opens /metrics to who sends it as a bearer token; without it there are none
REMIT_DEMO        1 shows the banner and the doors of the demo
REMIT_DEBUG       1 shows traces; for developing only
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from remit.config.secret import kept_secret
from remit.config.values import DATA_FOLDER, host_of, hosts_of, proxies_of
from remit.watching.logs import logging_settings

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("REMIT_DATA") or DATA_FOLDER).resolve()

DEBUG = os.environ.get("REMIT_DEBUG") == "1"
DEMO = os.environ.get("REMIT_DEMO") == "1"
SECRET_KEY = os.environ.get("REMIT_SECRET_KEY") or kept_secret(DATA)
ADDRESS = os.environ.get("REMIT_ADDRESS", "").rstrip("/")
ALLOWED_HOSTS = hosts_of(os.environ.get("REMIT_HOSTS", "")) or [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([host_of(ADDRESS)] if ADDRESS else []),
]
IS_SECURE = ADDRESS.startswith("https://")
PROXIES = proxies_of(os.environ.get("REMIT_PROXIES", ""), is_behind_one=IS_SECURE)
CSRF_TRUSTED_ORIGINS = [ADDRESS] if IS_SECURE else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "remit.core",
    "remit.jobs",
    "remit.trail",
    "remit.notices",
    "remit.people",
    "remit.upkeep",
    "remit.ledger",
    "remit.purpose",
    "remit.inbox",
    "remit.procedures",
    "remit.work",
    "remit.pulse",
    "remit.voice",
    "remit.charters",
    "remit.rollouts",
    "remit.events",
    "remit.approvals",
    "remit.remedies",
    "remit.complaints",
    "remit.reviews",
    "remit.growth",
    "remit.practice",
    "remit.findings",
    "remit.insight",
    "remit.today",
    "remit.privacy",
    "remit.watching",
    "remit.demo",
]

MIDDLEWARE = [
    "remit.watching.requests.Watched",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "remit.core.caching.KeptNowhere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "remit.people.middleware.SignedInMember",
    "remit.core.pages.RefusalsAsPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "remit.config.urls"
WSGI_APPLICATION = "remit.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "remit.core.templatetags.remit",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "remit.core.pages.around_every_page",
                "remit.people.context.around_every_page",
                "remit.config.frame.around_every_page",
                "remit.config.ways.around_every_page",
            ],
            # Written out: both packages would rewrite them when they start, and the later one would win.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
    "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;"
)


def _database() -> dict[str, Any]:
    address = os.environ.get("DATABASE_URL", "")
    if address:
        database: dict[str, Any] = dict(
            dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)
        )
        # A server that doesn't answer is found out by a page, not by whoever waits for it for minutes.
        options = database.setdefault("OPTIONS", {})
        options.setdefault("connect_timeout", 10)
        options.setdefault("server_side_binding", True)
        return database
    DATA.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA / "remit.sqlite3"),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA / "uploads"

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "remit.people.signing_in.MailAndPassword",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "/"
OIDC_ISSUER = os.environ.get("REMIT_OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT = os.environ.get("REMIT_OIDC_CLIENT", "")
OIDC_SECRET = os.environ.get("REMIT_OIDC_SECRET", "")
OIDC_NAME = os.environ.get("REMIT_OIDC_NAME", "your company")
AXES_USERNAME_FORM_FIELD = "username"  # not the name of the field in the table
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "remit.core.origin.address_of_browser"
AXES_LOCKOUT_CALLABLE = "remit.people.views.ways_in.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True  # the trail says who signed in; its rows would hold the secrets of links
AXES_VERBOSE = False

SESSION_ENGINE = "remit.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_FAILURE_VIEW = "remit.core.pages.form_too_old"
SECURE_HSTS_SECONDS = 31536000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    PACKAGE / "static",
    ("fonts", PACKAGE.parent / "remit_engine" / "report" / "fonts"),
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 60 * 60

IS_FOR_TRYING = (DATA / "for-trying").exists()  # a backup was restored here with --for-trying
MAIL = "" if IS_FOR_TRYING else os.environ.get("REMIT_MAIL", "")
DEFAULT_FROM_EMAIL = os.environ.get("REMIT_MAIL_FROM") or "remit@localhost"
MAIL_REPLY_TO = os.environ.get("REMIT_MAIL_REPLY_TO", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if MAIL else "django.core.mail.backends.dummy.EmailBackend"
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

TASKS = {"default": {"BACKEND": "remit.jobs.backend.DatabaseQueue"}}
PUSH_INSIDE = os.environ.get("REMIT_PUSH_INSIDE") == "1"
PROVIDER_SECONDS = 30.0
STRIPE_ADDRESS = os.environ.get("REMIT_STRIPE") or "https://api.stripe.com"
JOB_LEASE_SECONDS = float(os.environ.get("REMIT_JOB_LEASE") or "60")

METRICS_KEY = os.environ.get("REMIT_METRICS_KEY", "")
LOGGING = logging_settings(os.environ.get("REMIT_LOG", ""), are_requests_shown=not DEMO)
