<?php

// What is said, apart from where it is remembered: the app and the trophies may share it.

/** One turn: the basket so far and a message in, the basket and a reply out. */
function turn(string $basket, string $body): array
{
    $said = strtolower(trim($body));
    if (preg_match('/^[1-9][0-9]? (small|medium|large)$/D', $said)) {
        $fuller = $basket === '' ? $said : "$basket, $said";
        return [$fuller, "$fuller. Anything else? Or yes."];
    }
    if ($said === 'yes' && $basket !== '') {
        return ['', "Confirmed: $basket"];
    }
    return [$basket, "Say what you would like, as in '2 large'."];
}

function twiml(string $reply): string
{
    return "<?xml version=\"1.0\"?><Response><Message>$reply</Message></Response>";
}

/** What a query takes. The app waits here between reading its session and changing it. */
function price(): void
{
    usleep(30000);
}
