import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import type { ClientRequest, IssuerRequest } from '../../../local/oauth/issuer-settings.ts';
import type { LocalIssuer } from '../../../local/oauth/local-issuer.ts';
import { RunningAws } from '../control/running-aws.ts';

let local: RunningAws;
beforeAll(async () => {
  local = await RunningAws.start();
});
afterAll(() => local.stop());

const newIssuer = (algorithm: IssuerRequest['algorithm'] = 'RS256'): Promise<LocalIssuer> =>
  local.aws.issuers.create({ name: `i-${randomUUID()}`, algorithm });

const strict: ClientRequest = { audience: 'https://fleet.example', scopes: ['fleet/connect', 'fleet/read'] };

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

const ask = async (
  { addresses }: LocalIssuer,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const response = await fetch(addresses.tokenEndpoint, { method: 'POST', headers, body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
};

const basic = (id: string, secret = ''): { readonly authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

const grant = { grant_type: 'client_credentials' };

const verified = ({ addresses }: LocalIssuer, token = '') => jwtVerify(token, createRemoteJWKSet(new URL(addresses.jwksUri)));

describe('An issuer of the local AWS', () => {
  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('signs access tokens as RFC 9068 wants them, with %s', async (algorithm) => {
    const issuer = await newIssuer(algorithm);
    const { clientId, clientSecret } = issuer.register(strict);
    const { status, body } = await ask(issuer, grant, basic(clientId, clientSecret));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'fleet/connect fleet/read' });
    const { payload, protectedHeader } = await verified(issuer, body['access_token']);
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'at+jwt', kid: expect.any(String) as unknown });
    expect(payload).toEqual({
      ...{
        iss: issuer.addresses.issuer,
        sub: clientId,
        client_id: clientId,
        aud: 'https://fleet.example',
        scope: 'fleet/connect fleet/read',
      },
      ...{ jti: expect.any(String) as unknown, iat: expect.any(Number) as unknown, exp: (payload.iat ?? 0) + 3600 },
    });
  });

  test('signs them as Amazon Cognito does, for clients that are so registered', async () => {
    const issuer = await newIssuer();
    const { clientId, clientSecret } = issuer.register({ profile: 'cognito', scopes: ['fleet/connect'], tokenSeconds: 300 });
    const { body } = await ask(issuer, grant, { ...basic(clientId, clientSecret), dpop: 'ignored' });
    const { payload, protectedHeader } = await verified(issuer, body['access_token']);
    expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid']);
    expect(payload).toMatchObject({ token_use: 'access', version: 2, client_id: clientId, sub: clientId, scope: 'fleet/connect' });
    expect(payload).not.toHaveProperty('aud');
    expect(payload).not.toHaveProperty('cnf');
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  });

  test('tells where its endpoints are, in both well-known places', async () => {
    const { name, addresses } = await newIssuer();
    const { issuer, tokenEndpoint, jwksUri } = addresses;
    expect(issuer).toBe(`${local.aws.endpoint}/_oauth/${name}`);
    const expected = { issuer, token_endpoint: tokenEndpoint, jwks_uri: jwksUri, grant_types_supported: ['client_credentials'] };
    for (const url of [
      `${issuer}/.well-known/openid-configuration`,
      `${local.aws.endpoint}/.well-known/oauth-authorization-server/_oauth/${name}`,
    ]) {
      expect(await (await fetch(url)).json()).toMatchObject(expected);
    }
  });

  test('grants a client the scopes that it asks for, and none that it may not have', async () => {
    const issuer = await newIssuer();
    const { clientId, clientSecret } = issuer.register(strict);
    const credentials = basic(clientId, clientSecret);
    expect((await ask(issuer, { ...grant, scope: 'fleet/read' }, credentials)).body).toMatchObject({ scope: 'fleet/read' });
    expect(await ask(issuer, { ...grant, scope: 'fleet/read fleet/admin' }, credentials)).toMatchObject({
      ...{ status: 400, body: { error: 'invalid_scope' } },
    });
    expect(await ask(issuer, { ...grant, resource: 'https://other.example' }, credentials)).toMatchObject({
      body: { error: 'invalid_target' },
    });
  });
});

describe('The token endpoint refuses', () => {
  test('who is unknown, or does not know the secret', async () => {
    const issuer = await newIssuer();
    const { clientId, clientSecret } = issuer.register(strict);
    for (const headers of [basic('nobody', 'secret'), basic(clientId, 'secret'), {}, { authorization: 'Bearer x' }]) {
      expect(await ask(issuer, grant, headers)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    }
    expect(issuer.removeClient(clientId)).toBe(true);
    expect(await ask(issuer, grant, basic(clientId, clientSecret))).toMatchObject({ status: 401 });
  });

  test('other grants, other methods, and what is no form', async () => {
    const issuer = await newIssuer();
    const { clientId, clientSecret } = issuer.register(strict);
    const headers = basic(clientId, clientSecret);
    expect(await ask(issuer, { grant_type: 'password' }, headers)).toMatchObject({ body: { error: 'unsupported_grant_type' } });
    const { tokenEndpoint } = issuer.addresses;
    const json = await fetch(tokenEndpoint, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: '{}' });
    expect(await json.json()).toMatchObject({ error: 'invalid_request' });
    const twice = new URLSearchParams([...Object.entries(grant), ...Object.entries(grant)]);
    expect(await (await fetch(tokenEndpoint, { method: 'POST', headers, body: twice })).json()).toMatchObject({ error: 'invalid_request' });
    expect((await fetch(tokenEndpoint)).status).toBe(404);
    expect((await fetch(`${local.aws.endpoint}/_oauth/nobody/.well-known/jwks.json`)).status).toBe(404);
  });
});

