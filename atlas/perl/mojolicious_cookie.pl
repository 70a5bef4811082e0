#!/usr/bin/perl
# Mojolicious' session: signed, in a cookie.
use Mojolicious::Lite -signatures;
use FindBin;
use lib $FindBin::Bin;
use Dialogue;

app->secrets(['development-only']);

post '/sms' => sub ($c) {
    my $basket = $c->session('basket') // '';
    $c->render_later;
    Mojo::IOLoop->timer(0.03 => sub {
        my ($next, $reply) = turn($basket, $c->param('Body'));
        $c->session(basket => $next);
        $c->render(data => twiml($reply), format => 'xml');
    });
};

my $port = $ENV{PORT} // 3000;
app->log->level('fatal');
app->start('daemon', '-l', "http://127.0.0.1:$port");
