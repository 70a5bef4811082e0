"""An app at an address of this machine that is not a loopback one, which is another machine as far as
crumbproof is concerned.

    python3 remote.py CRUMBPROOF      exits 77 where there is no such address
"""
import http.server
import os
import subprocess
import sys
import tempfile
import threading
import time

CRUMBPROOF = os.path.abspath(sys.argv[1])
failures = []


def own_address():
    try:
        words = subprocess.run(['hostname', '-I'], capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return next((word for word in words.split() if '.' in word), None)


def serve(address, reply):
    """A server in a thread, and the times of its requests."""
    times = []

    class App(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'
        wbufsize = -1

        def log_message(self, *_):
            pass

        def do_POST(self):
            times.append(time.monotonic())
            self.rfile.read(int(self.headers['Content-Length']))
            body = ('<Response>%s</Response>' % reply()).encode()
            self.send_response(200)
            self.send_header('Content-Type', 'text/xml')
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer((address, 0), App)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1], times


def check(codes, part, *args):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([CRUMBPROOF, 'check', *args, '--say', 'hi', '--say', 'ho'], cwd=folder,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    printed = done.stdout + done.stderr
    if done.returncode not in codes or part not in ' '.join(printed.split()):
        failures.append('%s: exit %d, and not %r:\n%s' % (' '.join(args), done.returncode, part, printed))


def expect(holds, what):
    if not holds:
        failures.append(what)


def main():
    address = own_address()
    if address is None:
        print('this machine has no address but loopback ones')
        sys.exit(77)
    here, inside = serve('127.0.0.1', lambda: '<Message>you should not be here</Message>')
    replies = ['<Message>hello</Message>']
    port, asked = serve(address, lambda: replies[0])
    url = 'http://%s:%d/sms' % (address, port)
    permit = ['--allow-remote', '--confirm-host', address]

    check([2], '--allow-remote permits requests to other hosts', url)
    check([2], '--confirm-host ' + address, url, '--allow-remote')
    check([2], '--confirm-host ' + address, url, '--allow-remote', '--confirm-host', '10.0.0.1')
    check([2], 'is an attack', url, *permit, '--faults', 'missing,foreign')
    expect(not asked, 'an app was asked that may not be')

    check([0], 'gets at most 5 requests in a second', url, *permit, '--max-faults', '0', '--faults',
          'missing')
    expect(len(asked) >= 4, 'the app was not asked')
    pauses = [later - earlier for earlier, later in zip(asked, asked[1:])]
    expect(sum(pauses) / len(pauses) > 0.18, '%d requests came after %s s' % (len(asked), pauses))

    replies[0] = '<Redirect>http://127.0.0.1:%d/inside</Redirect>' % here
    check([3], 'which is not the app\'s host; not followed', url, *permit, '--max-faults', '0', '--rate', '1000')
    expect(not inside, 'a redirect of an app on another machine was followed to this one')
    for failure in failures:
        print(failure)
    sys.exit(1 if failures else 0)


main()
