import { tmpdir } from 'node:os';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { AttachThingPrincipalCommand, CreateCertificateFromCsrCommand, RemoveThingFromThingGroupCommand } from '@aws-sdk/client-iot';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { createDynamoDbPassProgress } from '../../aws/dynamodb/pass-progress.ts';
import { createIotThingGroups } from '../../aws/iot/thing-groups.ts';
import { eventually } from '../../demo/eventually.ts';
import { enroll } from '../../demo/fleet.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { auditTail } from '../../domain/operations/audit-tail.ts';
import { devicesQuarantine } from '../../domain/operations/devices-quarantine.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { enrollmentKeyOf } from '../../domain/thing-name.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { ClaimConnection } from './drivers/claim-connection.ts';
import { type OwnDeployment, deployForThisSuite } from './drivers/own-deployment.ts';
import { runProgram } from './drivers/program.ts';
import { type Stage, aClaim, openStage, thingOf } from './drivers/stage.ts';

let own: OwnDeployment;
let stage: Stage;
let lambda: LambdaClient;
let dynamoDb: DynamoDBClient;

// The whole fleet is gone through here: it must be this suite's alone.
beforeAll(async () => {
  own = await deployForThisSuite();
  stage = await openStage();
  lambda = new LambdaClient();
  dynamoDb = new DynamoDBClient();
}, 120_000);
afterAll(async () => {
  lambda.destroy();
  dynamoDb.destroy();
  await stage.close();
  await own.stop();
});

const line = 'sensor';

/** A device that was let in by a claim. */
const onboarded = async (serial: string) => {
  await enroll(stage.fleet, aLine(line), [{ serial }]);
  const connection = await ClaimConnection.open(stage.shared, await aClaim(stage, line, 1), { version: 5 });
  const { certificateOwnershipToken } = await connection.certificateFor(requestPem({ keys: ecKeys() }));
  expect(await connection.registerThing(certificateOwnershipToken, { SerialNumber: serial })).toMatchObject({ result: 'accepted' });
  await connection.close();
  return thingOf(stage, line, serial);
};

/** As if nobody had touched it for ten minutes. */
const becomeQuiet = (thing: Awaited<ReturnType<typeof onboarded>>) =>
  dynamoDb.send(
    new UpdateItemCommand({
      TableName: stage.tableName,
      Key: { pk: { S: `enrollment#${enrollmentKeyOf(thing)}` }, sk: { S: 'enrollment' } },
      UpdateExpression: 'SET reconcileAt = :at',
      ConditionExpression: 'attribute_exists(reconcile)',
      ExpressionAttributeValues: { ':at': { N: '1' } },
    }),
  );

const reconcile = async (): Promise<void> => {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const FunctionName = Functions.find(({ FunctionName: name }) => name?.includes('Reconciliation'))?.FunctionName;
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  expect(FunctionError).toBeUndefined();
};

const told = (serial: string, code: AuditEvent['code']) =>
  eventually(`${code} of ${serial}`, async () => {
    const { entries } = await stage.fleet.operator.client.call(auditTail, { since: 0, code, serialNumber: serial, limit: 100 });
    return entries.length === 0 ? undefined : entries.map(({ event }) => event);
  });

describe('The deployed reconciliation', () => {
  test('puts a quarantined device back into its group, and finds nothing the second time', async () => {
    const thing = await onboarded('RECON-1');
    await stage.fleet.operator.client.call(devicesQuarantine, {
      line: aLine(line),
      serialNumber: aSerial('RECON-1'),
      note: 'odd traffic',
    });
    const { quarantineGroup } = resourceNames(stage.fleet.operator.configuration.prefix);
    await stage.iot.send(new RemoveThingFromThingGroupCommand({ thingName: thing, thingGroupName: quarantineGroup }));
    await becomeQuiet(thing);
    await reconcile();
    expect(await createIotThingGroups(stage.iot).isIn(thing, quarantineGroup)).toBe(true);
    expect(await told('RECON-1', 'reconciliation.repaired')).toMatchObject([{ finding: 'outside-quarantine' }]);
    await expect(becomeQuiet(thing)).rejects.toThrow('conditional');
  }, 90_000);

  test('tells of a certificate that somebody attached to a thing by hand', async () => {
    const thing = await onboarded('RECON-2');
    const csr = new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem(), setAsActive: true });
    const { certificateArn, certificateId } = await stage.iot.send(csr);
    await stage.iot.send(new AttachThingPrincipalCommand({ thingName: thing, principal: certificateArn }));
    await becomeQuiet(thing);
    await reconcile();
    expect(await told('RECON-2', 'reconciliation.found')).toMatchObject([{ finding: 'unrecorded-certificate', certificateId }]);
  }, 90_000);

  test('goes through everything, and keeps its place', async () => {
    const progress = createDynamoDbPassProgress(dynamoDb, stage.tableName);
    await progress.write({ notBefore: 0 });
    await reconcile();
    expect(await progress.read()).toEqual({ notBefore: expect.any(Number) as number });
    expect((await progress.read())?.notBefore).toBeGreaterThan(Date.now());
  }, 120_000);
});

describe('muster doctor --repair', () => {
  const report = z.object({
    reconciliation: z.object({ looked: z.number(), findings: z.array(z.unknown()), stopped: z.optional(z.string()) }),
  });

  test('goes through everything for an operator', async () => {
    const run = { script: 'cli/main.ts', environment: stage.shared.environment, directory: tmpdir() };
    const { out } = await runProgram({ ...run, parameters: ['doctor', '--repair', '--yes', '--json'] });
    const { reconciliation } = z.parse(report, JSON.parse(out));
    expect(reconciliation.stopped).toBeUndefined();
    expect(reconciliation.looked).toBeGreaterThan(2);
  }, 120_000);
});
