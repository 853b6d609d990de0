import type { InputOf } from '../../../../domain/operation.ts';
import type { claimsCreate } from '../../../../domain/operations/claims-create.ts';
import { createCreate } from '../../../../lambdas/operations/claims/create.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { aClaimName, aLine, aSerial } from '../../../builders/identifiers.ts';
import { claimCloud } from '../../../fakes/claim-cloud.ts';
import { aCall, aCsr, ANN, DAY_MS } from './claims-fixture.ts';

let csrPem: string;
beforeAll(async () => {
  csrPem = await aCsr();
});

const anInput = (more: Partial<InputOf<typeof claimsCreate>> = {}): InputOf<typeof claimsCreate> => ({
  name: aClaimName('batch-7'),
  line: aLine(),
  csrPem,
  quota: 10,
  expiresAt: NOON + 30 * DAY_MS,
  ...more,
});

const start = () => {
  const cloud = claimCloud();
  return { ...cloud, create: createCreate(cloud.resources) };
};

describe('Creating a claim', () => {
  test('leaves an active certificate with the policy of its line, a record, alarms and an event', async () => {
    const { create, certificates, store, alarms, audit } = start();
    const output = await create(anInput({ contact: 'line 7' }), aCall());
    const [[id, certificate] = []] = [...certificates];
    expect(certificate).toMatchObject({ isActive: true, policies: new Set(['muster-claim-sensor']) });
    expect(output).toMatchObject({
      certificateId: id,
      certificatePem: certificate?.pem,
      template: 'muster-sensor',
      clientIdPrefix: 'muster-claim-sensor-',
      endpoint: 'x-ats.iot.eu-west-1.amazonaws.com',
      approval: 'none',
      claim: { name: 'batch-7', state: 'open', quota: 10, admitted: 0, contact: 'line 7' },
    });
    const [claim] = await store.readClaims(id === undefined ? [] : [id]);
    expect(claim).toMatchObject({ opensAt: NOON - 300_000, expiresAt: NOON + 30 * DAY_MS, state: 'open' });
    expect([...alarms]).toEqual(['batch-7']);
    expect(audit.events).toEqual([
      expect.objectContaining({ id: 'event-1', code: 'claim.created', actor: { kind: 'operator', arn: ANN }, claimCertificateId: id }),
    ]);
  });

  test('activates last', async () => {
    const { create, calls } = start();
    await create(anInput(), aCall());
    expect(calls.made).toEqual(['issue', 'create', 'dataEndpoint', 'find', 'attachPolicy', 'putAlarms', 'setActive']);
  });

  test('answers the same request with the same claim', async () => {
    const { create, certificates, audit } = start();
    const first = await create(anInput(), aCall());
    expect(await create(anInput(), aCall({ eventId: 'event-2' }))).toEqual(first);
    expect(certificates.size).toBe(1);
    expect(audit.events.map(({ id }) => id)).toEqual(['event-1', 'event-1']);
  });

  test.each(['create', 'dataEndpoint', 'find', 'attachPolicy', 'putAlarms', 'setActive'])(
    'F11: opens nothing when %s fails, and the same request finishes it',
    async (step) => {
      const { create, certificates, calls, audit } = start();
      calls.failing = step;
      await expect(create(anInput(), aCall())).rejects.toThrow(`${step} was not possible`);
      expect([...certificates.values()].filter(({ isActive }) => isActive)).toEqual([]);
      expect(audit.events).toEqual([]);
      calls.failing = undefined;
      await create(anInput(), aCall());
      expect([...certificates.values()]).toMatchObject([{ isActive: true, policies: new Set(['muster-claim-sensor']) }]);
    },
  );

  test('lets one of two win that take the same name at once, and leaves nothing of the other', async () => {
    const { create, certificates } = start();
    const other = await aCsr();
    const outcomes = await Promise.allSettled([create(anInput(), aCall()), create(anInput({ csrPem: other }), aCall())]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([...certificates.values()]).toMatchObject([{ isActive: true }]);
  });

  test('refuses a name that is taken, by another key or with other settings', async () => {
    const { create } = start();
    await create(anInput(), aCall());
    await expect(create(anInput({ csrPem: await aCsr() }), aCall())).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    await expect(create(anInput({ quota: 11 }), aCall())).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  });

  test('changes nothing in a dry run, and answers as if it had', async () => {
    const { create, calls, certificates, audit } = start();
    expect(await create(anInput(), aCall({ isDryRun: true }))).toMatchObject({ claim: { name: 'batch-7', state: 'open' } });
    expect(calls.made).toEqual(['dataEndpoint']);
    expect(certificates.size).toBe(0);
    expect(audit.events).toEqual([]);
  });

  test.each([false, true])('refuses a line whose devices do not come by claim, in a dry run: %s', async (isDryRun) => {
    const { resources, certificates, audit } = claimCloud({ linesByClaim: ['gateway'] });
    await expect(createCreate(resources)(anInput(), aCall({ isDryRun }))).rejects.toMatchObject({ code: 'ERR_INPUT' });
    expect([certificates.size, audit.events]).toEqual([0, []]);
  });

  test('refuses a closed line', async () => {
    const { resources, calls } = claimCloud();
    const lines = resources.lines.map((line) => ({ ...line, isClosed: true }));
    await expect(createCreate({ ...resources, lines })(anInput(), aCall())).rejects.toMatchObject({
      code: 'ERR_CONFLICT',
      message: expect.stringContaining('"sensor" is closed') as unknown,
    });
    expect(calls.made).toEqual([]);
  });

  test('stays within the lines of the scope', async () => {
    const { create, calls } = start();
    const scope = { name: 'factory-7', role: 'factory', lines: [aLine('gateway')] } as const;
    await expect(create(anInput(), aCall({ scope }))).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
    expect(calls.made).toEqual([]);
    expect(await create(anInput({ line: aLine('gateway') }), aCall({ scope }))).toMatchObject({ approval: 'operator' });
  });

  test.each([
    ['a line that there is not', { line: aLine('pump') }],
    ['a time that is over', { expiresAt: NOON }],
    ['a claim that ends before it opens', { opensAt: NOON + 2 * DAY_MS, expiresAt: NOON + DAY_MS }],
    ['a range of two lengths', { range: { from: aSerial('SN-1'), to: aSerial('SN-10') } }],
    ['a range that runs backwards', { range: { from: aSerial('SN-2'), to: aSerial('SN-1') } }],
    ['what is no request', { csrPem: 'no request' }],
  ])('refuses %s', async (_, wrong) => {
    const { create, calls } = start();
    await expect(create(anInput(wrong), aCall())).rejects.toMatchObject({ code: 'ERR_INPUT' });
    expect(calls.made).toEqual([]);
  });
});
