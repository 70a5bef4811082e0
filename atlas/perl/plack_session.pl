#!/usr/bin/perl
# Plack's session middleware in the store that is named: cookie or file; in several processes.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Dialogue;
use File::Temp 'tempdir';
use Plack::Builder;
use Plack::Request;
use Plack::Runner;
use Plack::Session::State::Cookie;
use Plack::Session::Store::File;

sub sms {
    my $request = Plack::Request->new(shift);
    my $session = $request->session;
    my $basket = $session->{basket} // '';
    price();
    ($session->{basket}, my $reply) = turn($basket, $request->param('Body'));
    return [200, ['Content-Type' => 'text/xml'], [twiml($reply)]];
}

my $folder = tempdir('atlas-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $app = builder {
    if ($ARGV[0] eq 'cookie') {
        enable 'Session::Cookie', secret => 'development-only';
    }
    else {
        enable 'Session', store => Plack::Session::Store::File->new(dir => $folder);
    }
    \&sms;
};

my $runner = Plack::Runner->new;
my @server = ('-s', 'Starman', '--workers', 4, '-o', '127.0.0.1');
$runner->parse_options(@server, '-p', $ENV{PORT} // 3000);
$runner->run($app);
