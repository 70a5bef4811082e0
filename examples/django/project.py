"""Settings and server of both apps, in place of a project's settings.py and manage.py."""

import os
import signal
import sys
import tempfile

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

if not (database := os.environ.get("DATABASE")):
    scratch = tempfile.TemporaryDirectory(prefix="pizza-")  # gone when the app ends
    database = os.path.join(scratch.name, "pizza.sqlite")


def configure(**more):
    """What an app needs; `more` are settings of its own."""
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        SECRET_KEY="development-only-not-a-secret",
        ROOT_URLCONF="__main__",
        INSTALLED_APPS=["django.contrib.sessions"],
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": database,
                "OPTIONS": {"timeout": 20},
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        **more,
    )
    django.setup()


def serve(*models):
    """Makes the tables, then answers on 127.0.0.1 until SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    call_command("migrate", verbosity=0)
    known = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in models:
            if model._meta.db_table not in known:
                editor.create_model(model)
    call_command("runserver", f"127.0.0.1:{os.environ.get('PORT', '8000')}", "--noreload")
