"""Plants a secret in every place that takes one, has crumbproof write all that it can write, and
looks for the secrets in it: as they are, percent-encoded, in base64, and escaped for JSON and HTML.

    python3 planted.py CRUMBPROOF
"""
import base64
import glob
import html
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
CRUMBPROOF = os.path.abspath(sys.argv[1])
PLANTED = {
    'auth token': '7f3a"planted&token/0123456789ab+=',
    'API secret': 'planted<api>secret 42&more\\end',
    'password': 'pl4nted/pass:word+&',
    'callback password': 'pl4nted-callback=?word',
    'cookie': 'pl4ntedcookie0123456789abcdef',
    'command password': 'pl4nted-database-word',
}
TOKEN, API_SECRET, PASSWORD, CALLBACK, COOKIE, DATABASE = PLANTED.values()


def forms(secret):
    result = {secret, json.dumps(secret)[1:-1], html.escape(secret), html.escape(secret, False),
              urllib.parse.quote_plus(secret)}
    for safe in ('', '/', ':+&='):
        encoded = urllib.parse.quote(secret, safe=safe)
        result |= {encoded, encoded.lower()}
    for before in (b'', b'x', b'xy'):
        text = base64.b64encode(before + secret.encode()).decode()
        inside = text[{0: 0, 1: 2, 2: 3}[len(before)]:(len(before) + len(secret)) * 8 // 6]
        result |= {inside, inside.replace('+', '-').replace('/', '_')}
    return result


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Stage:
    def __init__(self, folder):
        self.folder = folder
        self.failures = []
        self.environment = dict(os.environ, TWILIO_AUTH_TOKEN=TOKEN, TWILIO_API_KEY_SECRET=API_SECRET,
                                CRUMBPROOF_CREDENTIALS='user:' + PASSWORD, PLANTED_PASSWORD=PASSWORD,
                                PLANTED_CALLBACK_PASSWORD=CALLBACK, PLANTED_COOKIE=COOKIE,
                                GITHUB_ACTIONS='true',
                                GITHUB_STEP_SUMMARY=os.path.join(folder, 'summary.md'))

    def look(self, name, text):
        for what, secret in PLANTED.items():
            for form in forms(secret):
                if form in text:
                    at = text.index(form)
                    self.failures.append('%s: %s as %s, in: ...%s' % (
                        name, what, form, text[max(0, at - 80):at + 40]))

    def run(self, name, codes, *args, **more):
        environment = dict(self.environment, **more)
        done = subprocess.run([CRUMBPROOF, *args], cwd=self.folder, env=environment, timeout=120,
                              stdin=subprocess.DEVNULL, capture_output=True)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.look(name + ': standard output', out)
        self.look(name + ': standard error', err)
        if done.returncode not in codes:
            self.failures.append('%s: ended with %d:\n%s%s' % (name, done.returncode, out, err))
        return out + err

    def expect(self, name, text, part):
        if part not in text:
            self.failures.append('%s: %r is not in:\n%s' % (name, part, text))

    def begin(self, *args):
        out = open(os.path.join(self.folder, args[0] + '.out'), 'wb')
        return subprocess.Popen([CRUMBPROOF, *args], cwd=self.folder, env=self.environment,
                                stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def look_at_files(self):
        names = [name for name in glob.glob(os.path.join(self.folder, '**'), recursive=True)
                 if os.path.isfile(name)]
        for name in names:
            if os.path.basename(name) not in ('token', 'planted.yaml'):
                with open(name, encoding='utf-8', errors='replace') as file:
                    self.look(os.path.relpath(name, self.folder), file.read())
        return {os.path.relpath(name, self.folder) for name in names}


def request(port, method, path, body=None, headers=None):
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=20)
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise SystemExit('nothing listens at port %d' % port)


def end(process):
    process.send_signal(signal.SIGINT)
    process.wait(30)


def check(stage, kind, port, codes, *more):
    url = 'http://127.0.0.1:%d/sms' % port
    probe = 'http://user:%s@127.0.0.1:%d/probe?from={From}' % (
        urllib.parse.quote(PASSWORD, safe=''), port)
    outputs = [part for what in ('json', 'junit', 'html', 'sarif', 'har', 'save')
               for part in ('--' + what, '%s.%s' % (kind, what))]
    start = 'DATABASE=postgres://db:%s@localhost/x exec python3 %s/leaky_app.py %d %s' % (
        DATABASE, HERE, port, kind)
    return stage.run('check ' + kind, codes, 'check', url, '--start', start, '--say', 'go', '--say',
                     'last', '--max-faults', '1', '--faults', 'missing,stale', '--redact', 's*',
                     '--probe', probe, '--verbose', '--run-id', 'planted-' + kind, *outputs, *more)


def checks(stage):
    """A failing and a sound app, with all reports, kept failures and both ways to give secrets."""
    port = free_port()
    failing = check(stage, 'fragile', port, [1])
    stage.expect('check fragile', failing, '{AuthToken}')
    stage.expect('check fragile', failing, 'read the password in --probe')
    check(stage, 'sound', port, [0])
    start = ['--start', 'exec python3 %s/leaky_app.py %d fragile' % (HERE, port)]
    args = ['--say', 'go', '--say', 'last', '--max-faults', '1', '--budget', '3', '--redact', 'sid', '--json',
            'partial.json']
    url = 'http://user:%s@127.0.0.1:%d/sms' % (urllib.parse.quote(PASSWORD, safe=''), port)
    bare = 'http://127.0.0.1:%d/sms' % port
    given = stage.run('check with argv', [0, 1, 4], 'check', url, *start, *args, '--auth-token', TOKEN,
                      CRUMBPROOF_CREDENTIALS='')
    stage.expect('check with argv', given, 'read --auth-token in the list of processes')
    stage.expect('check with argv', given, 'read the password in URL in the list of processes')
    with open(os.path.join(stage.folder, 'token'), 'w', encoding='utf-8') as file:
        file.write(TOKEN + '\n')
    os.chmod(os.path.join(stage.folder, 'token'), 0o644)
    resumed = stage.run('resume with a file', [0, 1, 2, 4], 'check', bare, *start, *args,
                        '--auth-token-file', 'token', '--resume', 'partial.json',
                        TWILIO_AUTH_TOKEN='')
    stage.expect('resume with a file', resumed, 'others on this machine can read token')
    stage.run('a typing error', [2], 'check', url, '--auth-token=' + TOKEN, '--no-such-option')
    return port


def again(stage, port):
    """What reads those files: replay, verify, merge."""
    url = 'http://127.0.0.1:%d/sms' % port
    refused = stage.run('replay without its command', [2], 'replay', 'fragile.save')
    stage.expect('replay without its command', refused, 'had a password in it, which is not kept')
    start = ['--start', 'exec python3 %s/leaky_app.py %d fragile' % (HERE, port)]
    replayed = stage.run('replay', [1], 'replay', 'fragile.save', '--verbose', *start)
    stage.expect('replay', replayed, 'FAILED')
    for name in ('TWILIO_AUTH_TOKEN', 'CRUMBPROOF_CREDENTIALS'):
        missing = stage.run('replay without ' + name, [2], 'replay', 'fragile.save', *start,
                            **{name: ''})
        stage.expect('replay without ' + name, missing, name)
    stage.run('verify', [0], 'verify', 'sound.json')
    shards = []
    for shard in ('1', '2'):
        shards.append('shard%s.json' % shard)
        stage.run('shard ' + shard, [0, 1], 'check', url, *start, '--say', 'go', '--say',
                  'last', '--max-faults', '1', '--redact', 'sid', '--shard', shard + '/2', '--json', shards[-1], '--failures',
                  'none')
    stage.run('merge', [0, 1], 'merge', *shards, '--json', 'merged.json', '--save', 'merged.save')


def long_runs(stage, port):
    """serve and proxy, with an app that runs beside them, and init."""
    app = subprocess.Popen(['python3', HERE + '/leaky_app.py', str(port), 'fragile'],
                           env=stage.environment, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    url = 'http://127.0.0.1:%d' % port
    try:
        request(port, 'GET', '/probe')
        stage.run('init', [0], 'init', url + '/sms', '--say', 'go', '--say', 'last',
                  '--redact', 'sid')
        page = free_port()
        serve = stage.begin('serve', url + '/sms', '--port', str(page), '--redact', '*')
        home = request(page, 'GET', '/')[1]
        page_token = home.split('crumbproof-token" content="')[1].split('"')[0]
        headers = {'X-Crumbproof-Token': page_token, 'Content-Type': 'application/json'}
        said = json.dumps({'said': [{'pair': 0, 'body': 'last'}], 'wishes': []})
        for path, body in (('/send', said), ('/send', said), ('/twin', '{"on": true}'), (
                '/save', '{"what": "scenario", "write": true, "replace": true}')):
            status, text, _ = request(page, 'POST', path, body, headers)
            stage.look('serve ' + path, text)
            if status != 200:
                stage.failures.append('serve %s: %d %s' % (path, status, text))
        end(serve)
        between = free_port()
        proxy = stage.begin('proxy', '--listen', str(between), '--to', url, '--record', 'recorded.yaml',
                            '--log', 'proxy.log', '--verbose', '--fault', 'missing=1')
        form = urllib.parse.urlencode({'From': '+14155550100', 'To': '+15005550006', 'Body': 'hi',
                                       'MessageSid': 'SM' + '0' * 32, 'AccountSid': 'AC' + '0' * 32})
        basic = base64.b64encode(('user:' + PASSWORD).encode()).decode()
        for _ in range(3):
            request(between, 'POST', '/sms?key=' + urllib.parse.quote(TOKEN), form,
                    {'Content-Type': 'application/x-www-form-urlencoded', 'Cookie': 'sid=' + COOKIE,
                     'Authorization': 'Basic ' + basic})
        end(proxy)
    finally:
        app.kill()
        app.wait()


def crash(stage, port):
    """A process that is aborted in the middle, and what others see of it until then."""
    start = 'exec python3 %s/leaky_app.py %d sound' % (HERE, port)
    url = 'http://user:%s@127.0.0.1:%d/sms' % (urllib.parse.quote(PASSWORD, safe=''), port)
    with open(os.path.join(stage.folder, 'aborted.txt'), 'wb') as out:
        process = subprocess.Popen(
            [CRUMBPROOF, 'check', url, '--start', start, '--alphabet', 'a', '--alphabet', 'last',
             '--max-messages', '6', '--auth-token', TOKEN, '--json', 'aborted.json'],
            cwd=stage.folder, env=stage.environment, stdout=out, stderr=out,
            preexec_fn=lambda: __import__('resource').setrlimit(
                __import__('resource').RLIMIT_CORE, (0, 0)))
        request(port, 'GET', '/probe')
        for command in glob.glob('/proc/%d/cmdline' % process.pid):
            with open(command, encoding='utf-8') as file:
                stage.look('the list of processes', file.read())
        process.send_signal(signal.SIGABRT)
        process.wait(30)


def main():
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(folder)
        port = checks(stage)
        again(stage, port)
        long_runs(stage, port)
        crash(stage, free_port())
        stage.run('demo', [0], 'demo', '--html', 'demo.html')
        names = stage.look_at_files()
        for name in ('fragile.json fragile.junit fragile.html fragile.sarif fragile.har fragile.save '
                     'sound.json partial.json merged.json summary.md recorded.yaml proxy.log '
                     'crumbproof.yaml serve.out').split():
            if name not in names:
                stage.failures.append('%s was not written' % name)
        if not any(name.startswith('crumbproof-failures/') for name in names):
            stage.failures.append('no failure was kept')
        for failure in stage.failures:
            print(failure)
        print('%d files, %d failures' % (len(names), len(stage.failures)))
        sys.exit(1 if stage.failures else 0)


main()
