import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { describeDeployment } from '../../aws/cloudformation/deployment.ts';
import { openOperations } from '../../aws/open/operations.ts';
import { readStackOutputs } from '../../aws/cloudformation/read-stack.ts';
import { readConfiguration } from '../../cli/read-configuration.ts';
import { eventually } from '../../demo/eventually.ts';
import { type AuditEvent, auditCodes } from '../../domain/audit-event.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { devicesImport } from '../../domain/operations/devices-import.ts';
import { devicesShow } from '../../domain/operations/devices-show.ts';
import { operationsUrlOutput } from '../../domain/operations-outputs.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { aKey, aLine, aSerial, aTenant } from '../builders/identifiers.ts';
import { signedFetch } from '../builders/signed-fetch.ts';
import { type TestPrincipal, aSession, aUser } from './drivers/principals.ts';
import { runProgram } from './drivers/program.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const shared = useSharedEnvironment();
const cloudFormation = new CloudFormationClient();
const logs = new CloudWatchLogsClient();
let configuration: Configuration;
let urls: ReadonlyMap<string, string>;
let auditor: TestPrincipal;

const home = () => ({ shared, configuration });
const urlOf = (scope: string): string => urls.get(operationsUrlOutput(scope)) ?? '';

beforeAll(async () => {
  configuration = await readConfiguration(process.env);
  urls = await readStackOutputs(cloudFormation, stackNames(configuration.prefix).operations);
  auditor = await aUser(home(), 'auditor');
});
afterAll(() => {
  for (const client of [cloudFormation, logs]) client.destroy();
});

/** What is on record about somebody. */
const eventsOf = async ({ arn }: TestPrincipal): Promise<readonly AuditEvent[]> => {
  const { auditLogGroupName } = await describeDeployment(cloudFormation, configuration.prefix);
  const filterPattern = `{ $.auditEvent.actor.arn = "${arn}" }`;
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: auditLogGroupName, filterPattern }));
  return events.map(({ message = '' }) => (JSON.parse(message) as { readonly auditEvent: AuditEvent }).auditEvent);
};

const post = (scope: string, body: object, { credentials }: Pick<TestPrincipal, 'credentials'>) =>
  signedFetch(
    urlOf(scope),
    { service: 'lambda', region: shared.account.region, credentials },
    { method: 'POST', body: JSON.stringify(body) },
  );

const muster = (principal: TestPrincipal, ...parameters: readonly string[]) =>
  runProgram({ script: 'cli/main.ts', parameters, environment: principal.environment, directory: process.cwd() });

const unknownDevice = { line: aLine('sensor'), serialNumber: aSerial('OPS-unknown') };
const show = { operation: 'devices.show', input: unknownDevice };

