<?php

declare(strict_types=1);

// Orders a pizza over SMS, and keeps the conversation in PHP's session. The
// session is found by its cookie alone: if one webhook comes without it, PHP
// starts an empty session, whose id then replaces the old one, and the order is
// gone.

require __DIR__ . '/dialogue.php';

session_start();

$params = $_SERVER['REQUEST_METHOD'] === 'POST' ? $_POST : $_GET;
[$step, $order] = $_SESSION['conversation'] ?? START;
[$step, $order, $reply] = turn($step, $order, $params['Body'] ?? '');
$_SESSION['conversation'] = [$step, $order];

answer($reply);
