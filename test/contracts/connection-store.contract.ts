import fc from 'fast-check';
import { type OfferedProof, proofMark, refusalOfProof } from '../../domain/connection/accepted-proof.ts';
import type { Acceptance, ConnectionStore } from '../../domain/connection/connection-ports.ts';
import { type EnrollmentState, enrollmentStates } from '../../domain/enrollment-state.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { EnrollmentStore } from '../../domain/ports.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import { NOON, anEnrollment } from '../builders/enrollment.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';

export interface ConnectionStoreUnderTest {
  /** A store with nothing in it. */
  readonly newStore: () => Promise<ConnectionStore & EnrollmentStore>;
}

const patient = new AbortController().signal;
const device = anEnrollment({ approach: 'psk' });

const aProof = (more: Partial<OfferedProof> = {}): OfferedProof => ({
  thingName: device.thingName,
  line: device.line,
  serialNumber: device.serialNumber,
  approach: 'psk',
  mark: proofMark(NOON, 1),
  connectionId: 'connection-1',
  keyVersion: 1,
  isTimely: true,
  ...more,
});

const outcomeOf = (acceptance: Acceptance): ReasonCode | 'accepted' => (acceptance.accepted ? 'accepted' : acceptance.reason);

/** What every store of connections does. */
export const describeConnectionStore = (name: string, { newStore }: ConnectionStoreUnderTest): void => {
  const stocked = async (enrollment: Enrollment = device) => {
    const store = await newStore();
    await store.register(enrollment);
    return store;
  };
  const offer = async (store: ConnectionStore, ...proofs: readonly Partial<OfferedProof>[]) => {
    const outcomes = [];
    for (const proof of proofs) outcomes.push(outcomeOf(await store.accept(aProof(proof), patient)));
    return outcomes;
  };

  describe(name, () => {
    test('takes a first proof, and gives back what is then on record', async () => {
      const store = await stocked();
      const expected = { ...device, version: 2, lastProof: { mark: proofMark(NOON, 1), connectionId: 'connection-1', keyVersion: 1 } };
      expect(await store.accept(aProof(), patient)).toEqual({ accepted: true, enrollment: expected });
      expect(await store.read(device.thingName, patient)).toEqual(expected);
    });

    test('takes newer ones, by time and by counter', async () => {
      const later = { mark: proofMark(NOON + 1, 1), connectionId: 'connection-2' };
      const next = { mark: proofMark(NOON + 1, 2), connectionId: 'connection-3' };
      expect(await offer(await stocked(), {}, later, next)).toEqual(['accepted', 'accepted', 'accepted']);
    });

    test('takes the same one again on the same connection, as AWS IoT shows it when it refreshes a policy, and on no other', async () => {
      const late = { isTimely: false };
      const store = await stocked();
      expect(await offer(store, {}, {}, late, { connectionId: 'connection-2' })).toEqual([
        'accepted',
        'accepted',
        'accepted',
        'proof-replayed',
      ]);
    });

    test('takes no older one, not even on the connection that a newer one opened', async () => {
      const older = { mark: proofMark(NOON, 0) };
      expect(await offer(await stocked(), {}, older, { ...older, connectionId: 'connection-2' })).toEqual([
        'accepted',
        'proof-replayed',
        'proof-replayed',
      ]);
    });

    test('takes none outside its time but one that it took on that connection', async () => {
      const late = { isTimely: false };
      const newer = { mark: proofMark(NOON, 2), isTimely: false };
      expect(await offer(await stocked(), late, {}, late, newer)).toEqual([
        'proof-outside-its-time',
        'accepted',
        'accepted',
        'proof-outside-its-time',
      ]);
    });

    test('takes none of an older key once a newer was shown', async () => {
      const proof = (counter: number, keyVersion: number) => ({
        mark: proofMark(NOON, counter),
        connectionId: `connection-${counter}`,
        keyVersion,
      });
      expect(await offer(await stocked(), proof(1, 2), proof(2, 1), proof(3, 2), proof(4, 3))).toEqual([
        'accepted',
        'superseded-key',
        'accepted',
        'accepted',
      ]);
    });

    test('of one proof on a hundred connections at once takes one', async () => {
      const store = await stocked();
      const offers = Array.from({ length: 100 }, (_, index) => store.accept(aProof({ connectionId: `connection-${index}` }), patient));
      const outcomes = (await Promise.all(offers)).map(outcomeOf);
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'proof-replayed')).toHaveLength(99);
    });

    test('makes an operator who read before read again', async () => {
      const store = await stocked();
      await offer(store, {});
      expect(await store.replace({ ...device, version: 2, state: 'revoked' })).toBe('conflict');
      expect(await store.replace({ ...device, version: 3, state: 'revoked' })).toBe('written');
      expect(await offer(store, {}, { mark: proofMark(NOON, 2) })).toEqual(['revoked', 'revoked']);
    });

    test.each<[EnrollmentState, ReasonCode | 'accepted']>([
      ['registered', 'accepted'],
      ['pending', 'pending-approval'],
      ['admitted', 'accepted'],
      ['active', 'accepted'],
      ['rotating', 'accepted'],
      ['quarantined', 'accepted'],
      ['revoked', 'revoked'],
      ['decommissioned', 'decommissioned'],
    ])('asked by a device that is %s says %s', async (state, outcome) => {
      const store = await stocked({ ...device, state });
      expect(await offer(store, {})).toEqual([outcome]);
      expect((await store.read(device.thingName, patient))?.version).toBe(outcome === 'accepted' ? 2 : 1);
    });

    test('takes none of a device that changes hands, be it one that it took before', async () => {
      const store = await stocked();
      await offer(store, {});
      expect(await store.replace({ ...device, version: 3, isChangingHands: true })).toBe('written');
      expect(await offer(store, {}, { mark: proofMark(NOON, 2) })).toEqual(['changing-hands', 'changing-hands']);
    });

    test('takes none while what the device proved was withdrawn, not even for its diagnosis in quarantine', async () => {
      for (const more of [{}, { state: 'quarantined', quarantinedFrom: 'registered' }] as const)
        expect(await offer(await stocked({ ...device, ...more, awaitsProof: true }), {})).toEqual(['proof-withdrawn']);
    });

    test('takes none by a former owner’s key, be it one that it took before, and leaves nothing of it on record', async () => {
      const store = await stocked();
      await offer(store, {});
      expect(await store.replace({ ...device, version: 3, firstKeyVersion: 10_001 })).toBe('written');
      const later = { mark: proofMark(NOON + 1, 1) };
      const late = { ...later, isTimely: false };
      expect(await offer(store, {}, later, late)).toEqual(['superseded-key', 'superseded-key', 'superseded-key']);
      expect((await store.read(device.thingName, patient))?.version).toBe(3);
      expect(await offer(store, { ...later, keyVersion: 10_001 })).toEqual(['accepted']);
    });

    test('gives back whom it refused', async () => {
      const revoked = { ...device, state: 'revoked' as const };
      expect(await (await stocked(revoked)).accept(aProof(), patient)).toEqual({
        accepted: false,
        reason: 'revoked',
        enrollment: revoked,
      });
    });

    test('knows no device that is not enrolled, and enrolls none', async () => {
      const store = await newStore();
      expect(await store.accept(aProof(), patient)).toEqual({ accepted: false, reason: 'unknown-serial', enrollment: undefined });
      expect(await store.read(device.thingName, patient)).toBeUndefined();
    });

    test('takes a device of another approach for what it is', async () => {
      expect(await offer(await stocked(), { approach: 'oauth' })).toEqual(['another-approach']);
    });

    test.each(['sn-1', 'ＳＮ-1'])('takes no look-alike for the device, as %s, and says nothing of the device', async (serial) => {
      const store = await stocked();
      const serialNumber = aSerial(serial);
      const thingName = thingNameOf('muster', aLine(), serialNumber);
      const refused = { accepted: false, reason: 'unknown-serial', enrollment: undefined };
      expect(await store.accept(aProof({ serialNumber, thingName }), patient)).toEqual(refused);
      expect(await store.read(thingName, patient)).toBeUndefined();
      expect((await store.read(device.thingName, patient))?.lastProof).toBeUndefined();
    });

    test('does nothing once nobody waits', async () => {
      const store = await stocked();
      await expect(store.accept(aProof(), AbortSignal.abort())).rejects.toThrow();
      await expect(store.read(device.thingName, AbortSignal.abort())).rejects.toThrow();
      expect((await store.read(device.thingName, patient))?.version).toBe(1);
    });

    test('decides as the rule does, whatever is on record and whatever is offered', async () => {
      const store = await newStore();
      let serials = 0;
      await fc.assert(
        fc.asyncProperty(onRecord, offers, async (recorded, offered) => {
          const serialNumber = aSerial(`SN-${(serials += 1)}`);
          const enrollment = anEnrollment({ ...recorded, serialNumber });
          await store.register(enrollment);
          const proof = aProof({ ...offered, serialNumber, thingName: enrollment.thingName });
          expect(outcomeOf(await store.accept(proof, patient))).toBe(refusalOfProof(enrollment, proof) ?? 'accepted');
        }),
        { numRuns: 200 },
      );
    });
  });
};

