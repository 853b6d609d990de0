import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createJwksSource, type JwksSourceProps, type KeySetIssuer } from '../../../aws/key-sets/jwks-source.ts';
import type { KeptKeySet, KeptKeySets } from '../../../aws/key-sets/kept-key-sets.ts';
import { NOON } from '../../builders/enrollment.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const key = (kid: string) => ({ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid });
const json =
  (body: unknown, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const keys = (...kids: readonly string[]) => json({ keys: kids.map(key) });

let answer: Answer = keys('one');
let asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  answer(response, request);
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answer = keys('one');
  asked = [];
});

class Kept implements KeptKeySets {
  readonly sets = new Map<string, KeptKeySet>();
  isBroken = false;

  read(issuer: string): Promise<KeptKeySet | undefined> {
    return this.isBroken ? Promise.reject(new Error('DynamoDB is down.')) : Promise.resolve(this.sets.get(issuer));
  }

  write(issuer: string, keySet: KeptKeySet): Promise<void> {
    if (this.isBroken) return Promise.reject(new Error('DynamoDB is down.'));
    this.sets.set(issuer, keySet);
    return Promise.resolve();
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const aSource = (more: Partial<JwksSourceProps> = {}) => {
  const clock = { at: NOON };
  const [kept, faults] = [new Kept(), [] as unknown[]];
  const keySetOf = createJwksSource({
    fetch,
    isAllowed: (url) => url.startsWith('http://127.0.0.1:') || url.startsWith('https://'),
    now: () => clock.at,
    times: { freshSeconds: 600, staleSeconds: 24 * 3600, cooldownSeconds: 30 },
    timeoutMs: 500,
    kept,
    report: (fault) => faults.push(fault),
    ...more,
  });
  const issuer: KeySetIssuer = { issuer: base, keys: { jwksUri: `${base}/keys` } };
  const kidsFor = async (kid?: string, of = issuer) => (await keySetOf(of, kid, AbortSignal.timeout(5000)))?.keys.map((one) => one.kid);
  return { clock, kept, faults, kidsFor, keySetOf, issuer };
};

describe('The keys of an issuer', () => {
  test('are fetched once, however many tokens come at once, and again when they are ten minutes old', async () => {
    const { clock, kidsFor } = aSource();
    expect(await Promise.all([kidsFor('one'), kidsFor('one'), kidsFor()])).toEqual([['one'], ['one'], ['one']]);
    clock.at += 10 * MINUTE - 1;
    await kidsFor('one');
    expect(asked).toEqual(['/keys']);
    clock.at += 1;
    answer = keys('one', 'two');
    expect(await kidsFor('one')).toEqual(['one', 'two']);
    expect(asked).toEqual(['/keys', '/keys']);
  });

  test('are fetched anew for a key that is not among them, at most every thirty seconds', async () => {
    const { clock, kidsFor } = aSource();
    await kidsFor('one');
    answer = keys('one', 'two');
    expect(await kidsFor('two')).toEqual(['one']);
    clock.at += 30_000;
    expect(await kidsFor('two')).toEqual(['one', 'two']);
    for (let attempt = 0; attempt < 50; attempt += 1) await kidsFor(`forged-${attempt}`);
    expect(asked).toHaveLength(2);
  });

  test('carry known devices through an outage of a day, and not longer', async () => {
    const { clock, faults, kidsFor } = aSource();
    await kidsFor('one');
    answer = (response) => response.destroy();
    clock.at += 23 * HOUR;
    expect(await kidsFor('one')).toEqual(['one']);
    expect(faults).toHaveLength(1);
    await kidsFor('one');
    expect(asked).toHaveLength(2);
    clock.at += HOUR;
    expect(await kidsFor('one')).toBeUndefined();
    answer = keys('one');
    clock.at += 30_000;
    expect(await kidsFor('one')).toEqual(['one']);
  });

  test('are kept for processes that start during an outage', async () => {
    const first = aSource();
    await first.kidsFor('one');
    answer = json({ error: 'down' }, 503);
    const second = aSource({ kept: first.kept });
    second.clock.at += HOUR;
    expect(await second.kidsFor('one')).toEqual(['one']);
    second.clock.at += 23 * HOUR;
    expect(await second.kidsFor('one')).toBeUndefined();
  });

  test('need no request where another process has just fetched them', async () => {
    const first = aSource();
    await first.kidsFor('one');
    const second = aSource({ kept: first.kept });
    expect(await second.kidsFor('one')).toEqual(['one']);
    expect(asked).toHaveLength(1);
  });

  test('count without the place where they are kept, which is put on record', async () => {
    const { kept, kidsFor, faults } = aSource();
    kept.isBroken = true;
    expect(await kidsFor('one')).toEqual(['one']);
    expect(faults).toHaveLength(2);
  });

  test.each<[string, Answer]>([
    ['an error', json({}, 500)],
    ['nothing to read', json({}, 204)],
    ['no JSON', (response) => response.end('<html>')],
    ['no keys', json({ keys: [] })],
    ['keys of a secret alone', json({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'one' }] })],
    ['something else', json([])],
    ['more than 64 KiB', (response) => response.end(JSON.stringify({ keys: [key('one')], more: 'x'.repeat(65_536) }))],
    ['more than 64 keys', json({ keys: Array.from({ length: 65 }, (_, index) => key(String(index))) })],
    ['nothing at all', () => undefined],
    ['half an answer', (response) => response.writeHead(200, { 'content-length': '1000' }).write('{"keys":')],
    ['the way to somebody else', (response) => response.writeHead(302, { location: `${base}/other` }).end()],
  ])('are not there where the issuer answers with %s', async (_what, given) => {
    const { faults, kidsFor } = aSource();
    answer = given;
    expect(await kidsFor('one')).toBeUndefined();
    expect(faults).toEqual([expect.objectContaining({ code: 'ERR_KEY_SET' })]);
    expect(asked).toEqual(['/keys']);
  });

  test('leave out private parts and secrets', async () => {
    const { keySetOf, issuer } = aSource();
    answer = json({ keys: [{ ...key('one'), d: 'private', key_ops: ['sign'] }, { kty: 'oct', k: 'c2VjcmV0' }, 'a key'] });
    expect(await keySetOf(issuer, 'one', AbortSignal.timeout(5000))).toEqual({ keys: [key('one')] });
  });

  test('are where the issuer says they are, if it is that issuer that says it', async () => {
    const { kidsFor } = aSource();
    const issuer = { issuer: base, keys: { metadataUri: `${base}/.well-known/openid-configuration` } };
    answer = (response, request) => {
      (request.url === '/jwks' ? keys('one') : json({ issuer: base, jwks_uri: `${base}/jwks` }))(response, request);
    };
    expect(await kidsFor('one', issuer)).toEqual(['one']);
    expect(asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
    expect(await aSource().kidsFor('one', { ...issuer, issuer: `${base}/` })).toBeUndefined();
  });

  test('are not asked for at an address that is not safe', async () => {
    const { kidsFor } = aSource({ fetch: () => Promise.reject(new Error('asked')) });
    answer = json({ issuer: base, jwks_uri: 'http://attacker.example/keys' });
    const source = aSource();
    expect(await source.kidsFor('one', { issuer: base, keys: { metadataUri: `${base}/metadata` } })).toBeUndefined();
    expect(String(source.faults[0])).toContain('neither https nor of this machine');
    expect(await kidsFor('one')).toBeUndefined();
  });

  test('of one issuer are not those of another', async () => {
    const { kidsFor } = aSource();
    await kidsFor('one');
    answer = keys('two');
    expect(await kidsFor('two', { issuer: `${base}/b`, keys: { jwksUri: `${base}/b` } })).toEqual(['two']);
    expect(await kidsFor('one')).toEqual(['one']);
  });

  test('are of no use to who has stopped waiting', async () => {
    const { keySetOf, issuer } = aSource();
    await expect(keySetOf(issuer, 'one', AbortSignal.abort())).rejects.toThrow();
  });
});
