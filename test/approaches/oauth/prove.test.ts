import { proveOAuth } from '../../../approaches/oauth/prove.ts';
import { type ConnectionOccasion, UnusableMeansError } from '../../../domain/prover.ts';
import { anEnrollment, NOON } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { issuerByFetch } from './issuer-by-fetch.ts';
import { judge, verifierOf } from './judge.ts';
import {
  anEcKey,
  anRsaKey,
  aPresentation,
  AUDIENCE,
  ISSUER,
  jwkOf,
  type KeyPair,
  pemOf,
  PROJECT,
  SERVER,
  spkiOf,
  thumbprintOf,
  TRACKER_PATH,
} from './oauth-world.ts';

const unreachable: typeof fetch = () => Promise.reject(new TypeError('Nobody is there.'));

const anOccasion = (more: Partial<ConnectionOccasion> = {}): ConnectionOccasion => ({
  line: aLine('tracker'),
  serialNumber: aSerial(),
  clientId: 'muster:tracker:SN-1',
  serverName: SERVER,
  at: NOON,
  counter: 1,
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  fetch: unreachable,
  ...more,
});

const aClient = async (more: object = {}) => {
  const world = await issuerByFetch();
  const { clientId, clientSecret } = world.issuer.register({
    clientId: 'a client:1',
    audience: AUDIENCE,
    scopes: ['muster:own', 'muster:line'],
  });
  const secret = { kind: 'client-credentials', tokenEndpoint: world.issuer.addresses.tokenEndpoint, clientId, clientSecret, ...more };
  return { ...world, clientId, secret };
};

const answering =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): typeof fetch =>
  () =>
    Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }));

