import { renewalByDeviceKey } from '../../../approaches/oauth/verify.ts';
import { principalOf } from '../../../domain/connection/principal.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import { type KeyPair, anEcKey, anRsaKey, sign, spkiOf } from '../../approaches/oauth/oauth-world.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { ROTATION, UNTIL, renewalWorld } from './renewal-world.ts';

const held = anEcKey();
const next = anEcKey();

const aTracker = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    ...{ line: aLine('tracker'), approach: 'oauth', state: 'rotating', requirement: { publicKey: spkiOf(held) } },
    rotation: { id: ROTATION, startedAt: NOON - 1_000, until: UNTIL },
    ...more,
  });

const { thingName } = aTracker();
const principal = principalOf(thingName);

const aWorld = (enrollment = aTracker()) => renewalWorld({ enrollment, approaches: { oauth: renewalByDeviceKey } });

const pemOf = ({ publicKey }: KeyPair): string => publicKey.export({ type: 'spki', format: 'pem' }).toString();

interface Wrong {
  readonly claims?: object;
  readonly header?: object;
  readonly signer?: KeyPair;
}

const anOffer = async (keys = next, { claims = {}, header = {}, signer = keys }: Wrong = {}) => ({
  publicKey: pemOf(keys),
  proof: await sign({ rotation: ROTATION, sub: thingName, iat: 0, ...claims }, signer, { ...header }),
});

describe('A device that signs its own tokens', () => {
  test.each([
    ['P-256', next],
    ['RSA', anRsaKey()],
  ])('shows its next key, of %s, and must use that once its rotation is complete', async (_, keys) => {
    const world = await aWorld();
    await world.ask({ principal, offer: await anOffer(keys) });
    expect(world.told).toMatchObject([{ message: { outcome: 'given', rotation: ROTATION, credential: {} } }]);
    const { requirement, rotation } = await world.read();
    expect([requirement, rotation?.next]).toEqual([{ publicKey: spkiOf(held) }, { publicKey: spkiOf(keys) }]);
    expect(world.events).toMatchObject([{ code: 'rotation.offered', rotation: ROTATION }]);
  });

  test('asks again without another write', async () => {
    const world = await aWorld();
    for (let times = 0; times < 3; times += 1) await world.ask({ principal, offer: await anOffer() });
    expect((await world.read()).version).toBe(2);
    expect(world.told).toHaveLength(3);
  });

  test('is refused a key of a former owner’s', async () => {
    const world = await aWorld(aTracker({ refusedKeys: [keyDigestOf(Buffer.from(spkiOf(next), 'base64'))] }));
    await world.ask({ principal, offer: await anOffer() });
    expect(world.told).toMatchObject([{ message: { outcome: 'refused' } }]);
    expect(world.events).toMatchObject([{ code: 'rotation.refused', reason: 'refused-key' }]);
  });

  test('that lost its next key shows another', async () => {
    const world = await aWorld();
    const another = anEcKey();
    await world.ask({ principal, offer: await anOffer() });
    await world.ask({ principal, offer: await anOffer(another) });
    expect((await world.read()).rotation?.next).toEqual({ publicKey: spkiOf(another) });
  });

  test.each<[string, () => Promise<object>, string]>([
    ['a proof by another key', () => anOffer(next, { signer: held }), 'evidence-refused'],
    ['a proof for another rotation', () => anOffer(next, { claims: { rotation: 'another' } }), 'evidence-refused'],
    ['a proof for another device', () => anOffer(next, { claims: { sub: 'muster:tracker:SN-2' } }), 'evidence-refused'],
    ['a token for a connection', () => anOffer(next, { claims: { aud: 'a-project' } }), 'evidence-refused'],
    ['a proof that brings its key', () => anOffer(next, { header: { jwk: {} } }), 'evidence-refused'],
    ['the key that it has', () => anOffer(held), 'key-not-new'],
    ['a key that is too weak', () => anOffer(anRsaKey(1024), { signer: next }), 'unacceptable-key'],
    ['no proof', async () => ({ ...(await anOffer()), proof: 'a.b' }), 'malformed-request'],
    ['a private key', async () => ({ ...(await anOffer()), publicKey: 7 }), 'malformed-request'],
  ])('is refused with %s', async (_, offerOf, reason) => {
    const world = await aWorld();
    await world.ask({ principal, offer: await offerOf() });
    expect(world.events).toMatchObject([{ code: 'rotation.refused', reason }]);
    expect((await world.read()).rotation?.next).toBeUndefined();
  });
});

test('A device that shows tokens of an issuer has nothing to renew here', async () => {
  const world = await aWorld(aTracker({ requirement: { issuer: 'https://issuer.example', subject: 'device-1' } }));
  await world.ask({ principal, offer: await anOffer() });
  expect(world.events).toMatchObject([{ code: 'rotation.refused', reason: 'evidence-refused' }]);
});
