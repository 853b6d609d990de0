import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import { auditLine, type AuditEvent } from '../../../domain/audit-event.ts';
import { fieldMeanings } from '../../../domain/audit/event-fields.ts';
import { vendorCaId } from '../../../domain/identifiers.ts';
import { auditQuestions } from '../../../domain/audit/audit-questions.ts';
import { createLogsService } from '../../../local/logs/logs-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { anEvent } from '../../builders/enrollment.ts';
import { aCertificateId, aClaimName, aLine, aSerial } from '../../builders/identifiers.ts';
import { anAsking } from '../../builders/story.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../../local/service-endpoint.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const saved = resourcesOfType(synthesize().audit, 'AWS::Logs::QueryDefinition').map(({ properties }) =>
  z.object({ Name: z.string(), QueryString: z.string(), LogGroupNames: z.array(z.unknown()) }).parse(properties),
);

const ca = z.parse(vendorCaId, aCertificateId('vendor-ca'));
const claim = aClaimName('batch-1');
const device = { line: aLine(), serialNumber: aSerial('SN-1') };
const byJoe = { kind: 'operator', arn: 'arn:aws:sts::111122223333:assumed-role/Admin/joe' } as const;

const events: readonly AuditEvent[] = [
  anEvent({ id: 'registered', ...device }),
  anAsking('admission.refused', { id: 'refused', ...device, claim, reason: 'claim-not-yet-open' }),
  anAsking('admission.granted', { id: 'granted', ...device, claim, correlationId: 'attempt-2' }),
  anAsking('admission.granted', { id: 'other', line: aLine(), serialNumber: aSerial('SN-10'), claim: aClaimName('batch-10') }),
  anEvent({ id: 'by-ca', code: 'admission.granted', ...device, vendorCaId: ca, certificateId: aCertificateId('own'), at: testStartMs }),
  anEvent({ id: 'revoked', code: 'device.revoked', actor: byJoe, operation: 'devices.revoke', note: 'sold', ...device }),
];

const clock = new ManualClock(testStartMs);
let endpoint: ServiceEndpoint;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  endpoint = await serve(createLogsService({ account: testAccount, clock }).api);
  logs = new CloudWatchLogsClient(endpoint.config);
  const names = { logGroupName: 'audit', logStreamName: 'one' };
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'audit' }));
  await logs.send(new CreateLogStreamCommand(names));
  // Each event twice, as a delivery that was repeated leaves them, and what else a function prints.
  const messages = [...events, ...events].map(auditLine).concat('REPORT RequestId: 1', '{"fault":"a stack"}');
  const logEvents = messages.map((message, at) => ({ message, timestamp: testStartMs + at }));
  await logs.send(new PutLogEventsCommand({ ...names, logEvents }));
});
afterAll(async () => {
  logs.destroy();
  await endpoint.stop();
});

/** What a saved query finds, once its reader has written there what they ask for. */
const answerTo = async (name: string, asked: Readonly<Record<string, string>> = {}) => {
  const query = saved.find(({ Name }) => Name === `muster/${name}`)?.QueryString ?? '';
  const queryString = Object.entries(asked).reduce((text, [placeholder, value]) => text.replaceAll(placeholder, value), query);
  const times = { startTime: Math.floor(testStartMs / 1000) - 60, endTime: Math.floor(testStartMs / 1000) + 60 };
  const { queryId } = await logs.send(new StartQueryCommand({ logGroupName: 'audit', queryString, ...times }));
  clock.advance(1_000);
  const { results = [], status } = await logs.send(new GetQueryResultsCommand({ queryId }));
  expect(status).toBe('Complete');
  return results.map((row) =>
    Object.fromEntries(row.map(({ field = '', value }): [string, string | undefined] => [field.replace('auditEvent.', ''), value])),
  );
};

describe('A saved query', () => {
  test('asks the audit log alone', () => {
    expect(saved.map(({ LogGroupNames }) => LogGroupNames.length)).toEqual(saved.map(() => 1));
    expect(saved.map(({ Name }) => Name)).toEqual(auditQuestions.map(({ name }) => `muster/${name}`));
  });

  test.each(saved)('$Name names fields that events have, and says what is to be written there', ({ Name, QueryString }) => {
    const named = [...QueryString.matchAll(/auditEvent\.(\w+)/g)].map(([, field = '']) => field);
    expect(named.filter((field) => !Object.keys(fieldMeanings).includes(field))).toEqual([]);
    const { asks } = auditQuestions.find(({ name }) => Name.endsWith(name)) ?? {};
    if (asks !== undefined) expect(QueryString).toContain(`"${asks}"`);
  });

  test('tells who let a device in, from the beginning', async () => {
    const told = await answerTo('who-let-this-device-in', { SERIAL: 'SN-1' });
    expect(told.slice(0, 4)).toMatchObject([
      { code: 'device.registered', 'actor.arn': 'arn:aws:iam::111122223333:user/ann' },
      { code: 'admission.refused', reason: 'claim-not-yet-open', claim: 'batch-1' },
      { code: 'admission.granted', correlationId: 'attempt-2' },
      { code: 'admission.granted' },
    ]);
    expect(await answerTo('who-let-this-device-in', { SERIAL: 'SN-9' })).toEqual([]);
  });

  test('tells what a claim did, each event once', async () => {
    expect(await answerTo('what-did-this-claim-do', { CLAIM: 'batch-1' })).toEqual(
      expect.arrayContaining([
        { code: 'admission.refused', reason: 'claim-not-yet-open', events: '1', serials: '1' },
        { code: 'admission.granted', events: '1', serials: '1' },
      ]),
    );
  });

  test('tells which devices hold credentials of a CA', async () => {
    expect(await answerTo('devices-with-credentials-of-this-ca', { CA: ca })).toEqual([
      { ...device, certificateId: aCertificateId('own'), events: '1', latest: String(testStartMs) },
    ]);
  });

  test('tells what an operator changed', async () => {
    const [first, ...more] = await answerTo('what-did-this-operator-change', { OPERATOR: 'joe' });
    expect(first).toMatchObject({ code: 'device.revoked', operation: 'devices.revoke', serialNumber: 'SN-1', note: 'sold' });
    expect(more.map(({ code }) => code)).toEqual(['device.revoked']);
  });

  test('tells why devices are refused', async () => {
    expect(await answerTo('why-devices-are-refused')).toEqual([
      { line: 'sensor', code: 'admission.refused', reason: 'claim-not-yet-open', events: '1', serials: '1' },
    ]);
  });
});
