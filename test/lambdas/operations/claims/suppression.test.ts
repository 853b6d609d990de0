import { createClose } from '../../../../lambdas/operations/claims/close.ts';
import { createCreate } from '../../../../lambdas/operations/claims/create.ts';
import { createRotate } from '../../../../lambdas/operations/claims/rotate.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { aClaimName, aLine } from '../../../builders/identifiers.ts';
import { claimCloud } from '../../../fakes/claim-cloud.ts';
import { aCall, aCsr, ANN, DAY_MS } from './claims-fixture.ts';

const name = aClaimName('batch-7');
const expiresAt = NOON + 30 * DAY_MS;

const start = (isAudited = true) => {
  const cloud = claimCloud({ isAudited });
  const { resources } = cloud;
  const [create, rotate, close] = [createCreate(resources), createRotate(resources), createClose(resources)];
  return {
    ...cloud,
    create: async () => create({ name, line: aLine(), csrPem: await aCsr(), quota: 10, expiresAt }, aCall()),
    rotate: async () => rotate({ name, csrPem: await aCsr(), overlapMs: DAY_MS }, aCall({ eventId: 'event-2' })),
    close: () => close({ claim: { name } }, aCall()),
  };
};

describe('Where Device Defender audits the account, that a claim is shared', () => {
  test('is suppressed until the claim ends, before anybody can connect, and on record', async () => {
    const { create, suppressed, calls, audit } = start();
    const { certificateId } = await create();
    expect([...suppressed]).toEqual([[certificateId, expiresAt]]);
    expect(calls.made.indexOf('suppress')).toBeLessThan(calls.made.indexOf('setActive'));
    expect(audit.events).toContainEqual({
      ...{
        schemaVersion: 1,
        id: `suppressed-${certificateId}`,
        at: NOON,
        code: 'defender.suppressed',
        actor: { kind: 'operator', arn: ANN },
      },
      ...{ operation: 'DEVICE_CERTIFICATE_SHARED_CHECK', line: 'sensor', claim: name, claimCertificateId: certificateId, until: expiresAt },
    });
  });

  test('is suppressed of the next certificate, too, when the claim is rotated', async () => {
    const { create, rotate, suppressed } = start();
    const before = await create();
    const next = await rotate();
    expect([...suppressed.keys()]).toEqual([before.certificateId, next.certificateId]);
  });

  test('leaves a claim that could not be suppressed without a certificate that connects', async () => {
    const { create, calls, certificates } = start();
    calls.failing = 'suppress';
    await expect(create()).rejects.toThrow('suppress was not possible');
    expect([...certificates.values()].map(({ isActive }) => isActive)).toEqual([false]);
  });

  test('is a finding again when the claim is closed, and on record once', async () => {
    const { create, close, suppressed, audit } = start();
    const { certificateId } = await create();
    await close();
    await close();
    expect(suppressed.size).toBe(0);
    const lifted = audit.events.filter(({ code }) => code === 'defender.unsuppressed');
    expect(new Set(lifted.map(({ id }) => id))).toEqual(new Set([`unsuppressed-${certificateId}`]));
    expect(lifted[0]).toMatchObject({ claim: name, actor: { arn: ANN } });
    expect(lifted[0]).not.toHaveProperty('until');
  });
});

test('Where nobody audits the account, nothing is suppressed, and nothing said of it', async () => {
  const { create, close, calls, audit } = start(false);
  await create();
  await close();
  expect(calls.made).not.toContain('suppress');
  expect(calls.made).not.toContain('lift');
  expect(audit.events.map(({ code }) => code)).toEqual(['claim.created', 'claim.closed']);
});