describe('Whoever has the managed policy of a scope', () => {
  test('is let in there, and nothing else in the account', async () => {
    await expect((await auditor.open()).call(devicesShow, unknownDevice)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
    const { tableName } = await describeDeployment(cloudFormation, configuration.prefix);
    const dynamoDb = new DynamoDBClient({ credentials: auditor.credentials });
    const Key = { pk: { S: 'x' }, sk: { S: 'x' } };
    await expect(dynamoDb.send(new GetItemCommand({ TableName: tableName, Key }))).rejects.toMatchObject({ name: /AccessDenied/ });
    dynamoDb.destroy();
  });

  test('is refused by IAM in every other scope, in words that say which policy opens it', async () => {
    for (const scope of ['factory', 'support', 'operator', 'security']) expect((await post(scope, show, auditor)).status).toBe(403);
    await expect((await auditor.open('security')).call(devicesShow, unknownDevice)).rejects.toThrow(/muster-security/);
  });

  test('cannot call the function past its URL, where a caller writes their own name', async () => {
    const [admin, lambda] = [new LambdaClient(), new LambdaClient({ credentials: auditor.credentials })];
    const { Functions = [] } = await admin.send(new ListFunctionsCommand({}));
    const { FunctionName } = Functions.find(({ Description = '' }) => Description.includes('what operators ask for')) ?? {};
    await expect(lambda.send(new InvokeCommand({ FunctionName, Qualifier: 'auditor', Payload: '{}' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    admin.destroy();
    lambda.destroy();
  });
});

describe('The function', () => {
  test('refuses what the role may not, and puts on record who tried, as AWS says', async () => {
    const someone = await aUser(home(), 'auditor');
    const response = await post('auditor', { operation: 'devices.quarantine', input: unknownDevice }, someone);
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 403,
      body: { error: { code: 'ERR_NOT_ALLOWED' } },
    });
    const events = await eventually('the refusal on record', async () => {
      const found = await eventsOf(someone);
      return found.length > 0 ? found : undefined;
    });
    expect(events).toMatchObject([
      { code: 'operation.refused', operation: 'devices.quarantine', scope: 'auditor', actor: { kind: 'operator', arn: someone.arn } },
    ]);
    expect(auditCodes).toContain(events[0]?.code);
  });

  test('knows the session of an assumed role by its own name', async () => {
    const session = await aSession(home(), 'ann@example.com', 'support');
    expect(session.arn).toMatch(/assumed-role\/e2e-[0-9a-f]+\/ann@example\.com$/);
    await post('support', { operation: 'nothing' }, session);
    const events = await eventually('the refusal on record', async () => {
      const found = await eventsOf(session);
      return found.length > 0 ? found : undefined;
    });
    expect(events).toMatchObject([{ code: 'operation.refused', scope: 'support', actor: { arn: session.arn } }]);
  });

  test.each(['actor', 'userArn', 'scope', 'role'])('refuses a request that says "%s" of itself', async (field) => {
    const response = await post('auditor', { ...show, [field]: 'arn:aws:iam::123456789012:root' }, auditor);
    expect(response.status).toBe(400);
  });
});

describe('Nobody is let in', () => {
  test('without a signature', async () => {
    const response = await fetch(urlOf('auditor'), { method: 'POST', body: JSON.stringify(show) });
    expect(response.status).toBe(403);
  });

  test('with a signature of a key that the account does not have', async () => {
    const credentials = { accessKeyId: 'AKIAQQQQQQQQQQQQQQQQ', secretAccessKey: 'x'.repeat(40) };
    expect((await post('auditor', show, { credentials })).status).toBe(403);
  });

  test('with a signature made with another secret', async () => {
    const credentials = { ...auditor.credentials, secretAccessKey: 'x'.repeat(40) };
    expect((await post('auditor', show, { credentials })).status).toBe(403);
  });

  test('without a policy of Muster', async () => {
    const nobody = await aUser(home());
    for (const scope of ['factory', 'support', 'operator', 'security', 'auditor'])
      expect((await post(scope, show, nobody)).status).toBe(403);
  });
});

describe('What takes two people', () => {
  const importOne = async (serial: string): Promise<void> => {
    const admin = await openOperations(configuration, 'operator');
    const row = {
      serialNumber: aSerial(serial),
      line: aLine('gateway'),
      tenant: aTenant('acme'),
      approach: 'pki',
      requirement: { pinnedKey: aKey(serial) },
    };
    const { results } = await admin.call(devicesImport, { manifest: { digest: aKey(`manifest of ${serial}`) }, rows: [row] });
    expect(results).toMatchObject([{ outcome: 'created' }]);
  };
  const revoke = (principal: TestPrincipal, serial: string, ...more: readonly string[]) =>
    muster(principal, 'devices', 'revoke', serial, '--line', 'gateway', '--reason', 'found in a river', '--yes', ...more);

  test('waits for the second, who runs what the first was told, and both are on record', async () => {
    const [ann, ben] = [await aUser(home(), 'operator'), await aSession(home(), 'ben', 'security')];
    await importOne('OPS-two');
    const first = await revoke(ann, 'OPS-two');
    expect(first.code).toBe(3);
    expect(first.out).toMatch(
      /in the role security.*\n {2}muster devices revoke OPS-two --line gateway --reason 'found in a river' --yes\n$/,
    );
    expect(await revoke(ann, 'OPS-two')).toMatchObject({ code: 3 });
    expect(await revoke(ben, 'OPS-two', '--json')).toMatchObject({ code: 0 });
    const done = await eventually('the revocation on record', async () =>
      (await eventsOf(ben)).find(({ code }) => code === 'device.revoked'),
    );
    expect(done).toMatchObject({ serialNumber: 'OPS-two', proposedBy: ann.arn, scope: 'security', operation: 'devices.revoke' });
    expect(await eventsOf(ann)).toMatchObject([{ code: 'operation.proposed', operation: 'devices.revoke', serialNumber: 'OPS-two' }]);
  });

  test('is not done by one who has both roles', async () => {
    const both = await aUser(home(), 'operator', 'security');
    await importOne('OPS-both');
    for (const scope of ['operator', 'security']) expect(await revoke(both, 'OPS-both', '--as', scope)).toMatchObject({ code: 3 });
    const { out } = await muster(both, 'devices', 'show', 'OPS-both', '--json');
    expect(JSON.parse(out)).toMatchObject({ device: { state: 'registered' } });
  });

  test('is done once when many agree at the same moment', async () => {
    const [ann, ...others] = await Promise.all([aUser(home(), 'operator'), ...Array.from({ length: 4 }, () => aUser(home(), 'security'))]);
    await importOne('OPS-race');
    const input = { line: aLine('gateway'), serialNumber: aSerial('OPS-race'), note: 'found in a river' };
    await post('operator', { operation: 'devices.revoke', input }, ann);
    const statuses = (await Promise.all(others.map((one) => post('security', { operation: 'devices.revoke', input }, one)))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    // Who was too late for the proposal was told so, or proposed the same anew.
    expect(statuses.every((status) => [200, 202, 409].includes(status))).toBe(true);
  });
});

describe('muster', () => {
  test('acts with the rights of whose credentials it is given', async () => {
    const { code, error } = await muster(auditor, 'devices', 'show', 'OPS-unknown');
    expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining('OPS-unknown') as unknown });
  });

  test('says which policy would open a scope that is closed', async () => {
    const { code, error } = await muster(auditor, 'devices', 'show', 'OPS-unknown', '--as', 'security');
    expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining('muster-security') as unknown });
  });

  test('says which policies there are to somebody who has none', async () => {
    const { code, error } = await muster(await aUser(home()), 'devices', 'show', 'OPS-unknown');
    expect({ code, error }).toEqual({ code: 1, error: expect.stringMatching(/muster-factory.*muster-auditor/) as unknown });
  });

  test('ends with 2 when the command line is wrong', async () => {
    expect(await muster(auditor, 'devices', 'show', 'OPS-unknown', '--nonsense')).toMatchObject({ code: 2 });
  });
});
