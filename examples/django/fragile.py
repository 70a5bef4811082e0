#!/usr/bin/python3
"""Orders a pizza over SMS, and keeps the conversation in Django's session.

That session is a row of the database, found by its cookie alone: if one webhook
comes without it, Django starts an empty session, whose key then replaces the old
one, and the order is gone.
"""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from twilio.twiml.messaging_response import MessagingResponse

import project
from dialogue import START, turn

project.configure()


@csrf_exempt
def sms(request):
    params = request.POST if request.method == "POST" else request.GET
    step, order = request.session.get("conversation", START)
    step, order, reply = turn(step, order, params.get("Body", ""))
    request.session["conversation"] = step, order

    response = MessagingResponse()
    response.message(reply)
    return HttpResponse(str(response), content_type="text/xml")


urlpatterns = [path("sms", sms)]

if __name__ == "__main__":
    project.serve()
