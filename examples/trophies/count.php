<?php

// Counts the messages of a conversation in PHP's session, as a tutorial would.

session_start();
$_SESSION['count'] = ($_SESSION['count'] ?? 0) + 1;

header('Content-Type: text/xml');
echo "<Response><Message>Message number {$_SESSION['count']}</Message></Response>";
