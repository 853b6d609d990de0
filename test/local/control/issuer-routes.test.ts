import { decodeJwt, decodeProtectedHeader } from 'jose';
import { RunningAws } from './running-aws.ts';

let local: RunningAws;
beforeAll(async () => {
  local = await RunningAws.start();
});
afterAll(() => local.stop());
afterEach(() => {
  local.aws.faults.clear();
});

const keySet = (name: string): Promise<Response> => fetch(`${local.aws.endpoint}/_oauth/${name}/.well-known/jwks.json`);

test('The control endpoint makes issuers and clients, rotates keys, signs, and removes what it made', async () => {
  const made = await local.control('POST', '/issuers', { name: 'fleet', algorithm: 'ES256' });
  const issuer = `${local.aws.endpoint}/_oauth/fleet`;
  const described = { name: 'fleet', issuer, tokenEndpoint: `${issuer}/oauth2/token`, jwksUri: `${issuer}/.well-known/jwks.json` };
  expect(made).toEqual({ status: 201, body: described });
  expect(await local.control('GET', '/issuers')).toMatchObject({ body: { issuers: [described] } });
  const client = await local.control('POST', '/issuers/fleet/clients', { clientId: 'one', audience: 'https://fleet.example' });
  expect(client).toMatchObject({ status: 201, body: { clientId: 'one', clientSecret: expect.any(String) as unknown } });
  const { body: rotated } = await local.control('POST', '/issuers/fleet/rotate', { keep: 0 });
  const { body: signed } = await local.control('POST', '/issuers/fleet/sign', { claims: { iss: 'x', exp: 1 }, header: { typ: 'JWT' } });
  const { token } = signed as { readonly token: string };
  expect(decodeJwt(token)).toEqual({ iss: 'x', exp: 1 });
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'JWT', ...(rotated as object) });
  expect(await local.control('DELETE', '/issuers/fleet/clients/one')).toMatchObject({ status: 204 });
  expect(await local.control('DELETE', '/issuers/fleet')).toMatchObject({ status: 204 });
  expect((await keySet('fleet')).status).toBe(404);
});

test('The control endpoint refuses issuers and clients that are there, that are not, and settings that make no sense', async () => {
  await local.control('POST', '/issuers', { name: 'double' });
  await local.control('POST', '/issuers/double/clients', { clientId: 'one', profile: 'cognito' });
  expect(await local.control('POST', '/issuers', { name: 'double' })).toMatchObject({ status: 409 });
  expect(await local.control('POST', '/issuers/double/clients', { clientId: 'one', profile: 'cognito' })).toMatchObject({ status: 409 });
  expect(await local.control('POST', '/issuers', { name: 'UP' })).toMatchObject({ status: 400 });
  expect(await local.control('POST', '/issuers', { name: 'macs', algorithm: 'HS256' })).toMatchObject({ status: 400 });
  const privateKey = { authentication: 'private_key_jwt', audience: 'a', publicKey: { kty: 'EC', d: 'secret' } };
  expect(await local.control('POST', '/issuers/double/clients', privateKey)).toMatchObject({ status: 400 });
  expect(await local.control('POST', '/issuers/nobody/rotate')).toMatchObject({ status: 404 });
  expect(await local.control('DELETE', '/issuers/double/clients/two')).toMatchObject({ status: 404 });
  expect(await local.control('DELETE', '/issuers/nobody')).toMatchObject({ status: 404 });
});

describe('An issuer', () => {
  const strike = (effect: object, more: object = {}) =>
    local.control('POST', '/faults', { at: 'operation', service: 'oauth', operation: 'KeySet', effect, ...more });

  beforeAll(() => local.control('POST', '/issuers', { name: 'frail' }));

  test('fails, throttles and hangs up when faults say so, in the words of OAuth', async () => {
    await strike({ kind: 'error', code: 'server_error', status: 503 }, { count: 1 });
    const down = await keySet('frail');
    expect(down.status).toBe(503);
    expect(await down.json()).toMatchObject({ error: 'server_error' });
    await strike({ kind: 'throttle' }, { count: 1, resource: 'frail' });
    expect((await keySet('frail')).status).toBe(429);
    await strike({ kind: 'drop' }, { count: 1 });
    await expect(keySet('frail')).rejects.toThrow('fetch failed');
    expect((await keySet('frail')).status).toBe(200);
  });

  test('is slow when a fault says so', async () => {
    await strike({ kind: 'latency', ms: 150 });
    const startedAt = performance.now();
    expect((await keySet('frail')).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(140);
  });

  test('has its requests in the request log, by operation, so that fetches of the key set can be counted', async () => {
    await local.control('DELETE', '/requests');
    await keySet('frail');
    await keySet('frail');
    expect(local.aws.requests.list({ service: 'oauth', operation: 'KeySet' })).toHaveLength(2);
  });

  test('stays through a reset', async () => {
    await local.control('POST', '/reset');
    expect((await keySet('frail')).status).toBe(200);
  });
});
