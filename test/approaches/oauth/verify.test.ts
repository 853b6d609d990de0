import * as z from 'zod/mini';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { anEnrollment, NOON } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { InMemoryConnectionStore } from '../../fakes/in-memory-connection-store.ts';
import { judge, verifierOf } from './judge.ts';
import {
  anEcKey,
  anRsaKey,
  aPresentation,
  COGNITO,
  ISSUER,
  issuerKeys,
  jwkOf,
  keySet,
  type KeyPair,
  type Members,
  NOW_SECONDS,
  PROJECT,
  proofClaims,
  proofHeader,
  sign,
  spkiOf,
  thumbprintOf,
  TOKEN_HEADER,
  tokenClaims,
  TRACKER_PATH,
} from './oauth-world.ts';

const enrolled = (line: string, requirement: Enrollment['requirement'], more: Partial<Enrollment> = {}) =>
  anEnrollment({ approach: 'oauth', line: aLine(line), requirement, ...more });

const ofIssuer = { issuer: ISSUER, subject: 'SN-1' };
const token = (more: Members = {}, key: KeyPair = issuerKeys.first, header: Members = TOKEN_HEADER) =>
  sign(tokenClaims('SN-1', more), key, header);

const connect = (password: string, more: Partial<ConnectionPresentation> = {}) => aPresentation('muster:tracker:SN-1', password, more);

