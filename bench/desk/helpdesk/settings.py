"""django-helpdesk as its documentation sets it up, without debugging; teams are left out.

HELPDESK_DATABASE is the file of SQLite, or the address of PostgreSQL.
"""

import os
from urllib.parse import parse_qs, urlsplit

_DATABASE = os.environ["HELPDESK_DATABASE"]
SECRET_KEY = "of-the-bench-alone"  # noqa: S105 (its data are made)
DEBUG = False
ALLOWED_HOSTS = ["localhost"]
SITE_ID = 1
USE_TZ = True
ROOT_URLCONF = "bench.desk.helpdesk.urls"
STATIC_URL = "/static/"
LOGIN_URL = "helpdesk:login"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "helpdesk.apps.HelpdeskConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
HELPDESK_TEAMS_MODE_ENABLED = False


def _database() -> dict[str, object]:
    """Both with what Remit uses too: a connection that stays, and on SQLite the same pragmas."""
    if not _DATABASE.startswith("postgresql:"):
        pragmas = "journal_mode=WAL", "mmap_size=134217728", "cache_size=-64000", "temp_store=MEMORY"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _DATABASE,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"timeout": 20, "init_command": ";".join(f"PRAGMA {each}" for each in pragmas)},
        }
    address = urlsplit(_DATABASE)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.strip("/"),
        "USER": address.username,
        "HOST": parse_qs(address.query)["host"][0],
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": _database()}
