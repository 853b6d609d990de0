import { createList } from '../../../../lambdas/operations/claims/list.ts';
import { createRecordField } from '../../../../lambdas/operations/claims/record-field.ts';
import { createShow } from '../../../../lambdas/operations/claims/show.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { aClaim } from '../../../builders/claim.ts';
import { aCertificateId, aClaimName, aKey, aLine } from '../../../builders/identifiers.ts';
import { claimCloud } from '../../../fakes/claim-cloud.ts';
import { aCall, ANN } from './claims-fixture.ts';

const start = async () => {
  const cloud = claimCloud();
  const put = (name: string, more: Parameters<typeof aClaim>[0] = {}) =>
    cloud.store.create(aClaim({ name: aClaimName(name), certificateId: aCertificateId(name), ...more }), aKey(name));
  await put('b-full', { admitted: 100, lastAdmittedAt: NOON - 1 });
  await put('a-open', { contact: 'line 7' });
  await put('c-gateway', { line: aLine('gateway') });
  await put('d-closed');
  const [closed] = await cloud.store.readClaims([aCertificateId('d-closed')]);
  if (closed !== undefined)
    await cloud.store.close(closed, { schemaVersion: 1, id: 'e', at: NOON, code: 'claim.closed', actor: { kind: 'operator', arn: ANN } });
  await cloud.store.markClosed(aClaimName('d-closed'));
  cloud.refusals.set(aClaimName('a-open'), { misuse: 0, enumeration: 4, identity: 1, waiting: 0, withdrawn: 0, fault: 0 });
  return { ...cloud, list: createList(cloud.resources), show: createShow(cloud.resources) };
};

describe('Listing claims', () => {
  test('shows those that are not closed in the order of their names, with their use', async () => {
    const { list } = await start();
    const { claims } = await list({ all: false }, aCall());
    expect(claims).toMatchObject([
      { name: 'a-open', state: 'open', admitted: 0, quota: 100, contact: 'line 7', refusals: { enumeration: 4, identity: 1 } },
      { name: 'b-full', state: 'exhausted', admitted: 100, lastAdmittedAt: NOON - 1 },
      { name: 'c-gateway', line: 'gateway' },
    ]);
  });

  test('shows closed ones where all are asked for', async () => {
    const { list } = await start();
    const { claims } = await list({ all: true }, aCall());
    expect(claims.at(-1)).toMatchObject({ name: 'd-closed', state: 'closed', certificates: [{ closedAt: NOON, closedBy: ANN }] });
  });

  test('keeps to the lines of the scope, and to the line that is asked for', async () => {
    const { list } = await start();
    const scope = { name: 'factory-7', role: 'factory', lines: [aLine('gateway')] } as const;
    expect((await list({ all: true }, aCall({ scope }))).claims.map(({ name }) => name)).toEqual(['c-gateway']);
    expect((await list({ all: true, line: aLine('gateway') }, aCall())).claims.map(({ name }) => name)).toEqual(['c-gateway']);
  });

  test('shows one by its name, and none beyond the scope', async () => {
    const { show } = await start();
    expect(await show({ name: aClaimName('b-full') }, aCall())).toMatchObject({ claim: { name: 'b-full', admitted: 100 } });
    const scope = { name: 'factory-7', role: 'factory', lines: [aLine('gateway')] } as const;
    await expect(show({ name: aClaimName('b-full') }, aCall({ scope }))).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
  });
});

describe('Recording a claim of a technician', () => {
  const input = { name: aClaimName('field-1'), line: aLine(), certificateId: aCertificateId('field'), quota: 1 };

  test('opens it for five minutes under the name that AWS reports', async () => {
    const { resources, store, audit } = await start();
    const recordField = createRecordField(resources);
    expect(await recordField(input, aCall())).toMatchObject({ template: 'muster-sensor', claim: { quota: 1, technician: ANN } });
    expect(await store.readClaims([input.certificateId])).toMatchObject([{ expiresAt: NOON + 300_000, technician: ANN, state: 'open' }]);
    expect(audit.events).toMatchObject([{ code: 'claim.created', claim: 'field-1', actor: { arn: ANN } }]);
  });

  test('may be repeated by the same, and by nobody else', async () => {
    const { resources } = await start();
    const recordField = createRecordField(resources);
    await recordField(input, aCall());
    await recordField(input, aCall());
    const bob = { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/bob' } as const;
    await expect(recordField(input, aCall({ actor: bob }))).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  });

  test('stays within the lines of the scope, and changes nothing in a dry run', async () => {
    const { resources, store } = await start();
    const recordField = createRecordField(resources);
    const scope = { name: 'factory-7', role: 'factory', lines: [aLine('gateway')] } as const;
    await expect(recordField(input, aCall({ scope }))).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
    await recordField(input, aCall({ isDryRun: true }));
    expect(await store.readClaims([input.certificateId])).toEqual([]);
  });
});