describe("A bearer's token", () => {
  const device = enrolled('tracker', ofIssuer);
  const verdictOn = async (password: string) => judge(verifierOf([device]), connect(password));

  test('opens what its scopes are mapped to, and ends the session when it ends', async () => {
    expect(await verdictOn(await token())).toEqual({
      verdict: 'admit',
      enrollment: device,
      times: { disconnectAfter: 3600, refreshAfter: 3600 },
      parts: ['own'],
    });
    expect(await verdictOn(await token({ scope: 'openid muster:tenant muster:line', exp: NOW_SECONDS + 300.9 }))).toMatchObject({
      times: { disconnectAfter: 300, refreshAfter: 300 },
      parts: ['own', 'line', 'tenant'],
    });
  });

  test('makes no session of more than a day, however long it lives', async () => {
    expect(await verdictOn(await token({ exp: NOW_SECONDS + 10 ** 8 }))).toMatchObject({ times: { disconnectAfter: 86_400 } });
  });

  test.each<[string, Members, Members]>([
    ['a type in its long form and in capitals', {}, { ...TOKEN_HEADER, typ: 'APPLICATION/AT+JWT' }],
    ['several audiences, one of them ours', { aud: ['https://else.example', 'https://iot.example'] }, TOKEN_HEADER],
    ['scopes in a list', { scope: ['openid', 'muster:own'] }, TOKEN_HEADER],
    ['a clock that is a minute ahead', { iat: NOW_SECONDS + 60, nbf: NOW_SECONDS + 60 }, TOKEN_HEADER],
    ['claims that nobody asked for', { realm_access: { roles: ['a', 'b'] }, cheque: 'b"}:{' }, TOKEN_HEADER],
  ])('counts with %s', async (_what, claims, header) => {
    expect(await verdictOn(await token(claims, issuerKeys.first, header))).toMatchObject({ verdict: 'admit' });
  });

  test('counts with RS256, and without a key id where one key alone fits', async () => {
    expect(await verdictOn(await token({}, issuerKeys.rsa, { typ: 'at+jwt' }))).toMatchObject({ verdict: 'admit' });
  });

  test('does not count by an RSA key of less than 2,048 bits', async () => {
    const short = anRsaKey(1024);
    const { sign: signBytes } = await import('node:crypto');
    const text = ['{"alg":"RS256","typ":"at+jwt","kid":"short"}', JSON.stringify(tokenClaims('SN-1'))]
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    const password = `${text}.${signBytes('sha256', Buffer.from(text), short.privateKey).toString('base64url')}`;
    const keys = { keys: [...keySet.keys, { ...jwkOf(short), kid: 'short' }] };
    expect(
      await judge(
        verifierOf([device], () => keys),
        connect(password),
      ),
    ).toMatchObject({ reason: 'evidence-refused' });
  });

  test('does not count without the keys of its issuer', async () => {
    const verdict = await judge(
      verifierOf([device], () => undefined),
      connect(await token()),
    );
    expect(verdict).toEqual({ verdict: 'refuse', reason: 'issuer-unavailable' });
  });

  test('costs one read, and nothing before its signature is good', async () => {
    const reads: string[] = [];
    class Counted extends InMemoryConnectionStore {
      override read(...[thing, signal]: Parameters<InMemoryConnectionStore['read']>) {
        reads.push(thing);
        return super.read(thing, signal);
      }
    }
    const store = new Counted(device);
    await judge(verifierOf(store), connect(await token({}, anEcKey())));
    expect(reads).toEqual([]);
    await judge(verifierOf(store), connect(await token()));
    expect([reads, store.offered]).toEqual([['muster:tracker:SN-1'], []]);
  });

  test.each([
    ['revoked', 'revoked'],
    ['decommissioned', 'decommissioned'],
    ['pending', 'pending-approval'],
  ] as const)('does not open an enrollment that is %s', async (state, reason) => {
    const barred = enrolled('tracker', ofIssuer, { state });
    expect(await judge(verifierOf([barred]), connect(await token()))).toEqual({ verdict: 'refuse', reason, enrollment: barred });
  });

  test('lets a quarantined device in, to be held where it may do nothing', async () => {
    const held = enrolled('tracker', ofIssuer, { state: 'quarantined', quarantinedFrom: 'active' });
    expect(await judge(verifierOf([held]), connect(await token()))).toMatchObject({ verdict: 'admit', enrollment: held });
  });

  test('says nothing of a look-alike, nor of another approach that it could use', async () => {
    const lookAlike = enrolled('tracker', ofIssuer, { serialNumber: aSerial('sn-1') });
    expect(await judge(verifierOf([lookAlike]), connect(await token()))).toEqual({ verdict: 'refuse', reason: 'unknown-serial' });
    const other = enrolled('tracker', ofIssuer, { approach: 'pki' });
    expect(await judge(verifierOf([other]), connect(await token()))).toMatchObject({ reason: 'another-approach' });
  });

  test('is refused where the enrollment names a key, as if it were stolen', async () => {
    const pinned = enrolled('tracker', { ...ofIssuer, keyThumbprint: await thumbprintOf(anEcKey()) });
    expect(await judge(verifierOf([pinned]), connect(await token()))).toMatchObject({ reason: 'not-the-pinned-key' });
  });

  test('names a device by its serial number where the name of the thing has no room for that', async () => {
    const serialNumber = aSerial('SN 1/ü');
    const odd = enrolled('tracker', { ...ofIssuer }, { serialNumber });
    const presented = { clientId: odd.thingName, username: `muster:tracker:${encodeURIComponent(serialNumber)}` };
    expect(await judge(verifierOf([odd]), connect(await token(), presented))).toMatchObject({ verdict: 'admit' });
    const another = { ...presented, username: 'muster:tracker:SN-1' };
    expect(await judge(verifierOf([odd]), connect(await token(), another))).toMatchObject({ reason: 'malformed-request' });
    const broken = { ...presented, username: 'muster:tracker:%E0%A4%A' };
    expect(await judge(verifierOf([odd]), connect(await token(), broken))).toMatchObject({ reason: 'malformed-request' });
  });
});

describe('A token like those of Amazon Cognito', () => {
  const device = enrolled('pool', { issuer: COGNITO, subject: 'SN-1' });
  const claims = { iss: COGNITO, aud: undefined, client_id: 'client-1', token_use: 'access', scope: 'iot/own', version: 2 };
  const verdictOn = async (more: Members, header: Members = { kid: 'first' }) =>
    judge(verifierOf([device]), aPresentation('muster:pool:SN-1', await token({ ...claims, ...more }, issuerKeys.first, header)));

  test('counts where its issuer is so configured', async () => {
    expect(await verdictOn({})).toMatchObject({ verdict: 'admit', parts: ['own'] });
    expect(await verdictOn({}, { kid: 'first', typ: 'JWT' })).toMatchObject({ verdict: 'admit' });
  });

  test('does not count for another client, as another type, or as an identity', async () => {
    expect(await verdictOn({ client_id: 'client-2' })).toMatchObject({ reason: 'token-for-another-audience' });
    expect(await verdictOn({ aud: 'client-2' })).toMatchObject({ reason: 'token-for-another-audience' });
    expect(await verdictOn({}, { kid: 'first', typ: 'dpop+jwt' })).toMatchObject({ reason: 'evidence-refused' });
    expect(await verdictOn({ token_use: 'id' })).toMatchObject({ reason: 'evidence-refused' });
  });
});

