#!/usr/bin/perl
# Dancer2's sessions as YAML files, found by the id in the cookie; in several processes.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Dancer2;
use Dialogue;
use File::Temp 'tempdir';
use Plack::Runner;

my $folder = tempdir('atlas-XXXXXX', TMPDIR => 1, CLEANUP => 1);
set engines => { session => { YAML => { session_dir => $folder } } };
set session => 'YAML';
set logger => 'null';

post '/sms' => sub {
    my $basket = session('basket') // '';
    price();
    ($basket, my $reply) = turn($basket, body_parameters->get('Body'));
    session basket => $basket;
    content_type 'text/xml';
    return twiml($reply);
};

my $runner = Plack::Runner->new;
my @server = ('-s', 'Starman', '--workers', 4, '-o', '127.0.0.1');
$runner->parse_options(@server, '-p', $ENV{PORT} // 3000);
$runner->run(to_app);
