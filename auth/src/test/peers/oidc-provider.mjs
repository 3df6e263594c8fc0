// A real OpenID provider for the tests: oidc-provider.mjs DIRECTORY-OF-ITS-PACKAGES PORT.
import { generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [directory, port] = process.argv.slice(2);
const entry = createRequire(`${directory}/`).resolve("oidc-provider");
const { Provider } = await import(pathToFileURL(entry).href);

function key(kid, alg, type, options) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: "jwk" }), kid, alg, use: "sig" };
}

function client(alg) {
  return {
    client_id: `saferun-${alg}`,
    client_secret: "canary-of-oidc-provider",
    redirect_uris: ["https://saferun.example.com/callback"],
    post_logout_redirect_uris: ["https://saferun.example.com/bye"],
    id_token_signed_response_alg: alg,
  };
}

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: ["RS256", "PS256", "ES256", "EdDSA"].map(client),
  jwks: {
    keys: [
      key("rsa", undefined, "rsa", { modulusLength: 2048 }),
      key("elliptic", "ES256", "ec", { namedCurve: "P-256" }),
      key("edwards", "EdDSA", "ed25519", {}),
    ],
  },
  cookies: { keys: ["a key of no secret"] },
  claims: {
    openid: ["sub"],
    email: ["email", "email_verified"],
    profile: ["name"],
    groups: ["groups"],
  },
  enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "ES256", "EdDSA"] },
  async findAccount(context, id) {
    return {
      accountId: id,
      claims: async () => ({
        sub: id,
        email: `${id}@example.com`,
        email_verified: true,
        name: "Ada Lovelace",
        groups: ["engineers", "reviewers"],
      }),
    };
  },
});

provider.listen(Number(port), "127.0.0.1");