describe('A token that is bound to a key', () => {
  const key = anEcKey();
  const device = enrolled('lock', ofIssuer);
  const evidence = async (proof: Members = {}, pair = key, more: Members = {}) => {
    const text = await token({ cnf: { jkt: await thumbprintOf(pair) }, ...more });
    return `${text},${await sign(proofClaims(text, 'muster:lock:SN-1', proof), pair, proofHeader(pair))}`;
  };
  const atLock = (password: string, more: Partial<ConnectionPresentation> = {}) => aPresentation('muster:lock:SN-1', password, more);

  test('counts once for one connection: a proof that was seen does not open another', async () => {
    const verifier = verifierOf(new InMemoryConnectionStore(device));
    const password = await evidence();
    expect(await judge(verifier, atLock(password))).toMatchObject({ verdict: 'admit', enrollment: { version: 2 } });
    expect(await judge(verifier, atLock(password))).toMatchObject({ verdict: 'admit' });
    expect(await judge(verifier, atLock(password, { connectionId: 'another' }))).toMatchObject({ reason: 'proof-replayed' });
    expect(await judge(verifier, atLock(await evidence({ counter: 2 }), { connectionId: 'another' }))).toMatchObject({ verdict: 'admit' });
    expect(await judge(verifier, atLock(await evidence({ iat: NOW_SECONDS - 1 }), { connectionId: 'third' }))).toMatchObject({
      reason: 'proof-replayed',
    });
  });

  test('is on record as that key, and one that is not as the key that signed it', async () => {
    expect(verifierOf([]).read(atLock(await evidence()))).toMatchObject({ credentialId: await thumbprintOf(key) });
    expect(verifierOf([]).read(connect(await token()))).toMatchObject({ credentialId: 'first' });
  });

  test('counts with an RSA key, and whatever the case in which the server was named', async () => {
    const pair = anRsaKey();
    const password = await evidence({}, pair);
    const serverName = 'EXAMPLE-ATS.iot.eu-west-1.amazonaws.com';
    expect(await judge(verifierOf([device]), atLock(password, { serverName }))).toMatchObject({ verdict: 'admit' });
  });

  test('leaves no mark on the record of another device, whose name its holder gives out', async () => {
    const store = new InMemoryConnectionStore(device);
    const text = await token({ sub: 'SN-2', cnf: { jkt: await thumbprintOf(key) } });
    const proof = await sign(proofClaims(text, 'muster:lock:SN-1', { iat: NOW_SECONDS + 60 }), key, proofHeader(key));
    expect(await judge(verifierOf(store), atLock(`${text},${proof}`))).toMatchObject({ reason: 'evidence-refused' });
    expect(store.offered).toEqual([]);
  });

  test('counts on a line of bearers, too, and then with its proof alone', async () => {
    const onTracker = enrolled('tracker', ofIssuer);
    const text = await token({ cnf: { jkt: await thumbprintOf(key) } });
    const proof = await sign(proofClaims(text, 'muster:tracker:SN-1'), key, proofHeader(key));
    expect(await judge(verifierOf([onTracker]), connect(`${text},${proof}`))).toMatchObject({ verdict: 'admit' });
  });

  test('is refused with a key that the enrollment does not name', async () => {
    const pinned = enrolled('lock', { ...ofIssuer, keyThumbprint: await thumbprintOf(anEcKey()) });
    expect(await judge(verifierOf([pinned]), atLock(await evidence()))).toMatchObject({ reason: 'not-the-pinned-key' });
  });
});

