#!/usr/bin/python3
"""Django's sessions, in the store that is named: signed_cookies, db, file or cache."""

import os
import sys
from tempfile import TemporaryDirectory

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

from dialogue import price, serve, turn, twiml

folder = TemporaryDirectory(prefix="atlas-")
settings.configure(
    SECRET_KEY="development-only",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.sessions"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    SESSION_ENGINE=f"django.contrib.sessions.backends.{sys.argv[1]}",
    SESSION_FILE_PATH=folder.name,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(folder.name, "sessions.sqlite"),
        }
    },
)


def sms(request):
    basket = request.session.get("basket", "")
    price()
    request.session["basket"], reply = turn(basket, request.POST["Body"])
    return HttpResponse(twiml(reply), content_type="text/xml")


urlpatterns = [path("sms", sms)]

django.setup()
if sys.argv[1] == "db":
    call_command("migrate", verbosity=0)
serve(get_wsgi_application())
