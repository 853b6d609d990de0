import { proofMark } from '../../domain/connection/accepted-proof.ts';
import { type Admission, decideAdmission } from '../../domain/admission.ts';
import type { Claim } from '../../domain/claim.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { EnrollmentPage, EnrollmentStore } from '../../domain/ports.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import { anAdmissionRequest } from '../builders/admission-request.ts';
import { aClaim } from '../builders/claim.ts';
import { aCertificate, anEnrollment, anEvent, NOON } from '../builders/enrollment.ts';
import { CLIENT_ID } from '../builders/hook-event.ts';
import { aCertificateId, aClaimName, aKey, aLine, aSerial, aTenant } from '../builders/identifiers.ts';
import { registerAll } from '../builders/register-all.ts';

export interface StoreUnderTest {
  /** A store with nothing in it. */
  readonly newStore: () => Promise<EnrollmentStore>;
}

/** Every field that an enrollment can have. */
const fullEnrollment: Enrollment = anEnrollment({
  requirement: { pinnedKey: aKey('device') },
  attributes: { colour: 'red' },
  manifest: 'a'.repeat(64),
  onProbation: true,
  pending: { key: aKey('device'), at: NOON, correlationId: CLIENT_ID, claimCertificateId: aCertificateId('claim') },
  approvedKey: aKey('device'),
  contender: { key: aKey('thief'), at: NOON, correlationId: CLIENT_ID },
  readmission: { until: NOON, key: aKey('candidate') },
  refusedKeys: [aKey('thief')],
  state: 'quarantined',
  quarantinedFrom: 'active',
  boundKey: aKey('device'),
  candidateKey: aKey('candidate'),
  countedAgainst: aClaimName(),
  certificates: [aCertificate('one', { correlationId: CLIENT_ID }), aCertificate('two')],
  certificateInUse: aCertificateId('two'),
  toRetire: [aCertificateId('one')],
  lastProof: { mark: proofMark(NOON, 7), connectionId: 'connection-1', keyVersion: 2 },
  connectsAs: 'projects/acme/devices/SN-1',
  lastEvent: anEvent({ reason: 'quarantined', correlationId: CLIENT_ID, keyDigest: aKey('device'), serialNumber: aSerial('ä/1') }),
});

const admissionOf = (enrollment: Enrollment, claim: Claim, at = NOON): Admission => {
  const verdict = decideAdmission(anAdmissionRequest({ at, claim, enrollment }));
  if (verdict.verdict === 'refuse') throw new Error(`refused: ${verdict.reason}`);
  return verdict;
};