const few = { mark: fc.constantFrom(1, 2, 3).map((counter) => proofMark(NOON, counter)), connectionId: fc.constantFrom('one', 'two') };
const proof = fc.record({ ...few, keyVersion: fc.constantFrom(1, 2) });
const approach = fc.constantFrom('psk', 'oauth');

const rarely = fc.constantFrom(true as const, undefined, undefined, undefined);

const onRecord = fc
  .record({
    approach,
    state: fc.constantFrom(...enrollmentStates),
    lastProof: fc.option(proof, { nil: undefined }),
    isChangingHands: rarely,
    awaitsProof: rarely,
    firstKeyVersion: fc.option(fc.constantFrom(1, 2, 3), { nil: undefined }),
  })
  .map(({ lastProof, isChangingHands, awaitsProof, firstKeyVersion, ...rest }) => ({
    ...rest,
    ...(lastProof === undefined ? {} : { lastProof }),
    ...(isChangingHands === undefined ? {} : { isChangingHands }),
    ...(awaitsProof === undefined ? {} : { awaitsProof }),
    ...(firstKeyVersion === undefined ? {} : { firstKeyVersion }),
  }));
const offers = fc.tuple(proof, fc.record({ approach, isTimely: fc.boolean() })).map(([one, other]) => ({ ...one, ...other }));
