"""The database of the apps that stand for one pattern each, and what else they share."""

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager

from flask import Response
from twilio.twiml.messaging_response import MessagingResponse

if not (database := os.environ.get("DATABASE")):
    scratch = tempfile.TemporaryDirectory(prefix="pizza-")  # gone when the app ends
    database = os.path.join(scratch.name, "pizza.sqlite")

with closing(sqlite3.connect(database)) as db:
    db.execute("PRAGMA journal_mode = WAL")


@contextmanager
def transaction():
    """A transaction of its own, which begins when those before it have ended.

    Webhooks are served by threads, and may arrive together: they take turns.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as db, db:
        db.execute("BEGIN IMMEDIATE")
        yield db  # then commits, or rolls back


def twiml(reply):
    response = MessagingResponse()
    response.message(reply)
    return Response(str(response), mimetype="text/xml")
