"""The same as app.js, by Flask and twilio-python; all is sent before the answer."""

import os
import sys

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.rest import Client

client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
client.api.base_url = os.environ["TWILIO_API_BASE_URL"]
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])

fragile = sys.argv[1] == "fragile"
origin = f"http://127.0.0.1:{os.environ['PORT']}"
counts = {}
app = Flask(__name__)


@app.before_request
def validate():
    if request.method == "POST" and not validator.validate(
        request.url, request.form, request.headers.get("X-Twilio-Signature", "")
    ):
        abort(403)


@app.post("/status")
def status():
    return "", 204


@app.post("/sms")
def sms():
    sender = request.form["From"]
    before = int(request.cookies.get("count", 0)) if fragile else counts.get(sender, 0)
    count = counts[sender] = before + 1
    client.messages.create(
        to=sender, from_=request.form["To"], body=f"message {count}",
        status_callback=f"{origin}/status",
    )
    response = Response("<Response/>", mimetype="text/xml")
    response.set_cookie("count", str(count))
    return response


app.run("127.0.0.1", int(os.environ["PORT"]), threaded=True)