describe('A device with credentials of a client', () => {
  test('gets a token and is let in with it until it ends', async () => {
    const { fetch, secret, clientId, keySet } = await aClient();
    const proof = await proveOAuth.open(secret).prove(anOccasion({ fetch }));
    expect(proof).toMatchObject({ username: 'muster:tracker:SN-1', endsAt: NOON + 3_600_000 });
    const device = anEnrollment({ approach: 'oauth', line: aLine('tracker'), requirement: { issuer: ISSUER, subject: clientId } });
    const verdict = await judge(verifierOf([device], keySet), aPresentation('muster:tracker:SN-1', proof.password));
    expect(verdict).toMatchObject({ verdict: 'admit', parts: ['own', 'line'], times: { disconnectAfter: 3600 } });
  });

  test('asks for the scopes that it was told, and for whom the token is', async () => {
    const { fetch, secret, requests } = await aClient({ scope: 'muster:own', resource: AUDIENCE, audience: AUDIENCE });
    await proveOAuth.open(secret).prove(anOccasion({ fetch }));
    const form = new URLSearchParams(await requests[0]?.text());
    expect(Object.fromEntries(form)).toEqual({
      ...{ grant_type: 'client_credentials', scope: 'muster:own' },
      ...{ resource: AUDIENCE, audience: AUDIENCE },
    });
  });

  test('keeps its token for half of its life, and has a new one before its session ends', async () => {
    const { fetch, secret, requests } = await aClient();
    const credential = proveOAuth.open(secret);
    const first = await credential.prove(anOccasion({ fetch }));
    expect(await credential.prove(anOccasion({ fetch, at: NOON + 1_799_999 }))).toEqual(first);
    expect(requests).toHaveLength(1);
    const second = await credential.prove(anOccasion({ fetch, at: NOON + 1_800_000 }));
    expect([requests.length, second.endsAt]).toEqual([2, NOON + 5_400_000]);
    await credential.prove(anOccasion({ fetch, at: NOON }));
    expect(requests).toHaveLength(3);
  });

  test('keeps none that has less than six minutes left, or of which the issuer does not say how long it counts', async () => {
    const asked: string[] = [];
    const credential = proveOAuth.open((await aClient()).secret);
    const counted =
      (body: object): typeof fetch =>
      () => {
        asked.push('');
        return Promise.resolve(Response.json({ access_token: 'a.b.c', ...body }));
      };
    for (const body of [{ expires_in: 360 }, { expires_in: 360 }, {}, { expires_in: 'soon' }])
      await credential.prove(anOccasion({ fetch: counted(body) }));
    expect(asked).toHaveLength(4);
    expect(await credential.prove(anOccasion({ fetch: counted({}) }))).not.toHaveProperty('endsAt');
  });

  test.each<[string, KeyPair]>([
    ['P-256', anEcKey()],
    ['RSA', anRsaKey()],
  ])('may show a key of its own in place of a secret, %s', async (_kind, pair) => {
    const { issuer, fetch, requests } = await aClient();
    issuer.register({
      clientId: 'keyed',
      authentication: 'private_key_jwt',
      publicKey: { ...jwkOf(pair), kty: pair.alg === 'ES256' ? 'EC' : 'RSA' },
      audience: AUDIENCE,
      scopes: ['muster:own'],
    });
    const { tokenEndpoint } = issuer.addresses;
    const secret = {
      kind: 'client-credentials',
      tokenEndpoint,
      clientId: 'keyed',
      clientKey: pemOf(pair),
      clientKeyId: 'k',
      assertionAudience: ISSUER,
    };
    const { password } = await proveOAuth.open(secret).prove(anOccasion({ fetch }));
    expect(password.split('.')).toHaveLength(3);
    expect(requests[0]?.headers.get('authorization')).toBeNull();
  });

  test('binds its tokens to its proof key, and proves that it holds it, anew for each connection', async () => {
    const pair = anEcKey();
    const { fetch, secret, clientId, keySet, requests } = await aClient({ proofKey: pemOf(pair) });
    const credential = proveOAuth.open(secret);
    const occasion = anOccasion({ fetch, line: aLine('lock'), clientId: 'muster:lock:SN-1' });
    const requirement = { issuer: ISSUER, subject: clientId, keyThumbprint: await thumbprintOf(pair) };
    const verifier = verifierOf([anEnrollment({ approach: 'oauth', line: aLine('lock'), requirement })], keySet);
    for (const counter of [1, 2]) {
      const { password } = await credential.prove({ ...occasion, counter });
      const presented = aPresentation('muster:lock:SN-1', password, { connectionId: `connection-${counter}` });
      expect(await judge(verifier, presented)).toMatchObject({ verdict: 'admit' });
    }
    expect(requests).toHaveLength(1);
  });

  test("asks once more with the issuer's own nonce where it wants that, and not for ever", async () => {
    const { fetch, secret, requests } = await aClient({ proofKey: pemOf(anEcKey()) });
    const wanting = answering(400, { error: 'use_dpop_nonce' }, { 'dpop-nonce': 'n-1' });
    let calls = 0;
    const once: typeof globalThis.fetch = (input, init) => {
      calls += 1;
      return calls === 1 ? wanting(input, init) : fetch(input, init);
    };
    await proveOAuth.open(secret).prove(anOccasion({ fetch: once }));
    const [, claims = ''] = requests[0]?.headers.get('dpop')?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ nonce: 'n-1', htm: 'POST' });
    await expect(proveOAuth.open(secret).prove(anOccasion({ fetch: wanting }))).rejects.toMatchObject({ code: 'ERR_ISSUER' });
  });

  test.each<[string, typeof fetch, string]>([
    ['refuses the client', answering(401, { error: 'invalid_client' }), 'ERR_UNUSABLE_MEANS'],
    ['refuses the scope', answering(400, { error: 'invalid_scope' }), 'ERR_UNUSABLE_MEANS'],
    ['gives what is no signed text', answering(200, { access_token: 'opaque', expires_in: 60 }), 'ERR_UNUSABLE_MEANS'],
    ['gives two texts', answering(200, { access_token: 'a.b.c,d.e.f' }), 'ERR_UNUSABLE_MEANS'],
    ['gives no token', answering(200, {}), 'ERR_UNUSABLE_MEANS'],
    ['is busy', answering(503, '<html>'), 'ERR_ISSUER'],
    ['is asked too often', answering(429, { error: 'slow_down' }), 'ERR_ISSUER'],
    ['says too much', answering(200, { access_token: 'a.b.c', more: 'x'.repeat(65_536) }), 'ERR_ISSUER'],
    ['does not like its clock', answering(400, { error: 'invalid_dpop_proof' }), 'ERR_ISSUER'],
  ])('says whom it concerns where the issuer %s', async (_what, fetch, code) => {
    const { secret } = await aClient();
    const failure = await proveOAuth
      .open(secret)
      .prove(anOccasion({ fetch }))
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).not.toContain(String(secret.clientSecret));
  });

  test('lets a network that is down be the network', async () => {
    await expect(proveOAuth.open((await aClient()).secret).prove(anOccasion())).rejects.toThrow('Nobody is there.');
  });
});

