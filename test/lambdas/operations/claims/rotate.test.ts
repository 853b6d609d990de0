import { createRotate } from '../../../../lambdas/operations/claims/rotate.ts';
import { createShow } from '../../../../lambdas/operations/claims/show.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { aClaim } from '../../../builders/claim.ts';
import { aCertificateId, aClaimName, aKey } from '../../../builders/identifiers.ts';
import { claimCloud } from '../../../fakes/claim-cloud.ts';
import { aCall, aCsr, DAY_MS } from './claims-fixture.ts';

const HOUR_MS = 3_600_000;
const FIRST = aCertificateId('claim');

let csrPem: string;
beforeAll(async () => {
  csrPem = await aCsr();
});

const start = async (more: Parameters<typeof aClaim>[0] = {}) => {
  const cloud = claimCloud();
  await cloud.store.create(aClaim({ admitted: 40, expiresAt: NOON + 30 * DAY_MS, ...more }), aKey('claim'));
  cloud.certificates.set(FIRST, { pem: 'pem', isActive: true, policies: new Set() });
  return { ...cloud, rotate: createRotate(cloud.resources), show: createShow(cloud.resources) };
};

const anInput = (more: { readonly csrPem?: string; readonly overlapMs?: number } = {}) => ({
  name: aClaimName(),
  csrPem,
  overlapMs: DAY_MS,
  ...more,
});

describe('Rotating a claim', () => {
  test('gives it another certificate that counts on the first, which stays open for the overlap', async () => {
    const { rotate, store, certificates, audit } = await start();
    const { certificateId, claim } = await rotate(anInput(), aCall());
    expect(await store.readClaims([FIRST, certificateId])).toMatchObject([
      { state: 'open', expiresAt: NOON + DAY_MS, admitted: 40 },
      { state: 'open', expiresAt: NOON + 30 * DAY_MS, admitted: 0, countsOn: FIRST, quota: 100, name: 'batch-1' },
    ]);
    expect(certificates.get(FIRST)?.isActive).toBe(true);
    expect(certificates.get(certificateId)).toMatchObject({ isActive: true, policies: new Set(['muster-claim-sensor']) });
    expect(claim).toMatchObject({ admitted: 40, quota: 100, expiresAt: NOON + 30 * DAY_MS });
    expect(audit.events).toMatchObject([{ code: 'claim.rotated', claimCertificateId: certificateId }]);
  });

  test('counts on the first however often it is done', async () => {
    const { rotate, store, show } = await start();
    const second = await rotate(anInput(), aCall());
    const third = await rotate(anInput({ csrPem: await aCsr(), overlapMs: HOUR_MS }), aCall({ eventId: 'event-2' }));
    expect(await store.readClaims([second.certificateId, third.certificateId])).toMatchObject([
      { countsOn: FIRST, expiresAt: NOON + HOUR_MS },
      { countsOn: FIRST, expiresAt: NOON + 30 * DAY_MS },
    ]);
    expect((await show({ name: aClaimName() }, aCall())).claim).toMatchObject({ admitted: 40, state: 'open' });
  });

  test('answers the same request with the same certificate', async () => {
    const { rotate, certificates } = await start();
    const first = await rotate(anInput(), aCall());
    expect(await rotate(anInput(), aCall())).toEqual(first);
    expect(certificates.size).toBe(2);
  });

  test.each(['rotate', 'attachPolicy', 'putAlarms', 'setActive'])(
    'leaves the line running when %s fails, and the same request finishes it',
    async (step) => {
      const { rotate, certificates, calls, store } = await start();
      calls.failing = step;
      await expect(rotate(anInput(), aCall())).rejects.toThrow(`${step} was not possible`);
      const [before] = await store.readClaims([FIRST]);
      expect(before?.state).toBe('open');
      expect(before?.expiresAt).toBeGreaterThanOrEqual(NOON + DAY_MS);
      calls.failing = undefined;
      await rotate(anInput(), aCall());
      expect([...certificates.values()].map(({ isActive }) => isActive)).toEqual([true, true]);
    },
  );

  test('never prolongs the certificate before', async () => {
    const { rotate, store } = await start({ expiresAt: NOON + HOUR_MS });
    await rotate(anInput(), aCall());
    expect(await store.readClaims([FIRST])).toMatchObject([{ expiresAt: NOON + HOUR_MS }]);
  });

  test('changes nothing in a dry run', async () => {
    const { rotate, calls, certificates } = await start();
    await rotate(anInput(), aCall({ isDryRun: true }));
    expect(calls.made).toEqual(['dataEndpoint']);
    expect(certificates.size).toBe(1);
  });

  test.each([
    ['closed', { state: 'closed' }],
    ['over', { expiresAt: NOON }],
    ['a technician’s', { technician: 'arn:aws:iam::111122223333:user/ted' }],
  ] as const)('refuses a claim that is %s', async (_, more) => {
    const { rotate, calls } = await start(more);
    await expect(rotate(anInput(), aCall())).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(calls.made).toEqual([]);
  });

  test('lets one of two win that rotate at once, and leaves nothing of the other', async () => {
    const { rotate, certificates } = await start();
    const other = await aCsr();
    const outcomes = await Promise.allSettled([rotate(anInput(), aCall()), rotate(anInput({ csrPem: other }), aCall())]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(certificates.size).toBe(2);
  });
});