describe('A token that a device signed', () => {
  const [first, second, rsa] = [anEcKey(), anEcKey(), anRsaKey()];
  const own = (pair: KeyPair, more: Members = {}) =>
    sign({ aud: PROJECT, iat: NOW_SECONDS, exp: NOW_SECONDS + 3600, ...more }, pair, { typ: 'JWT' });
  const byPath = (password: string, more: Partial<ConnectionPresentation> = {}) =>
    aPresentation(`${TRACKER_PATH}/SN-1`, password, { username: 'unused', ...more });
  const device = (publicKey: KeyPair, next?: KeyPair) =>
    enrolled('legacy', { publicKey: spkiOf(publicKey), ...(next === undefined ? {} : { nextPublicKey: spkiOf(next) }) });

  test('opens the topics that the device knows from before', async () => {
    expect(await judge(verifierOf([device(first)]), byPath(await own(first)))).toMatchObject({
      verdict: 'admit',
      times: { disconnectAfter: 3600, refreshAfter: 3600 },
      parts: ['own', 'line', 'tenant'],
      inheritedId: 'SN-1',
    });
  });

  test("has nothing of that under the name of the device's thing", async () => {
    const verdict = await judge(verifierOf([device(first)]), aPresentation('muster:legacy:SN-1', await own(first)));
    expect(verdict).toMatchObject({ verdict: 'admit' });
    expect(verdict).not.toHaveProperty('inheritedId');
  });

  test('counts by either of two keys, whatever their kinds', async () => {
    const verifier = verifierOf([device(first, rsa)]);
    expect(await judge(verifier, byPath(await own(first)))).toMatchObject({ verdict: 'admit' });
    expect(await judge(verifier, byPath(await own(rsa)))).toMatchObject({ verdict: 'admit' });
    expect(await judge(verifier, byPath(await own(second)))).toMatchObject({ reason: 'evidence-refused' });
  });

  test('counts by the next key, too, while its rotation is under way, and tells which it was', async () => {
    const rotation = { id: z.parse(rotationId, 'muster-legacy-1'), startedAt: 0, until: 1, next: { publicKey: spkiOf(second) } };
    const rotating = verifierOf([{ ...device(first), state: 'rotating', rotation }]);
    expect(await judge(rotating, byPath(await own(second)))).toMatchObject({ verdict: 'admit', provesNext: true });
    const byHeld = await judge(rotating, byPath(await own(first)));
    expect(byHeld).toMatchObject({ verdict: 'admit' });
    expect(byHeld).not.toHaveProperty('provesNext');
    expect(await judge(verifierOf([device(second)]), byPath(await own(first)))).toMatchObject({ reason: 'evidence-refused' });
  });

  test('counts with a clock that is ten minutes off, and not when less than 300 s are left by ours', async () => {
    const verifier = verifierOf([device(first)]);
    expect(await judge(verifier, byPath(await own(first, { iat: NOW_SECONDS + 600 })))).toMatchObject({ verdict: 'admit' });
    const late = await own(first, { iat: NOW_SECONDS - 3301, exp: NOW_SECONDS + 299 });
    expect(await judge(verifier, byPath(late))).toMatchObject({ reason: 'token-expired' });
  });

  test('is a bearer token: it opens as many connections as it likes while it lives', async () => {
    const store = new InMemoryConnectionStore(device(first));
    const password = await own(first);
    for (const connectionId of ['one', 'two'])
      expect(await judge(verifierOf(store), byPath(password, { connectionId, at: NOON + 60_000 }))).toMatchObject({ verdict: 'admit' });
    expect(store.offered).toEqual([]);
  });

  test('does not count by a key that is recorded wrongly, is too short, or is none', async () => {
    const broken = { publicKey: Buffer.from('no key').toString('base64') };
    expect(await judge(verifierOf([enrolled('legacy', broken)]), byPath(await own(first)))).toMatchObject({ reason: 'evidence-refused' });
  });

  test('is refused where an issuer vouches for the device, and the other way round', async () => {
    expect(await judge(verifierOf([enrolled('legacy', ofIssuer)]), byPath(await own(first)))).toMatchObject({ reason: 'evidence-refused' });
    const other = enrolled('tracker', { publicKey: spkiOf(first) });
    expect(await judge(verifierOf([other]), connect(await token()))).toMatchObject({ reason: 'evidence-refused' });
    expect(await judge(verifierOf([other]), connect(await own(first)))).toMatchObject({ reason: 'evidence-refused' });
  });
});
