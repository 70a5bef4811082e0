<?php

// PHP's own sessions: a file for each, locked from session_start() to the end of the request.

require __DIR__ . '/dialogue.php';

session_start();
$basket = $_SESSION['basket'] ?? '';
price();
[$_SESSION['basket'], $reply] = turn($basket, $_POST['Body'] ?? '');

header('Content-Type: text/xml');
echo twiml($reply);
