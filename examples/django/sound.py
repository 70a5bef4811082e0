#!/usr/bin/python3
"""Orders a pizza over SMS, and keeps the conversation in a table of its own.

It is kept under (From, To), which every webhook carries. The cookie holds a
copy, used only when it is known to be the latest: without it the app is slower,
never wrong.
"""

import secrets

from django.db import models, transaction
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from twilio.twiml.messaging_response import MessagingResponse

import project
from dialogue import START, turn

# The session is the signed cookie itself. Twilio keeps it four hours, not two weeks.
project.configure(
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    SESSION_COOKIE_AGE=4 * 60 * 60,
)


def new_version():
    """Random, not counted, so that no two states ever share one:

    not those of two senders, nor those before and after the database was replaced.
    """
    return secrets.token_hex(16)


class Conversation(models.Model):
    sender = models.TextField()
    recipient = models.TextField()
    step = models.TextField(default=START[0])
    order = models.TextField(default=START[1])
    version = models.TextField(default=new_version)

    class Meta:
        app_label = "pizza"
        unique_together = ["sender", "recipient"]


def load(row, copy):
    """The version is asked for each time; the rest only if the copy is not of it.

    (The rest is small here. Think of a long history, or another host.)
    """
    version = row.values_list("version", flat=True).get()
    if copy.get("version") == version:
        return copy["step"], copy["order"], version
    return row.values_list("step", "order", "version").get()


@csrf_exempt
def sms(request):
    params = request.POST if request.method == "POST" else request.GET
    pair = {"sender": params.get("From", ""), "recipient": params.get("To", "")}

    with transaction.atomic():
        # Webhooks may arrive together: take turns. To write first locks SQLite's
        # database; other databases lock the row that is selected for update.
        Conversation.objects.bulk_create([Conversation(**pair)], ignore_conflicts=True)
        row = Conversation.objects.select_for_update().filter(**pair)
        was_step, was_order, version = load(row, request.session)
        step, order, reply = turn(was_step, was_order, params.get("Body", ""))
        if (step, order) != (was_step, was_order):
            version = new_version()
            row.update(step=step, order=order, version=version)

    request.session.update({"step": step, "order": order, "version": version})

    response = MessagingResponse()
    response.message(reply)
    return HttpResponse(str(response), content_type="text/xml")


urlpatterns = [path("sms", sms)]

if __name__ == "__main__":
    project.serve(Conversation)
