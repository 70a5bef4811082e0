#!/usr/bin/python3
"""An app to be checked, with all that is hard to end. Little is imported: it is started often.

    app.py PORT fragile|sound [stubborn] [family]

fragile   finds the conversation by its cookie; sound by the sender's number
stubborn  it and what it starts ignore SIGTERM
family    it starts a daemon in a session of its own, which starts another, and leaves a zombie

SIGNAL_AT=N,NUMBER: sends that signal to the process of the file `pid` at the Nth webhook.
WAIT_AT=N,NAME: makes the file NAME.here at the Nth webhook and waits for NAME.
"""

import os
import re
import signal
import socket
import sys
import threading
import time

PORT, KIND, MORE = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
steps = {}
webhooks = 0
lock = threading.Lock()


def have_family():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
        time.sleep(300)
        os._exit(0)
    zombie = os.fork()  # no one waits for it
    if zombie == 0:
        os._exit(0)
    with open("zombie", "w", encoding="ascii") as file:
        file.write(str(zombie))


def at(variable, count):
    """What is to be done at that webhook, if it is this one."""
    moment, _, what = os.environ.get(variable, "0,").partition(",")
    return what if int(moment) == count else None


def meet_moments():
    global webhooks
    with lock:
        webhooks += 1
        count = webhooks
    if number := at("SIGNAL_AT", count):
        with open("pid", encoding="ascii") as file:
            os.kill(int(file.read()), int(number))
    if name := at("WAIT_AT", count):
        open(name + ".here", "w", encoding="ascii").close()
        while not os.path.exists(name):
            time.sleep(0.01)


def reply(head, body):
    if KIND == "fragile":
        found = re.search(r"\bstep=(\d+)", head)
        step = int(found[1]) if found else 0
    else:
        sender = re.search(r"\bFrom=([^&]*)", body)
        sender = sender[1] if sender else ""
        with lock:
            step = steps.get(sender, 0)
            steps[sender] = step + 1
    text = f"<Response><Message>step {step}</Message></Response>"
    return (
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
        f"Set-Cookie: step={step + 1}\r\nContent-Length: {len(text)}\r\n\r\n"
    ), text


def serve(connection):
    received = b""
    try:
        while True:
            while b"\r\n\r\n" not in received:
                received += (more := connection.recv(65536))
                if not more:
                    return
            head, _, received = received.partition(b"\r\n\r\n")
            head = head.decode("latin-1")
            length = re.search(r"(?i)\ncontent-length: *(\d+)", head)
            length = int(length[1]) if length else 0
            while len(received) < length:
                received += connection.recv(65536)
            body, received = received[:length].decode("latin-1"), received[length:]
            if head.startswith("POST"):
                meet_moments()
            start, text = reply(head, body)
            connection.sendall((start + ("" if head.startswith("HEAD") else text)).encode())
    except OSError:
        pass
    finally:
        connection.close()


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", PORT))
if "stubborn" in MORE:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "family" in MORE:
    have_family()
listener.listen()
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