/** What every enrollment store does, whatever it keeps things in. */
export const describeEnrollmentStore = (name: string, { newStore }: StoreUnderTest): void => {
  const stocked = async (enrollment = anEnrollment(), claim = aClaim()) => {
    const store = await newStore();
    await store.register(enrollment);
    await store.createClaim(claim);
    const read = () => store.readForAdmission({ claim: claim.certificateId, thing: enrollment.thingName });
    return { store, read, enrollment, claim };
  };

  describe(`${name}: keeping`, () => {
    test('gives back every field of what it was given', async () => {
      const claim = aClaim({ contact: 'factory@example.com' });
      const { read } = await stocked(fullEnrollment, claim);
      expect(await read()).toEqual({ claim, enrollment: fullEnrollment });
    });

    test('gives back nothing where nothing is', async () => {
      const store = await newStore();
      const { certificateId } = aClaim();
      const { thingName } = anEnrollment();
      expect(await store.readForAdmission({ claim: certificateId, thing: thingName })).toEqual({ claim: undefined, enrollment: undefined });
      expect(await store.readClaim(certificateId)).toBeUndefined();
      expect(await store.readMany([thingName])).toEqual([]);
    });

    test('registers a device once, and keeps the first record', async () => {
      const { store, read, enrollment } = await stocked();
      expect(await store.register({ ...enrollment, requirement: { pinnedKey: aKey('other') } })).toBe('conflict');
      expect((await read()).enrollment).toEqual(enrollment);
    });

    test('creates a claim once, and keeps the first', async () => {
      const { store, claim } = await stocked();
      expect(await store.createClaim({ ...claim, quota: 1_000_000 })).toBe('conflict');
      expect(await store.readClaim(claim.certificateId)).toEqual(claim);
    });

    test('reads many things at once, each once, and leaves out those that it does not know', async () => {
      const store = await newStore();
      const enrollments = Array.from({ length: 105 }, (_, index) => {
        const serialNumber = aSerial(`SN-${index}`);
        return anEnrollment({ serialNumber });
      });
      await registerAll(store, enrollments);
      const things = enrollments.map(({ thingName }) => thingName);
      const found = await store.readMany([...things, ...things, anEnrollment({ serialNumber: aSerial('unknown') }).thingName]);
      expect(found.map(({ thingName }) => thingName).sort()).toEqual(things.sort());
    });

    test('finds a serial by one that looks like it only where that is asked for', async () => {
      const { store, enrollment } = await stocked();
      const { thingName } = anEnrollment({ serialNumber: aSerial('sn-1') });
      expect(await store.readMany([thingName])).toEqual([]);
      expect(await store.readAlike([thingName, enrollment.thingName])).toEqual([enrollment]);
    });
  });

  describe(`${name}: registering many`, () => {
    const many = (...serials: readonly string[]) => serials.map((serial) => anEnrollment({ serialNumber: aSerial(serial) }));

    test('writes those that are new, and tells of the others what is there', async () => {
      const store = await newStore();
      const [first, second, third] = many('SN-1', 'SN-2', 'SN-3');
      await store.registerAll(many('SN-2'));
      const changed = { ...anEnrollment({ serialNumber: aSerial('SN-2') }), tenant: aTenant('globex') };
      expect(await store.registerAll([anEnrollment(), changed, ...many('SN-3')])).toEqual(['written', second, 'written']);
      expect(await store.registerAll(many('SN-1', 'SN-2', 'SN-3'))).toEqual([first, second, third]);
    });

    test('writes a hundred together, and nothing twice', async () => {
      const store = await newStore();
      const hundred = many(...Array.from({ length: 100 }, (_, index) => `SN-${index}`));
      expect(new Set(await store.registerAll(hundred))).toEqual(new Set(['written']));
      expect(await store.registerAll(hundred)).toEqual(hundred);
    });

    test('writes none where there is none to write', async () => {
      expect(await (await newStore()).registerAll([])).toEqual([]);
    });

    test.each([
      ['case', 'SN-1', 'sn-1'],
      ['width', 'SN-1', 'ＳＮ-1'],
      ['white space', 'SN 1', 'SN1'],
    ])('takes one of two serials that differ only in %s, in one call or in two', async (_, one, other) => {
      const store = await newStore();
      const [first, second] = many(one, other);
      expect(await store.registerAll(many(one, other))).toEqual(['written', first]);
      expect(await store.registerAll(many(other))).toEqual([first]);
      expect(second && (await store.register(second))).toBe('conflict');
    });

    test('takes the same serial on another line', async () => {
      const store = await newStore();
      expect(await store.registerAll([anEnrollment(), anEnrollment({ line: aLine('gateway') })])).toEqual(['written', 'written']);
    });

    test('writes each once where many say the same at the same time', async () => {
      const store = await newStore();
      const serials = Array.from({ length: 20 }, (_, index) => `SN-${index}`);
      const outcomes = await Promise.all([many(...serials), many(...serials.toReversed())].map((batch) => store.registerAll(batch)));
      expect(outcomes.flat().filter((outcome) => outcome === 'written')).toHaveLength(20);
    });
  });

  describe(`${name}: telling look-alikes apart`, () => {
    test('a thing is not found under a name that differs in case', async () => {
      const { store } = await stocked();
      expect(await store.readMany([thingNameOf('muster', aLine(), aSerial('sn-1'))])).toEqual([]);
    });

    test('a thing is found once, whatever names like it are asked for', async () => {
      const { store, enrollment } = await stocked();
      expect(await store.readMany([thingNameOf('muster', aLine(), aSerial('sn-1')), enrollment.thingName])).toEqual([enrollment]);
    });
  });

  describe(`${name}: listing`, () => {
    const pagesOf = async (read: (after: string | undefined) => Promise<EnrollmentPage>): Promise<readonly (readonly string[])[]> => {
      const pages: string[][] = [];
      let after: string | undefined;
      do {
        const { rows, next } = await read(after);
        pages.push(rows.map(({ serialNumber }) => serialNumber));
        after = next;
      } while (after !== undefined && pages.length < 50);
      return pages;
    };

    const listed = async () => {
      const store = await newStore();
      const rows = Array.from({ length: 25 }, (_, index) =>
        anEnrollment({
          serialNumber: aSerial(`SN-${index}`),
          tenant: aTenant(index % 2 === 0 ? 'acme' : 'globex'),
          line: aLine(index < 20 ? 'sensor' : 'gateway'),
          ...(index % 5 === 0 ? { state: 'quarantined', quarantinedFrom: 'active' } : {}),
        }),
      );
      await registerAll(store, rows);
      await store.createClaim(aClaim());
      return { store, serials: rows.map(({ serialNumber }) => serialNumber) };
    };

    test('gives every enrollment once, in pages, and nothing else', async () => {
      const { store, serials } = await listed();
      const pages = await pagesOf((after) => store.list({}, { limit: 10, after }));
      expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
      expect(pages.flat().sort()).toEqual([...serials].sort());
    });

    test('ends with a page that is just full', async () => {
      const { store } = await listed();
      expect(await pagesOf((after) => store.list({}, { limit: 25, after }))).toHaveLength(1);
    });

    test('keeps lines, tenants and states that were asked for', async () => {
      const { store } = await listed();
      const { rows } = await store.list(
        { lines: [aLine('sensor')], tenants: [aTenant('acme'), aTenant('nobody')], states: ['quarantined'] },
        { limit: 100 },
      );
      expect(rows.map(({ serialNumber }) => serialNumber).sort()).toEqual(['SN-0', 'SN-10']);
      expect((await store.list({ lines: [] }, { limit: 100 })).rows).toEqual([]);
    });

    test('keeps one of more tenants than DynamoDB compares at once', async () => {
      const { store } = await listed();
      const tenants = Array.from({ length: 150 }, (_, index) => aTenant(index === 149 ? 'acme' : `t-${index}`));
      expect((await store.list({ tenants }, { limit: 100 })).rows).toHaveLength(13);
    });

    test('begins at the start after text that is no place in it', async () => {
      const { store } = await listed();
      expect((await store.list({}, { limit: 100, after: 'nowhere' })).rows).toHaveLength(25);
    });

    test('finds what waits for an operator, and no longer once it does not', async () => {
      const { store } = await listed();
      const waiting = await pagesOf((after) => store.listAttention('quarantined', {}, { limit: 2, after }));
      expect(waiting.flat().sort()).toEqual(['SN-0', 'SN-10', 'SN-15', 'SN-20', 'SN-5']);
      expect((await store.listAttention('pending', {}, { limit: 10 })).rows).toEqual([]);
      const [first] = await store.readMany([thingNameOf('muster', aLine(), aSerial('SN-0'))]);
      if (first !== undefined) await store.replace({ ...first, state: 'revoked', version: 2 });
      const lines = [aLine('sensor')];
      const { rows } = await store.listAttention('quarantined', { lines }, { limit: 10 });
      expect(rows.map(({ serialNumber }) => serialNumber).sort()).toEqual(['SN-10', 'SN-15', 'SN-5']);
    });
  });

  describe(`${name}: replacing`, () => {
    test('writes the next version over the one before', async () => {
      const { store, read, enrollment } = await stocked();
      const next = { ...enrollment, version: 2, state: 'revoked' as const };
      expect(await store.replace(next)).toBe('written');
      expect((await read()).enrollment).toEqual(next);
    });

    test('writes nothing over a version that somebody else made', async () => {
      const { store, read, enrollment } = await stocked();
      const winner = { ...enrollment, version: 2, state: 'revoked' as const };
      await store.replace(winner);
      expect(await store.replace({ ...enrollment, version: 2 })).toBe('conflict');
      expect((await read()).enrollment).toEqual(winner);
    });

    test('writes nothing where no version is', async () => {
      const store = await newStore();
      expect(await store.replace(anEnrollment({ version: 2 }))).toBe('conflict');
      expect(await store.readMany([anEnrollment().thingName])).toEqual([]);
    });
  });

  describe(`${name}: admitting`, () => {
    test('writes the enrollment and counts the claim, together', async () => {
      const { store, read, enrollment, claim } = await stocked();
      const admission = admissionOf(enrollment, claim);
      expect(await store.admit(admission)).toBe('written');
      expect(await read()).toEqual({ claim: { ...claim, admitted: 1, lastAdmittedAt: NOON }, enrollment: admission.enrollment });
    });

    test('does not count a device that returns', async () => {
      const { store, read, enrollment, claim } = await stocked();
      await store.admit(admissionOf(enrollment, claim));
      const first = await read();
      const again = decideAdmission(anAdmissionRequest({ ...first, certificateId: aCertificateId('again') }));
      expect(again.verdict === 'admit' && (await store.admit(again))).toBe('written');
      expect((await read()).claim?.admitted).toBe(1);
    });

    test('writes nothing when the enrollment was changed since it was read', async () => {
      const { store, read, enrollment, claim } = await stocked();
      const admission = admissionOf(enrollment, claim);
      await store.replace({ ...enrollment, version: 2 });
      expect(await store.admit(admission)).toBe('enrollment-changed');
      expect((await read()).claim?.admitted).toBe(0);
    });

    test.each([
      ['was closed', { state: 'closed' }],
      ['expired', { expiresAt: NOON }],
      ['is not open yet', { opensAt: NOON + 1 }],
      ['has no quota left', { admitted: 100 }],
    ] as const)('writes nothing when the claim %s since it was read', async (_, change) => {
      const { store, read, enrollment, claim } = await stocked(anEnrollment(), aClaim(change));
      expect(await store.admit(admissionOf(enrollment, { ...claim, ...aClaim() }))).toBe('claim-changed');
      expect(await read()).toEqual({ claim, enrollment });
    });

    test('lets a device return on a claim without quota, but not on one that was closed', async () => {
      const returning = anEnrollment({ state: 'admitted', boundKey: aKey('device'), countedAgainst: aClaimName() });
      const full = await stocked(returning, aClaim({ quota: 1, admitted: 1 }));
      expect(await full.store.admit(admissionOf(returning, full.claim))).toBe('written');
      const closed = await stocked(returning, aClaim({ state: 'closed' }));
      expect(await closed.store.admit(admissionOf(returning, aClaim()))).toBe('claim-changed');
    });

    test('counts a serial on the claim that this one took over from, even a closed one, until its quota is used up', async () => {
      const first = aClaim({ state: 'closed', quota: 1 });
      const rotated = aClaim({ certificateId: aCertificateId('rotated'), countsOn: first.certificateId, quota: 1 });
      const { store, enrollment } = await stocked(anEnrollment(), rotated);
      await store.createClaim(first);
      expect(await store.admit(admissionOf(enrollment, rotated))).toBe('written');
      expect(await store.readClaim(first.certificateId)).toMatchObject({ admitted: 1, lastAdmittedAt: NOON });
      expect(await store.readClaim(rotated.certificateId)).toEqual(rotated);
      const second = anEnrollment({ serialNumber: aSerial('SN-2') });
      await store.register(second);
      const { serialNumber, thingName } = second;
      const verdict = decideAdmission(anAdmissionRequest({ claim: rotated, enrollment: second, serialNumber, thingName }));
      expect(verdict.verdict === 'admit' && (await store.admit(verdict))).toBe('claim-exhausted');
      expect(await store.readMany([thingName])).toEqual([second]);
    });

    test('writes nothing where the claim that this one counts on is gone', async () => {
      const rotated = aClaim({ countsOn: aCertificateId('gone') });
      const { store, read, enrollment } = await stocked(anEnrollment(), rotated);
      expect(await store.admit(admissionOf(enrollment, rotated))).toBe('claim-exhausted');
      expect((await read()).enrollment).toEqual(enrollment);
    });

    test('lets one of many through who read the same version', async () => {
      const { store, read, enrollment, claim } = await stocked();
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.admit(admissionOf(enrollment, claim))));
      expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
      expect((await read()).claim?.admitted).toBe(1);
    });

    test('does nothing for a caller who has given up', async () => {
      const { store, read, enrollment, claim } = await stocked();
      await expect(store.admit(admissionOf(enrollment, claim), AbortSignal.abort())).rejects.toThrow();
      expect((await read()).enrollment).toEqual(enrollment);
    });
  });
};
