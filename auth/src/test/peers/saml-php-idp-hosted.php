<?php
$metadata['urn:saferun:test:simplesamlphp'] = [
    'host' => '__DEFAULT__',
    'privatekey' => 'idp.key',
    'certificate' => 'idp.crt',
    'auth' => 'users',
    'sign.logout' => true,
    'validate.logout' => true,
];
