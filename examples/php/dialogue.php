<?php

declare(strict_types=1);

// What is said, apart from where it is remembered: both apps share it, so that
// they differ in nothing but their use of the cookie.

const START = ['start', ''];

const BEGIN = "Text 'order' to begin.";

/** One turn: returns the next step, the order so far and the reply. */
function turn(string $step, string $order, string $body): array
{
    $said = strtolower(trim($body));

    if ($said === 'status') {
        return [$step, $order, $order === '' ? "Step: $step" : "Step: $step, $order"];
    }
    if ($said === 'order') {
        return ['choosing', '', "What size, and how many? For example '2 large'."];
    }

    if ($step === 'choosing') {
        if (!preg_match('/^([1-9][0-9]?) +(small|medium|large)$/D', $said, $choice)) {
            return [$step, $order, "Sorry, which? A number and small, medium or large, like '2 large'."];
        }
        [, $count, $size] = $choice;
        $noun = $count === '1' ? 'pizza' : 'pizzas';
        return ['confirming', "$count $size", "$count $size $noun. Reply yes to confirm"];
    }

    if ($step === 'confirming') {
        if ($said === 'yes') {
            return ['confirmed', $order, "Confirmed: $order"];
        }
        return [$step, $order, "Reply yes to confirm, or 'order' to choose again."];
    }

    return [$step, $order, BEGIN];
}

/** Sends TwiML with one message, by hand: Debian has no package of Twilio's PHP SDK. */
function answer(string $reply): void
{
    header('Content-Type: text/xml');
    echo '<?xml version="1.0" encoding="UTF-8"?><Response><Message>',
        htmlspecialchars($reply, ENT_XML1), '</Message></Response>';
}
