"""What is said, apart from where it is remembered: all apps of this folder share it."""

import os
import re
import signal
import sys
import time

ONE_PIZZA = re.compile(r"[1-9][0-9]? (small|medium|large)")

PORT = int(os.environ.get("PORT", "3000"))
PRICE_SECONDS = 0.03


def turn(basket, body):
    """One turn: the basket so far and a message in, the basket and a reply out."""
    said = body.strip().lower()
    if ONE_PIZZA.fullmatch(said):
        fuller = f"{basket}, {said}" if basket else said
        return fuller, f"{fuller}. Anything else? Or yes."
    if said == "yes" and basket:
        return "", f"Confirmed: {basket}"
    return basket, "Say what you would like, as in '2 large'."


def twiml(reply):
    return f'<?xml version="1.0"?><Response><Message>{reply}</Message></Response>'


def price():
    """What a query takes.

    Every app waits here between reading its session and changing it.
    """
    time.sleep(PRICE_SECONDS)


def serve(wsgi_app):
    """Serves on threads, until SIGTERM."""
    from waitress import serve

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    serve(wsgi_app, host="127.0.0.1", port=PORT, threads=8)
