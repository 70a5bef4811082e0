#!/usr/bin/perl
# CGI::Session: a file for each session, found by the id in the cookie. Every request is a process.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;

package App;
use base 'HTTP::Server::Simple::CGI';
use CGI::Session;
use Dialogue;
use File::Temp 'tempdir';

my $folder = tempdir('atlas-XXXXXX', TMPDIR => 1, CLEANUP => 1);

sub net_server { 'Net::Server::Fork' }

sub handle_request {
    my ($self, $cgi) = @_;
    my $session = CGI::Session->new('driver:file', $cgi, { Directory => $folder });
    my $basket = $session->param('basket') // '';
    price();
    ($basket, my $reply) = turn($basket, scalar $cgi->param('Body'));
    $session->param(basket => $basket);
    $session->flush;
    print "HTTP/1.0 200 OK\r\n", $session->header(-type => 'text/xml'), twiml($reply);
}

package main;
my $server = App->new($ENV{PORT} // 3000);
$server->run(host => '127.0.0.1', log_level => 0);
