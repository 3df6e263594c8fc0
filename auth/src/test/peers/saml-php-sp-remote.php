<?php
// One service provider, under several names that want it protected in several ways.
$protections = [
    'both' => [],
    'assertion' => ['saml20.sign.response' => false],
    'response' => ['saml20.sign.assertion' => false],
    'sha512' => ['signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512'],
    'encrypted-cbc' => ['assertion.encryption' => true],
    'sha1' => ['signature.algorithm' => 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'],
];
foreach ($protections as $name => $protection) {
    $metadata[getenv('SP_ENTITY_ID') . '/' . $name] = $protection + [
        'AssertionConsumerService' => getenv('ACS'),
        'SingleLogoutService' => getenv('SLO'),
        'validate.authnrequest' => true,
        'validate.logout' => true,
        'sign.logout' => true,
        'simplesaml.nameidattribute' => 'uid',
        'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        'keys' => [
            [
                'type' => 'X509Certificate', 'signing' => true, 'encryption' => false,
                'X509Certificate' => getenv('SP_SIGNING'),
            ],
            [
                'type' => 'X509Certificate', 'signing' => false, 'encryption' => true,
                'X509Certificate' => getenv('SP_ENCRYPTION'),
            ],
        ],
    ];
}
