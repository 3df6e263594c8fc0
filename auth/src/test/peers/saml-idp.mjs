// An identity provider by samlp: one person, a form to log in by, and several ways to protect what
// it sends. What it needs to know comes as JSON in the environment variable CONFIGURATION.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';

const samlp = createRequire(process.cwd() + '/')('samlp');
const configuration = JSON.parse(process.env.CONFIGURATION);
const { port, issuer, key, cert, spCert, encryptionCert, encryptionPublicKey } = configuration;
const { spEntityId, acs, slo } = configuration;

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

const PERSON = {
  id: 'alice',
  emails: [{ value: 'alice@example.com' }],
  displayName: 'Alice <of> "Example" & Sons',
  name: { givenName: 'Alice', familyName: 'Example' },
  groups: ['staff', 'ops'],
};

const PROTECTIONS = {
  assertion: {},
  response: { signAssertion: false, signResponse: true },
  both: { signResponse: true },
  prefixed: { signResponse: true, signatureNamespacePrefix: 'ds' },
  encrypted: { encryptionCert, encryptionPublicKey },
  'encrypted-in-response': {
    encryptionCert, encryptionPublicKey, signAssertion: false, signResponse: true,
  },
  'encrypted-128': {
    encryptionCert, encryptionPublicKey,
    encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  },
  'encrypted-cbc': {
    encryptionCert, encryptionPublicKey,
    encryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
    disallowEncryptionWithInsecureAlgorithm: false,
  },
  sha1: { signatureAlgorithm: 'rsa-sha1', digestAlgorithm: 'sha1' },
};

const sessions = new Set();
const participants = [];
const states = new Map();

const store = {
  save(req, state, done) {
    const id = randomUUID();
    states.set(id, state);
    done(null, id);
  },
  load(req, id, options, done) {
    const state = states.get(id);
    if (options.destroy) {
      states.delete(id);
    }
    (done ?? options)(null, state);
  },
  update(req, id, state, done) {
    states.set(id, state);
    done(null, id);
  },
};

function signOn(protection) {
  const sessionIndex = randomUUID();
  participants.push({
    serviceProviderId: spEntityId, nameId: PERSON.id, sessionIndex,
    nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    serviceProviderLogoutURL: slo, cert: spCert,
  });
  return samlp.auth({
    issuer, key, cert, sessionIndex, recipient: acs, destination: acs,
    signingCert: spCert, lifetimeInSeconds: 300,
    getUserFromRequest: () => PERSON,
    getPostURL: (audience, request, req, done) => done(null, acs),
    ...PROTECTIONS[protection],
  });
}

function logout(binding) {
  return samlp.logout({
    issuer, key, cert, store, protocolBinding: binding, deflate: binding === REDIRECT,
    sessionParticipants: new (Participants())(participants),
    clearIdPSession: (done) => { sessions.clear(); done(); },
  });
}

function Participants() {
  return createRequire(process.cwd() + '/')('samlp/lib/sessionParticipants');
}

const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Keeps what was posted through the login. */
function loginForm(req) {
  const fields = Object.entries({ to: req.url, ...req.body });
  return '<form method="post" action="/login">'
    + fields.map(([name, value]) =>
      `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join('')
    + '<input type="text" name="user"></form>';
}

function handle(req, res, next) {
  const path = req.path.split('/');
  if (path[1] === 'metadata') {
    samlp.metadata({
      issuer, cert, redirectEndpointPath: '/both/sso', postEndpointPath: '/both/sso',
      logoutEndpointPaths: { redirect: '/slo/redirect', post: '/slo/post' },
    })(req, res, next);
  } else if (path[1] === 'login') {
    const { to, user, SAMLRequest, RelayState } = req.body;
    if (user !== PERSON.id) {
      res.send(401);
      return;
    }
    const session = randomUUID();
    sessions.add(session);
    res.setHeader('Set-Cookie', `session=${session}; HttpOnly; Path=/`);
    if (SAMLRequest) {
      req.body = { SAMLRequest, RelayState };
      signOn(to.split('/')[1])(req, res, next);
    } else {
      res.redirect(to);
    }
  } else if (path[1] === 'forget') {
    sessions.clear();
    participants.length = 0;
    res.send('');
  } else if (path[1] === 'slo') {
    logout(path[2] === 'post' ? POST : REDIRECT)(req, res, next);
  } else if (path[2] === 'sso') {
    const session = /session=([^;]+)/.exec(req.headers.cookie ?? '');
    if (session && sessions.has(session[1])) {
      signOn(path[1])(req, res, next);
    } else {
      res.send(loginForm(req));
    }
  } else {
    res.send(404);
  }
}

/** What samlp expects of a request and a response: those of Express. */
function dress(req, res, body) {
  const url = new URL(req.url, `http://127.0.0.1:${port}`);
  req.path = url.pathname;
  req.originalUrl = req.url;
  req.protocol = 'http';
  req.query = Object.fromEntries(url.searchParams);
  req.body = Object.fromEntries(new URLSearchParams(body));
  res.set = (name, value) => res.setHeader(name, value);
  res.send = (answer) => {
    res.statusCode = typeof answer === 'number' ? answer : res.statusCode;
    res.end(typeof answer === 'number' ? '' : answer);
  };
  res.redirect = (location) => {
    res.statusCode = 302;
    res.setHeader('Location', location);
    res.end();
  };
}

createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    dress(req, res, Buffer.concat(chunks).toString());
    handle(req, res, (fault) => {
      res.statusCode = 500;
      res.end(String(fault));
    });
  });
}).listen(port, '127.0.0.1');
