import type { DeriveKey } from '../../../approaches/psk/evidence/derivation.ts';
import * as z from 'zod/mini';
import { pskRequirementFrom } from '../../../approaches/psk/evidence/requirement.ts';
import { createPskAuthorizer } from '../../../approaches/psk/verify.ts';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { ConnectionVerdict } from '../../../domain/connection/connection-verdict.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { InMemoryConnectionStore } from '../../fakes/in-memory-connection-store.ts';
import { aPskLine } from '../../fakes/in-memory-device-keys.ts';
import { badPasswords } from './bad-passwords.ts';
import { anEnrolledMeter, aPresentation, deriveKey } from './psk-world.ts';

const HOUR = 3_600_000;
const line = aPskLine({ keyVersions: [1, 2] });

/** An authorizer over what is in memory, which counts what it asks for. */
const anAuthorizer = (store = new InMemoryConnectionStore(anEnrolledMeter()), wishes: { readonly derive?: DeriveKey } = {}) => {
  const asked: string[] = [];
  const derive: DeriveKey = (name, signal) => {
    asked.push('GenerateMac');
    return (wishes.derive ?? deriveKey)(name, signal);
  };
  const accept: InMemoryConnectionStore['accept'] = (offered, signal) => {
    asked.push('UpdateItem');
    return store.accept(offered, signal);
  };
  const authorizer = createPskAuthorizer({ prefix: 'muster', lines: [line], deriveKey: derive, store: { accept } });
  const judge = async (presentation: ConnectionPresentation, signal = new AbortController().signal): Promise<ConnectionVerdict> => {
    const read = authorizer.read(presentation);
    return typeof read === 'string' ? { verdict: 'refuse', reason: read } : authorizer.judge(read, signal);
  };
  return { authorizer, store, asked, judge };
};

describe('A device with its key', () => {
  test('is let in by one MAC of KMS and one write, and is the enrollment that was written', async () => {
    const { judge, asked } = anAuthorizer();
    expect(await judge(await aPresentation())).toMatchObject({
      verdict: 'admit',
      enrollment: { serialNumber: 'SN-1', lastProof: { connectionId: 'connection-1', keyVersion: 1 } },
      times: { disconnectAfter: 7200, refreshAfter: 3600 },
      parts: ['own', 'line', 'tenant'],
    });
    expect(asked).toEqual(['GenerateMac', 'UpdateItem']);
  });

  test('is let in whatever its serial number is: the user name tells it where the name of its thing cannot', async () => {
    for (const serial of ['Ünit 7/ß', 'a:b', '50% + 1?', 'x'.repeat(120)]) {
      const serialNumber = aSerial(serial);
      const { judge } = anAuthorizer(new InMemoryConnectionStore(anEnrolledMeter(serialNumber)));
      expect(await judge(await aPresentation({ serialNumber }))).toMatchObject({ verdict: 'admit', enrollment: { serialNumber } });
    }
  });

  test('is let in again with a later proof, and by a higher counter at the same time', async () => {
    const { judge } = anAuthorizer();
    await judge(await aPresentation());
    expect(await judge(await aPresentation({ counter: 2, connectionId: 'second' }))).toMatchObject({ verdict: 'admit' });
    expect(await judge(await aPresentation({ at: NOON + 1, counter: 3, connectionId: 'third' }))).toMatchObject({ verdict: 'admit' });
  });

  test('keeps its connection when AWS IoT shows its proof again, long after its time', async () => {
    const { judge } = anAuthorizer();
    const presentation = await aPresentation();
    await judge(presentation);
    expect(await judge({ ...presentation, at: NOON + HOUR })).toMatchObject({ verdict: 'admit' });
  });

  test('changes to a newer key, and never back', async () => {
    const { judge } = anAuthorizer();
    expect(await judge(await aPresentation())).toMatchObject({ verdict: 'admit' });
    expect(await judge(await aPresentation({ keyVersion: 2, counter: 2, connectionId: 'second' }))).toMatchObject({ verdict: 'admit' });
    const old = await aPresentation({ keyVersion: 1, counter: 3, connectionId: 'third' });
    expect(await judge(old)).toMatchObject({ verdict: 'refuse', reason: 'superseded-key' });
  });

  test('proves what its rotation offered by that version and by no older one', async () => {
    const rotation = { id: z.parse(rotationId, 'muster-meter-1'), startedAt: NOON, until: NOON + HOUR, next: pskRequirementFrom(2) };
    const rotating = () => anAuthorizer(new InMemoryConnectionStore(anEnrolledMeter(undefined, { state: 'rotating', rotation })));
    expect(await rotating().judge(await aPresentation({ keyVersion: 2 }))).toMatchObject({ verdict: 'admit', provesNext: true });
    expect(await rotating().judge(await aPresentation())).not.toHaveProperty('provesNext');
    const unasked = new InMemoryConnectionStore(anEnrolledMeter(undefined, { state: 'active' }));
    expect(await anAuthorizer(unasked).judge(await aPresentation({ keyVersion: 2 }))).not.toHaveProperty('provesNext');
  });

  test('is not let in by a version before the one that it must prove', async () => {
    const { judge } = anAuthorizer(new InMemoryConnectionStore(anEnrolledMeter(undefined, { requirement: pskRequirementFrom(2) })));
    expect(await judge(await aPresentation())).toMatchObject({ verdict: 'refuse', reason: 'superseded-key' });
    expect(await judge(await aPresentation({ keyVersion: 2, counter: 2, connectionId: 'second' }))).toMatchObject({ verdict: 'admit' });
  });

  test('that was given away is let in by a key of its new owner’s, and by none that the former one may have copied', async () => {
    const enrollment = anEnrolledMeter(undefined, { firstKeyVersion: 10_001 });
    const { judge, store } = anAuthorizer(new InMemoryConnectionStore(enrollment));
    for (const keyVersion of [1, 2])
      expect(await judge(await aPresentation({ keyVersion }))).toMatchObject({ verdict: 'refuse', reason: 'superseded-key' });
    expect(await judge(await aPresentation({ at: 0 }))).toMatchObject({ verdict: 'refuse', reason: 'superseded-key' });
    expect(await store.read(enrollment.thingName, AbortSignal.timeout(1000))).toEqual(enrollment);
    expect(await judge(await aPresentation({ keyVersion: 10_001 }))).toMatchObject({ verdict: 'admit' });
    expect(await judge(await aPresentation({ keyVersion: 10_002, counter: 2, connectionId: 'second' }))).toMatchObject({
      verdict: 'admit',
    });
  });

  test('comes by no version of its line’s that there is not, whichever owner’s it says it is', async () => {
    const { judge, asked } = anAuthorizer(new InMemoryConnectionStore(anEnrolledMeter(undefined, { firstKeyVersion: 10_001 })));
    for (const keyVersion of [3, 10_000, 10_003, 320_003])
      expect(await judge(await aPresentation({ keyVersion }))).toMatchObject({ verdict: 'refuse', reason: 'unknown-key' });
    expect(asked).toEqual([]);
  });

  test('in quarantine is told by its enrollment, for its diagnosis', async () => {
    const { judge } = anAuthorizer(
      new InMemoryConnectionStore(anEnrolledMeter(aSerial(), { state: 'quarantined', quarantinedFrom: 'active' })),
    );
    expect(await judge(await aPresentation())).toMatchObject({ verdict: 'admit', enrollment: { state: 'quarantined' } });
  });
});

