#!/usr/bin/python3
"""Orders a pizza over SMS, and keeps the conversation in Flask's session.

That session is nothing but a signed cookie. If a webhook comes without it the
conversation starts over; if it comes with an older one, it goes back in time.
"""

import os
import signal
import sys

from flask import Flask, Response, request, session
from twilio.twiml.messaging_response import MessagingResponse

from dialogue import START, turn

app = Flask(__name__)
app.secret_key = "development-only-not-a-secret"


@app.route("/sms", methods=["GET", "POST"])
def sms():
    step, order = session.get("step", START[0]), session.get("order", START[1])
    session["step"], session["order"], reply = turn(step, order, request.values.get("Body", ""))

    response = MessagingResponse()
    response.message(reply)
    return Response(str(response), mimetype="text/xml")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5000")))