describe('A client that signs', () => {
  const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

  const signer = async (issuer: LocalIssuer) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const { clientId } = issuer.register({
      ...strict,
      authentication: 'private_key_jwt',
      publicKey: { ...(await exportJWK(publicKey)), kty: 'EC' },
    });
    const assert = (audience: string, claims: object = {}) =>
      new SignJWT({ jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(audience)
        .setExpirationTime('1m')
        .sign(privateKey);
    return { clientId, assert };
  };

  test('gets a token for an assertion, once', async () => {
    const issuer = await newIssuer();
    const { clientId, assert } = await signer(issuer);
    for (const audience of [issuer.addresses.issuer, issuer.addresses.tokenEndpoint]) {
      const form = { ...grant, client_assertion_type: assertionType, client_assertion: await assert(audience) };
      const { body } = await ask(issuer, form);
      expect((await verified(issuer, body['access_token'])).payload).toMatchObject({ sub: clientId });
      expect(await ask(issuer, form)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    }
  });

  test('gets none for an assertion to somebody else, without an identifier, or beside a secret', async () => {
    const issuer = await newIssuer();
    const { assert } = await signer(issuer);
    const withAssertion = (client_assertion: string) => ({ ...grant, client_assertion_type: assertionType, client_assertion });
    expect(await ask(issuer, withAssertion(await assert('https://other.example')))).toMatchObject({ status: 401 });
    expect(await ask(issuer, withAssertion(await assert(issuer.addresses.issuer, { jti: undefined })))).toMatchObject({ status: 401 });
    expect(await ask(issuer, withAssertion(await assert(issuer.addresses.issuer)), basic('a', 'b'))).toMatchObject({
      ...{ status: 400, body: { error: 'invalid_request' } },
    });
  });
});

describe('A token request with a DPoP proof', () => {
  const prover = async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = await exportJWK(publicKey);
    const prove = (claims: object) =>
      new SignJWT({ jti: randomUUID(), htm: 'POST', iat: Math.floor(Date.now() / 1000), ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .sign(privateKey);
    return { prove, jkt: await calculateJwkThumbprint(jwk) };
  };

  test('gets a token that is bound to the key', async () => {
    const issuer = await newIssuer();
    const { clientId, clientSecret } = issuer.register(strict);
    const { prove, jkt } = await prover();
    const dpop = await prove({ htu: issuer.addresses.tokenEndpoint });
    const { body } = await ask(issuer, grant, { ...basic(clientId, clientSecret), dpop });
    expect(body).toMatchObject({ token_type: 'DPoP' });
    expect((await verified(issuer, body['access_token'])).payload).toMatchObject({ cnf: { jkt } });
    expect(await ask(issuer, grant, { ...basic(clientId, clientSecret), dpop })).toMatchObject({ body: { error: 'invalid_dpop_proof' } });
  });

  test.each([
    ['for another endpoint', { htu: 'https://other.example/oauth2/token' }],
    ['for another method', { htm: 'GET' }],
    ['that is old', { iat: Math.floor(Date.now() / 1000) - 600 }],
    ['without an identifier', { jti: undefined }],
  ])('gets none when the proof is one %s', async (_name, claims) => {
    const issuer = await newIssuer();
    const { clientId, clientSecret } = issuer.register(strict);
    const { prove } = await prover();
    const dpop = await prove({ htu: issuer.addresses.tokenEndpoint, ...claims });
    expect(await ask(issuer, grant, { ...basic(clientId, clientSecret), dpop })).toMatchObject({
      ...{ status: 400, body: { error: 'invalid_dpop_proof' } },
    });
  });
});

describe('Keys of an issuer', () => {
  const kidsOf = async ({ addresses }: LocalIssuer): Promise<readonly string[]> => {
    const { keys } = (await (await fetch(addresses.jwksUri)).json()) as { readonly keys: readonly { readonly kid: string }[] };
    return keys.map(({ kid }) => kid);
  };

  test('rotate: the new one signs, and as many older ones as asked for stay published, without their private halves', async () => {
    const issuer = await newIssuer('ES256');
    const [first = ''] = await kidsOf(issuer);
    const token = await issuer.sign({ sub: 'device' }, { typ: 'JWT' });
    const second = await issuer.rotateKeys();
    expect(await kidsOf(issuer)).toEqual([second, first]);
    expect((await verified(issuer, token)).protectedHeader).toEqual({ alg: 'ES256', typ: 'JWT', kid: first });
    const third = await issuer.rotateKeys(0);
    expect(await kidsOf(issuer)).toEqual([third]);
    await expect(verified(issuer, token)).rejects.toThrow('no applicable key');
    expect(await (await fetch(issuer.addresses.jwksUri)).text()).not.toContain('"d"');
  });
});
