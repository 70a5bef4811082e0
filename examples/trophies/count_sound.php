<?php

// Counts the messages of a conversation in a database: each MessageSid once, under (From, To). Its
// number is how many of its pair were there with it or before, however often it is asked for.

$db = new PDO('sqlite:' . (getenv('DATABASE') ?: 'heard.sqlite'));
$db->exec('CREATE TABLE IF NOT EXISTS heard (sid TEXT UNIQUE, sender TEXT, recipient TEXT)');

['MessageSid' => $sid, 'From' => $from, 'To' => $to] = $_POST;
$db->prepare('INSERT OR IGNORE INTO heard VALUES (?, ?, ?)')->execute([$sid, $from, $to]);
$asked = $db->prepare('SELECT count(*) FROM heard WHERE sender = ? AND recipient = ?
    AND rowid <= (SELECT rowid FROM heard WHERE sid = ?)');
$asked->execute([$from, $to, $sid]);

header('Content-Type: text/xml');
echo "<Response><Message>Message number {$asked->fetchColumn()}</Message></Response>";
