import { createClose } from '../../../../lambdas/operations/claims/close.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { aClaim } from '../../../builders/claim.ts';
import { aCertificateId, aClaimName, aKey, aLine } from '../../../builders/identifiers.ts';
import { claimCloud } from '../../../fakes/claim-cloud.ts';
import { aCall, ANN } from './claims-fixture.ts';

const HOUR_MS = 3_600_000;
const FIRST = aCertificateId('claim');
const SECOND = aCertificateId('second');

const start = async () => {
  const cloud = claimCloud();
  await cloud.store.create(aClaim({ admitted: 3 }), aKey('claim'));
  for (const id of [FIRST, SECOND]) cloud.certificates.set(id, { pem: 'pem', isActive: true, policies: new Set() });
  cloud.alarms.add(aClaimName());
  cloud.connections.push(
    { certificateId: FIRST, clientId: 'early', at: NOON - 2 * HOUR_MS },
    { certificateId: FIRST, clientId: 'muster-claim-1', at: NOON - 60_000 },
    { certificateId: FIRST, clientId: 'gone-2', at: NOON - 30_000 },
    { certificateId: aCertificateId('other'), clientId: 'other', at: NOON },
  );
  return { ...cloud, close: createClose(cloud.resources) };
};

const rotateIn = async ({ store }: Awaited<ReturnType<typeof start>>) => {
  const entry = await store.entryOf(aClaimName());
  if (entry === undefined) throw new Error('No entry.');
  const next = aClaim({ certificateId: SECOND, countsOn: FIRST });
  await store.rotate({ entry, next, key: aKey('second'), overlapUntil: NOON + HOUR_MS });
};

const byName = { claim: { name: aClaimName() } };

describe('Closing a claim', () => {
  test('closes the record, then the certificate, then the connections of the last hour', async () => {
    const { close, calls, certificates, ended, audit, store } = await start();
    expect(await close(byName, aCall())).toEqual({
      name: 'batch-1',
      line: 'sensor',
      closed: [FIRST],
      quota: 100,
      admitted: 3,
      connections: { ended: 1, gone: 1, left: 0 },
    });
    expect(calls.made).toEqual(['close', 'setActive', 'endConnection', 'endConnection', 'removeAlarms', 'markClosed']);
    expect(ended).toEqual(['muster-claim-1']);
    expect(certificates.get(FIRST)?.isActive).toBe(false);
    expect(await store.readClaims([FIRST])).toMatchObject([{ state: 'closed' }]);
    expect(audit.events).toMatchObject([
      { code: 'claim.closed', id: `closed-${FIRST}`, actor: { arn: ANN }, operation: 'claims.close', scope: 'operator' },
    ]);
  });

  test.each([
    ['close', ['close'], 'open'],
    ['setActive', ['close', 'setActive'], 'closed'],
    ['endConnection', ['close', 'setActive', 'endConnection', 'endConnection'], 'closed'],
    ['removeAlarms', ['close', 'setActive', 'endConnection', 'endConnection', 'removeAlarms'], 'closed'],
    ['markClosed', ['close', 'setActive', 'endConnection', 'endConnection', 'removeAlarms', 'markClosed'], 'closed'],
  ])('goes no further where %s fails, and is finished by the same request', async (step, made, state) => {
    const { close, calls, store, ended, certificates } = await start();
    calls.failing = step;
    await expect(close(byName, aCall())).rejects.toThrow(`${step} was not possible`);
    expect(calls.made).toEqual(made);
    expect(await store.readClaims([FIRST])).toMatchObject([{ state }]);
    calls.failing = undefined;
    await close(byName, aCall());
    expect(certificates.get(FIRST)?.isActive).toBe(false);
    expect(ended).toContain('muster-claim-1');
    expect(await store.entryOf(aClaimName())).toMatchObject({ isClosed: true });
  });

  test('keeps the event of its first closing, whoever repeats it', async () => {
    const { close, audit } = await start();
    await close(byName, aCall());
    await close(byName, aCall({ at: NOON + 1, actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/bob' } }));
    expect(audit.events[1]).toEqual(audit.events[0]);
  });

  test('closes all certificates of a claim that was rotated', async () => {
    const bench = await start();
    await rotateIn(bench);
    expect(await bench.close(byName, aCall())).toMatchObject({ closed: [FIRST, SECOND], admitted: 3 });
    expect([...bench.certificates.values()].map(({ isActive }) => isActive)).toEqual([false, false]);
    expect(bench.calls.made.slice(0, 4)).toEqual(['close', 'close', 'setActive', 'setActive']);
  });

  test('closes one certificate alone where that is asked for; the claim and its alarms stay', async () => {
    const bench = await start();
    await rotateIn(bench);
    expect(await bench.close({ claim: { certificateId: FIRST } }, aCall())).toMatchObject({ closed: [FIRST] });
    expect(await bench.store.readClaims([SECOND])).toMatchObject([{ state: 'open' }]);
    expect(bench.alarms.size).toBe(1);
    expect(await bench.store.entryOf(aClaimName())).toMatchObject({ isClosed: false });
  });

  test('changes nothing in a dry run', async () => {
    const { close, calls } = await start();
    expect(await close(byName, aCall({ isDryRun: true }))).toMatchObject({ closed: [FIRST] });
    expect(calls.made).toEqual([]);
  });

  test('knows no claim beyond its scope', async () => {
    const { close, calls } = await start();
    const scope = { name: 'factory-7', role: 'factory', lines: [aLine('gateway')] } as const;
    await expect(close(byName, aCall({ scope }))).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
    await expect(close({ claim: { certificateId: FIRST } }, aCall({ scope }))).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
    await expect(close({ claim: { name: aClaimName('none') } }, aCall())).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
    expect(calls.made).toEqual([]);
  });
});
