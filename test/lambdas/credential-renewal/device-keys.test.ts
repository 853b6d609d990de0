import type { createPrivateKey } from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import { compactDecrypt } from 'jose';
import { firstVersionOf, PSK_REQUIREMENT } from '../../../approaches/psk/evidence/requirement.ts';
import { renewalByDerivedKey } from '../../../approaches/psk/verify.ts';
import { principalOf, rotationPrincipalOf } from '../../../domain/connection/principal.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { recipientIdOf, recipientJwk } from '../../../domain/sealing.ts';
import * as z from 'zod/mini';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { deviceKeyOf } from '../../fakes/in-memory-device-keys.ts';
import { ROTATION, UNTIL, renewalWorld } from './renewal-world.ts';

const line = aLine('meter');

const aMeter = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    ...{ line, approach: 'psk', state: 'rotating', requirement: PSK_REQUIREMENT },
    rotation: { id: ROTATION, startedAt: NOON - 1_000, until: UNTIL },
    ...more,
  });

const { thingName, serialNumber } = aMeter();
const principal = principalOf(thingName);

const aWorld = ({ newest = 2, enrollment = aMeter() }: { readonly newest?: number | undefined; readonly enrollment?: Enrollment } = {}) => {
  const psk = renewalByDerivedKey({ newestVersionOf: () => newest, deriveKey: (name) => Promise.resolve(deviceKeyOf(name)) });
  return renewalWorld({ enrollment, approaches: { psk } });
};

const aRecipient = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, recipient: z.parse(recipientJwk, publicKey.export({ format: 'jwk' })) };
};

const openedBy = async (
  privateKey: ReturnType<typeof createPrivateKey>,
  { told }: Awaited<ReturnType<typeof aWorld>>,
): Promise<unknown> => {
  const { message } = told.at(-1) ?? {};
  if (message?.outcome !== 'given') throw new Error(`It was told ${JSON.stringify(message)}.`);
  const { plaintext } = await compactDecrypt(String(message.credential['sealed']), privateKey);
  return JSON.parse(new TextDecoder().decode(plaintext));
};

describe('A device whose key derives from its names', () => {
  test('is given the newest of its line, which nobody but it can read', async () => {
    const world = await aWorld();
    const { privateKey, recipient } = aRecipient();
    await world.ask({ principal, offer: { recipient } });
    const key = deviceKeyOf({ line, serialNumber, keyVersion: 2 }).toString('base64url');
    expect(await openedBy(privateKey, world)).toEqual({ key, keyVersion: 2 });
    expect(JSON.stringify([world.told, world.events, await world.read()])).not.toContain(key);
  });

  test('is given the newest for its owner, where it was given away', async () => {
    const world = await aWorld({ enrollment: aMeter({ firstKeyVersion: 10_001 }) });
    const { privateKey, recipient } = aRecipient();
    await world.ask({ principal, offer: { recipient } });
    const key = deviceKeyOf({ line, serialNumber, keyVersion: 10_002 }).toString('base64url');
    expect(await openedBy(privateKey, world)).toEqual({ key, keyVersion: 10_002 });
    expect(firstVersionOf((await world.read()).rotation?.next)).toBe(10_002);
  });

  test('must prove that one once its rotation is complete, and until then either', async () => {
    const world = await aWorld();
    await world.ask({ principal, offer: aRecipient() });
    const { requirement, rotation } = await world.read();
    expect([firstVersionOf(requirement), firstVersionOf(rotation?.next)]).toEqual([1, 2]);
  });

  test('has it on record each time that a key is let out, and to whom it was encrypted', async () => {
    const world = await aWorld();
    const { recipient } = aRecipient();
    await world.ask({ principal, offer: { recipient } });
    await world.ask({ principal, offer: { recipient } });
    expect(world.events).toMatchObject([
      { code: 'rotation.offered', rotation: ROTATION },
      { code: 'device-key.issued', kid: recipientIdOf(recipient), credentialId: 'v2', rotation: ROTATION, actor: { kind: 'device' } },
      { code: 'device-key.issued' },
    ]);
    expect((await world.read()).version).toBe(2);
  });

  test('has the newest already: it is told it once more, and nothing is lost', async () => {
    const enrollment = aMeter({ lastProof: { mark: '1', connectionId: 'c', keyVersion: 2 } });
    const world = await aWorld({ enrollment });
    const { privateKey, recipient } = aRecipient();
    await world.ask({ principal, offer: { recipient } });
    expect(await openedBy(privateKey, world)).toMatchObject({ keyVersion: 2 });
  });

  test.each<[string, object, string]>([
    ['no recipient', { offer: {} }, 'malformed-request'],
    ['a recipient with a private part', { offer: { recipient: { ...aRecipient().recipient, d: 'AAAA' } } }, 'malformed-request'],
    ['a point that is on no curve', { offer: { recipient: { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' } } }, 'unacceptable-key'],
    ['another device', { offer: aRecipient(), principal: principalOf(anEnrollment().thingName) }, 'not-the-credential-in-use'],
    [
      'who proved the next already',
      { offer: aRecipient(), principal: rotationPrincipalOf(thingName, ROTATION) },
      'not-the-credential-in-use',
    ],
  ])('is refused: %s', async (_, question, reason) => {
    const world = await aWorld();
    await world.ask({ principal, ...question });
    expect(world.events).toMatchObject([{ code: 'rotation.refused', reason }]);
    expect((await world.read()).version).toBe(1);
  });

  test('is refused on a line that has no keys any more', async () => {
    const psk = renewalByDerivedKey({ newestVersionOf: () => undefined, deriveKey: () => Promise.reject(new Error('There is none.')) });
    const world = await renewalWorld({ enrollment: aMeter(), approaches: { psk } });
    await world.ask({ principal, offer: aRecipient() });
    expect(world.events).toMatchObject([{ code: 'rotation.refused', reason: 'unknown-key' }]);
  });

  test.each([1, 2, 3, 4, 5].flatMap((at) => (['before', 'after'] as const).map((when) => ({ at, when }))))(
    'is told when it asks again, where the power went $when call $at',
    async (failure) => {
      const world = await aWorld();
      const { privateKey, recipient } = aRecipient();
      world.state.failure = failure;
      await world.ask({ principal, offer: { recipient } }).catch(() => undefined);
      world.state.failure = undefined;
      await world.ask({ principal, offer: { recipient } });
      expect(await openedBy(privateKey, world)).toMatchObject({ keyVersion: 2 });
      expect(firstVersionOf((await world.read()).rotation?.next)).toBe(2);
      expect(world.events.filter(({ code }) => code === 'rotation.offered').length).toBeLessThanOrEqual(1);
    },
  );
});