describe('A device that signs its own tokens', () => {
  test.each<[string, KeyPair, string]>([
    ['ES256', anEcKey(), 'pkcs8'],
    ['RS256', anRsaKey(), 'pkcs8'],
    ['ES256, with a key as OpenSSL used to write it,', anEcKey(), 'sec1'],
  ])('is let in by %s with the topics it knows', async (_alg, pair, type) => {
    const key = type === 'sec1' ? pair.privateKey.export({ type: 'sec1', format: 'pem' }).toString() : pemOf(pair);
    const clientId = `${TRACKER_PATH}/SN-1`;
    const credential = proveOAuth.open({ kind: 'device-token', key, audience: PROJECT });
    const proof = await credential.prove(anOccasion({ line: aLine('legacy'), clientId }));
    expect(proof).toMatchObject({ username: clientId, endsAt: NOON + 3_600_000 });
    const device = anEnrollment({ approach: 'oauth', line: aLine('legacy'), requirement: { publicKey: spkiOf(pair) } });
    const verdict = await judge(verifierOf([device]), aPresentation(clientId, proof.password, { username: 'unused' }));
    expect(verdict).toMatchObject({ verdict: 'admit', inheritedId: 'SN-1' });
  });

  test('signs for as long as it was told, a day at the most', async () => {
    const secret = { kind: 'device-token', key: pemOf(anEcKey()), audience: PROJECT };
    const { endsAt } = await proveOAuth.open({ ...secret, lifetimeSeconds: 86_400 }).prove(anOccasion());
    expect(endsAt).toBe(NOON + 86_400_000);
    expect(() => proveOAuth.open({ ...secret, lifetimeSeconds: 86_401 })).toThrow(UnusableMeansError);
  });

  test('names itself in full where the name of its thing has no room for its serial number', async () => {
    const credential = proveOAuth.open({ kind: 'device-token', key: pemOf(anEcKey()), audience: PROJECT });
    const occasion = anOccasion({ clientId: 'muster:tracker::digest', serialNumber: aSerial('SN 1/ü') });
    expect(await credential.prove(occasion)).toMatchObject({ username: 'muster:tracker:SN%201%2F%C3%BC' });
  });
});

describe('What a device is given', () => {
  const good = { kind: 'client-credentials', tokenEndpoint: 'https://issuer.example/token', clientId: 'c', clientSecret: 'swordfish' };

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'swordfish'],
    ['a token endpoint over plain http', { ...good, tokenEndpoint: 'http://issuer.example/token' }],
    ['neither secret nor key', { ...good, clientSecret: undefined }],
    ['a secret and a key', { ...good, clientKey: pemOf(anEcKey()) }],
    ['a field that nobody knows', { ...good, password: 'swordfish' }],
    ['a proof key that is none', { ...good, proofKey: '-----BEGIN PRIVATE KEY-----swordfish' }],
    ['a key that is too short', { kind: 'device-token', key: pemOf(anRsaKey(1024)), audience: 'a' }],
    [
      'a key of another curve',
      { kind: 'device-token', key: '-----BEGIN PRIVATE KEY-----\nMFECAQEw\n-----END PRIVATE KEY-----', audience: 'a' },
    ],
  ])('is of no use when it is %s, and is not repeated', (_what, secret) => {
    const open = () => proveOAuth.open(secret);
    expect(open).toThrow(UnusableMeansError);
    expect(open).not.toThrow(/swordfish/);
  });
});
