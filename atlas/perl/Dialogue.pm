package Dialogue;

# What is said, apart from where it is remembered: all apps of this folder share it.

use strict;
use warnings;
use Exporter 'import';
use Time::HiRes 'sleep';

our @EXPORT = qw(turn twiml price);

# One turn: the basket so far and a message in, the basket and a reply out.
sub turn {
    my ($basket, $body) = @_;
    my $said = lc $body =~ s/^\s+|\s+$//gr;
    if ($said =~ /^[1-9][0-9]? (small|medium|large)$/) {
        my $fuller = $basket ? "$basket, $said" : $said;
        return ($fuller, "$fuller. Anything else? Or yes.");
    }
    return ('', "Confirmed: $basket") if $said eq 'yes' && $basket;
    return ($basket, "Say what you would like, as in '2 large'.");
}

sub twiml { qq(<?xml version="1.0"?><Response><Message>$_[0]</Message></Response>) }

# What a query takes. Every app waits here between reading its session and changing it.
sub price { sleep 0.03 }

1;