describe('A device that does not know the time', () => {
  test.each([
    ['behind', -HOUR],
    ['ahead', HOUR],
    ['at the beginning of all time', -NOON],
  ])('and is %s may ask for it, and nothing of it is on record', async (_, offset) => {
    const { judge, store } = anAuthorizer();
    expect(await judge(await aPresentation({ at: NOON + offset }))).toMatchObject({ verdict: 'clock' });
    expect(await store.read(anEnrolledMeter().thingName, AbortSignal.timeout(1000))).toEqual(anEnrolledMeter());
  });

  test('is let in once it knows', async () => {
    const { judge } = anAuthorizer();
    await judge(await aPresentation({ at: 0 }));
    expect(await judge(await aPresentation({ counter: 2, connectionId: 'second' }))).toMatchObject({ verdict: 'admit' });
  });

  test('may not even ask where it may not come at all', async () => {
    const { judge } = anAuthorizer(new InMemoryConnectionStore(anEnrolledMeter(aSerial(), { state: 'revoked' })));
    expect(await judge(await aPresentation({ at: 0 }))).toMatchObject({ verdict: 'refuse', reason: 'revoked' });
  });
});

describe('Before anything is asked of AWS', () => {
  test.each(badPasswords.filter(([, change]) => !/^1\.[12]\.\d+\.\d+\.[\w-]{43}$/.test(change(`1.1.${NOON}.1.${'A'.repeat(43)}`))))(
    'a password with %s is refused',
    async (_, change) => {
      const { judge, asked } = anAuthorizer();
      const presentation = await aPresentation();
      const changed = { ...presentation, password: change(presentation.password) };
      expect(await judge(changed)).toEqual({ verdict: 'refuse', reason: 'evidence-refused' });
      expect(asked).toEqual([]);
    },
  );

  const meter = 'muster:meter:SN-1';
  test.each([
    ['another client id', { clientId: 'muster:meter:SN-2' }, 'malformed-request'],
    ['no client id', { clientId: '' }, 'malformed-request'],
    ['no user name', { username: '' }, 'malformed-request'],
    ['the user name of another device', { username: 'muster:meter:SN-2' }, 'malformed-request'],
    ['the user name of another deployment', { username: 'other:meter:SN-1' }, 'malformed-request'],
    ['a part more in its user name', { username: `${meter}:x` }, 'malformed-request'],
    ['another spelling of its user name', { username: 'muster:meter:SN%2D1' }, 'malformed-request'],
    ['half a percent sign in its user name', { username: 'muster:meter:SN-1%' }, 'malformed-request'],
    ['a wide letter in its user name', { username: 'muster:meter:ＳN-1' }, 'malformed-request'],
    ['a line break in its user name', { username: `${meter}\n` }, 'malformed-request'],
    ['a line of no such name', { username: 'muster:ghost:SN-1', clientId: 'muster:ghost:SN-1' }, 'unknown-serial'],
  ] as const)('a connection with %s is refused', async (_, change, reason) => {
    const { judge, asked } = anAuthorizer();
    expect(await judge({ ...(await aPresentation()), ...change })).toEqual({ verdict: 'refuse', reason });
    expect(asked).toEqual([]);
  });

  test('a key version that is not in use is refused', async () => {
    const { judge, asked } = anAuthorizer();
    expect(await judge(await aPresentation({ keyVersion: 3 }))).toEqual({ verdict: 'refuse', reason: 'unknown-key' });
    expect(asked).toEqual([]);
  });
});

