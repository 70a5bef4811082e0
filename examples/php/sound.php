<?php

declare(strict_types=1);

// Orders a pizza over SMS, and keeps the conversation in a database under
// (From, To), which every webhook carries. The cookie holds a signed copy, used
// only when it is known to be the latest: without it the app is slower, never
// wrong.

require __DIR__ . '/dialogue.php';

const SECRET = 'development-only-not-a-secret';

/** A file, since PHP itself forgets all after each request. */
function connect(): PDO
{
    $db = new PDO('sqlite:' . (getenv('DATABASE') ?: sys_get_temp_dir() . '/pizza-php.sqlite'));
    $db->setAttribute(PDO::ATTR_TIMEOUT, 20);
    $db->exec('CREATE TABLE IF NOT EXISTS conversations (
        sender TEXT, recipient TEXT,
        step TEXT NOT NULL, "order" TEXT NOT NULL, version TEXT NOT NULL,
        PRIMARY KEY (sender, recipient))');
    return $db;
}

/** The first row that the query finds, or null. */
function row(PDO $db, string $query, array $values): ?array
{
    $statement = $db->prepare($query);
    $statement->execute($values);
    return $statement->fetch(PDO::FETCH_NUM) ?: null;
}

/**
 * The version is asked for each time; the rest only if the copy is not of that
 * version. (The rest is small here. Think of a long history, or another host.)
 */
function load(PDO $db, array $pair, ?array $copy): array
{
    $where = 'FROM conversations WHERE sender = ? AND recipient = ?';
    $latest = row($db, "SELECT version $where", $pair);
    if ($latest === null) {
        return [...START, null];
    }
    if ($copy !== null && $copy[2] === $latest[0]) {
        return $copy;
    }
    return row($db, "SELECT step, \"order\", version $where", $pair);
}

/**
 * A version is random, not counted, so that no two states ever share one: not
 * those of two senders, nor those before and after the database was replaced.
 */
function save(PDO $db, array $pair, string $step, string $order): string
{
    $version = bin2hex(random_bytes(16));
    $db->prepare('INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?)')
        ->execute([...$pair, $step, $order, $version]);
    return $version;
}

/** The copy in the cookie, or null if there is none that we have signed. */
function copy_in(string $cookie): ?array
{
    [$text, $signature] = explode('.', $cookie, 2) + ['', ''];
    $ours = hash_equals(hash_hmac('sha256', $text, SECRET), $signature);
    return $ours ? json_decode(base64_decode($text)) : null;
}

function set_copy(array $conversation): void
{
    $text = base64_encode(json_encode($conversation));
    setcookie('copy', $text . '.' . hash_hmac('sha256', $text, SECRET), ['httponly' => true]);
}

$params = $_SERVER['REQUEST_METHOD'] === 'POST' ? $_POST : $_GET;
$pair = [$params['From'] ?? '', $params['To'] ?? ''];

$db = connect();
// Webhooks may arrive together, at several workers: they take turns.
$db->exec('BEGIN IMMEDIATE');
[$wasStep, $wasOrder, $version] = load($db, $pair, copy_in($_COOKIE['copy'] ?? ''));
[$step, $order, $reply] = turn($wasStep, $wasOrder, $params['Body'] ?? '');
if ([$step, $order] !== [$wasStep, $wasOrder]) {
    $version = save($db, $pair, $step, $order);
}
$db->exec('COMMIT');

if ($version !== null) {
    set_copy([$step, $order, $version]);
}
answer($reply);
