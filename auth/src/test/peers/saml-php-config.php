<?php
// SimpleSAMLphp for one test: everything that it writes goes below HERE.
$here = getenv('HERE');
$config = [
    'baseurlpath' => 'http://127.0.0.1:' . getenv('PORT') . '/',
    'certdir' => "$here/",
    'loggingdir' => "$here/",
    'datadir' => "$here/",
    'tempdir' => "$here/tmp",
    'metadatadir' => "$here/metadata",
    'secretsalt' => bin2hex(hash('sha256', $here, true)),
    'auth.adminpassword' => bin2hex(hash('sha256', "admin $here", true)),
    'technicalcontact_email' => 'nobody@example.com',
    'timezone' => 'UTC',
    'logging.handler' => 'file',
    'logging.level' => 7,
    'logging.logfile' => 'simplesaml.log',
    'enable.saml20-idp' => true,
    'module.enable' => ['core' => true, 'exampleauth' => true, 'saml' => true],
    'store.type' => 'phpsession',
    'session.phpsession.savepath' => "$here/tmp",
    'session.phpsession.cookiename' => 'SSP',
    'session.cookie.secure' => false,
    'language.available' => ['en'],
    'language.default' => 'en',
    'metadata.sources' => [['type' => 'flatfile']],
];