describe('Before anything is written', () => {
  test('a MAC that is not right is refused', async () => {
    const { judge, asked } = anAuthorizer();
    const presentation = await aPresentation({ serverName: 'elsewhere.example' });
    const { serverName } = await aPresentation();
    expect(await judge({ ...presentation, serverName })).toEqual({ verdict: 'refuse', reason: 'evidence-refused' });
    expect(asked).toEqual(['GenerateMac']);
  });
});

describe('What is on record', () => {
  test('lets no proof in twice', async () => {
    const { judge } = anAuthorizer();
    await judge(await aPresentation());
    const again = await judge(await aPresentation({ connectionId: 'second' }));
    expect(again).toMatchObject({ verdict: 'refuse', reason: 'proof-replayed' });
  });

  test('lets no older proof in', async () => {
    const { judge } = anAuthorizer();
    const older = await aPresentation({ connectionId: 'second' });
    await judge(await aPresentation({ at: NOON + 1, counter: 2 }));
    expect(await judge(older)).toMatchObject({ verdict: 'refuse', reason: 'proof-replayed' });
  });

  test.each([
    ['a device that nobody enrolled', new InMemoryConnectionStore(), 'unknown-serial'],
    ['a device of another approach', new InMemoryConnectionStore(anEnrolledMeter(aSerial(), { approach: 'pki' })), 'another-approach'],
    ['a revoked device', new InMemoryConnectionStore(anEnrolledMeter(aSerial(), { state: 'revoked' })), 'revoked'],
    ['a device that is out of use', new InMemoryConnectionStore(anEnrolledMeter(aSerial(), { state: 'decommissioned' })), 'decommissioned'],
    [
      'a device that must prove something else',
      new InMemoryConnectionStore(anEnrolledMeter(aSerial(), { requirement: {} })),
      'evidence-refused',
    ],
  ] as const)('refuses %s', async (_, store, reason) => {
    expect(await anAuthorizer(store).judge(await aPresentation())).toMatchObject({ verdict: 'refuse', reason });
  });

  test('refuses one that only looks like it', async () => {
    const { judge } = anAuthorizer(new InMemoryConnectionStore(anEnrolledMeter(aSerial('sn-1'))));
    expect(await judge(await aPresentation())).toMatchObject({ verdict: 'refuse', reason: 'unknown-serial' });
  });
});

test('What a device shows is on record as the version of its key', async () => {
  const { authorizer } = anAuthorizer();
  expect(authorizer.read(await aPresentation({ keyVersion: 2 }))).toMatchObject({ credentialId: 'v2' });
});

describe('Where AWS does not answer', () => {
  test('nobody is let in without KMS', async () => {
    const { judge, asked } = anAuthorizer(undefined, { derive: () => Promise.reject(new Error('ThrottlingException')) });
    await expect(judge(await aPresentation())).rejects.toThrow('ThrottlingException');
    expect(asked).toEqual(['GenerateMac']);
  });

  test('nobody is let in by a key of the wrong length', async () => {
    const { judge } = anAuthorizer(undefined, { derive: () => Promise.resolve(new Uint8Array(0)) });
    expect(await judge(await aPresentation())).toEqual({ verdict: 'refuse', reason: 'evidence-refused' });
  });

  test('nobody is let in after the time is up', async () => {
    const { judge } = anAuthorizer();
    await expect(judge(await aPresentation(), AbortSignal.abort())).rejects.toThrow();
  });
});

test('A key of another line opens nothing here', async () => {
  const { judge } = anAuthorizer(new InMemoryConnectionStore(anEnrolledMeter()));
  const foreign = await aPresentation({ line: aLine('gateway') });
  const here = await aPresentation();
  expect(await judge({ ...here, password: foreign.password })).toEqual({ verdict: 'refuse', reason: 'evidence-refused' });
});
