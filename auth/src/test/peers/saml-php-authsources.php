<?php
$config = [
    'users' => [
        'exampleauth:UserPass',
        'alice:secret' => [
            'uid' => ['alice'],
            'mail' => ['alice@example.com'],
            'cn' => ['Älice <of> "Example" & Sons'],
            'groups' => ['staff', 'ops'],
        ],
    ],
];
