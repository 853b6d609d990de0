import type { ClaimRemainder } from '../../../domain/claim/claim-ports.ts';
import { createClaimSweep } from '../../../lambdas/claim-sweep/claim-sweep.ts';
import { aClaim } from '../../builders/claim.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aCertificateId, aClaimName, aKey } from '../../builders/identifiers.ts';
import { claimCloud } from '../../fakes/claim-cloud.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';

const HOUR_MS = 3_600_000;

const start = (now = () => NOON) => {
  const cloud = claimCloud({ now });
  const faults = recordedFaultLog();
  const told: ClaimRemainder[] = [];
  const claimGauge = {
    tell: (uses: readonly ClaimRemainder[]) => {
      told.push(...uses);
      return Promise.resolve();
    },
  };
  const put = (name: string, more: Parameters<typeof aClaim>[0] = {}) =>
    cloud.store.create(aClaim({ name: aClaimName(name), certificateId: aCertificateId(name), ...more }), aKey(name));
  const stateOf = async (name: string) => (await cloud.store.readClaims([aCertificateId(name)]))[0]?.state;
  return { ...cloud, faults, told, put, stateOf, sweep: createClaimSweep({ ...cloud.resources, claimGauge, faults }) };
};

describe('The sweep of claims', () => {
  test('closes what has expired at once, as a service', async () => {
    const { put, sweep, stateOf, audit, store } = start();
    await put('over', { expiresAt: NOON });
    await put('not-over', { expiresAt: NOON + 1 });
    await sweep();
    expect([await stateOf('over'), await stateOf('not-over')]).toEqual(['closed', 'open']);
    expect(audit.events).toMatchObject([{ code: 'claim.closed', claim: 'over', actor: { kind: 'service', name: 'claim-sweep' } }]);
    expect(await store.entryOf(aClaimName('over'))).toMatchObject({ isClosed: true });
  });

  test('closes what is used up one hour after its last admission, because a device may come back until then', async () => {
    const { put, sweep, stateOf } = start();
    await put('long-ago', { quota: 2, admitted: 2, lastAdmittedAt: NOON - HOUR_MS });
    await put('just-now', { quota: 2, admitted: 2, lastAdmittedAt: NOON - HOUR_MS + 1 });
    await put('not-used-up', { quota: 2, admitted: 1, lastAdmittedAt: NOON - HOUR_MS });
    await sweep();
    expect([await stateOf('long-ago'), await stateOf('just-now'), await stateOf('not-used-up')]).toEqual(['closed', 'open', 'open']);
  });

  test('closes only the certificate whose overlap is over', async () => {
    const { put, sweep, stateOf, store } = start();
    await put('batch', { expiresAt: NOON + HOUR_MS });
    const entry = await store.entryOf(aClaimName('batch'));
    if (entry === undefined) throw new Error('No entry.');
    const next = aClaim({ name: aClaimName('batch'), certificateId: aCertificateId('next'), countsOn: aCertificateId('batch') });
    await store.rotate({ entry, next, key: aKey('next'), overlapUntil: NOON });
    await sweep();
    expect([await stateOf('batch'), await stateOf('next')]).toEqual(['closed', 'open']);
    expect(await store.entryOf(aClaimName('batch'))).toMatchObject({ isClosed: false });
  });

  test('goes through all pages, and tells how much of each quota is used up, and in how many days it expires', async () => {
    const { put, sweep, told, stateOf } = start();
    for (let count = 0; count < 205; count += 1)
      await put(`batch-${String(count).padStart(3, '0')}`, { quota: 4, admitted: 1, expiresAt: NOON + 36 * HOUR_MS });
    await put('z-over', { expiresAt: NOON });
    await sweep();
    expect(told).toHaveLength(206);
    expect(told[0]).toEqual({ name: 'batch-000', quotaUsedPercent: 25, daysLeft: 1.5 });
    expect(await stateOf('z-over')).toBe('closed');
  });

  test('reports what it could not close, and closes the others', async () => {
    const { put, sweep, calls, faults, stateOf } = start();
    await put('a', { expiresAt: NOON });
    await put('b', { expiresAt: NOON });
    calls.failing = 'setActive';
    await sweep();
    expect(faults.faults).toHaveLength(2);
    expect([await stateOf('a'), await stateOf('b')]).toEqual(['closed', 'closed']);
    calls.failing = undefined;
    await sweep();
    expect(calls.made.filter((name) => name === 'markClosed')).toHaveLength(2);
  });

  test('stops when its time is up, and leaves the rest to the next run', async () => {
    let time = NOON;
    const { put, sweep, told } = start(() => (time += 45_000));
    for (let count = 0; count < 150; count += 1) await put(`batch-${String(count).padStart(3, '0')}`, { expiresAt: NOON + 1e9 });
    await sweep();
    expect(told).toHaveLength(100);
  });
});
