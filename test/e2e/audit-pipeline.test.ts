import { createPublicKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { type AttributeValue, DynamoDBClient, UpdateItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { openCompletenessPorts } from '../../aws/open/completeness-ports.ts';
import { openDeployedArchive } from '../../aws/open/deployed-archive.ts';
import { eventually } from '../../demo/eventually.ts';
import { enroll } from '../../demo/fleet.ts';
import { emptySheet } from '../../domain/audit/loss.ts';
import { minuteOf } from '../../domain/audit/tally.ts';
import { verifyArchive } from '../../domain/audit/verification/verify-archive.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { HOUR_MS } from '../../domain/duration.ts';
import { devicesQuarantine } from '../../domain/operations/devices-quarantine.ts';
import { createAuditCompleteness } from '../../lambdas/audit-completeness/audit-completeness.ts';
import { parseEnvironment } from '../../lambdas/audit-completeness/environment.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';
import { unpack } from '../fakes/in-memory-archive.ts';
import { recordedAuditLog } from '../fakes/recorded-audit-log.ts';
import { type KeyPair, ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { ClaimConnection, type ClaimCredential } from './drivers/claim-connection.ts';
import { type OwnDeployment, deployForThisSuite } from './drivers/own-deployment.ts';
import { type Stage, aClaim, enrollmentOf, openStage } from './drivers/stage.ts';

type Item = Readonly<Record<string, AttributeValue>>;

const DEVICES = Number(process.env['MUSTER_AUDIT_DEVICES'] ?? '300');
const AT_ONCE = 8;
const LINE = 'sensor';
const outcomes = ['let in', 'comes back', 'contested', 'quarantined', 'unknown', 'malformed'] as const;

interface Device {
  readonly serial: string;
  readonly outcome: (typeof outcomes)[number];
}

/** What a claim connection asked once, and what it heard. */
interface Attempt extends Device {
  readonly clientId: string;
  readonly isLetIn: boolean;
}

const devices: readonly Device[] = Array.from({ length: DEVICES }, (_, index) => ({
  serial: `AUDITED-${index}`,
  outcome: outcomes[index % outcomes.length] ?? 'let in',
}));
const enrolled = devices.filter(({ outcome }) => outcome !== 'unknown' && outcome !== 'malformed');

const clock = new RunningClock();
let own: OwnDeployment;
let stage: Stage;
let lambda: LambdaClient;
let dynamoDb: DynamoDBClient;
let claim: ClaimCredential;
const attempts: Attempt[] = [];

// It kills functions and goes through the whole fleet: nobody else can be there with it.
beforeAll(async () => {
  own = await deployForThisSuite({ clock, iotSettings: { requestRates: 'off', brokerRates: 'off', operationRates: 'off' } });
  stage = await openStage();
  [lambda, dynamoDb] = [new LambdaClient(), new DynamoDBClient()];
  claim = await aClaim(stage, LINE, 2 * DEVICES);
  const rows = enrolled.map(({ serial }) => ({ serial }));
  await enroll(stage.fleet, aLine(LINE), rows);
  for (const { serial, outcome } of devices) if (outcome === 'quarantined') await quarantine(serial);
}, 600_000);
afterAll(async () => {
  lambda.destroy();
  dynamoDb.destroy();
  await stage.close();
  await own.stop();
});

const quarantine = (serial: string) =>
  stage.fleet.operator.client.call(devicesQuarantine, { line: aLine(LINE), serialNumber: aSerial(serial), note: 'odd traffic' });

const attempt = async (device: Device, keys: KeyPair): Promise<boolean> => {
  const connection = await ClaimConnection.open(stage.shared, claim, { version: 5 });
  const { certificateOwnershipToken } = await connection.certificateFor(requestPem({ keys }));
  const parameters = device.outcome === 'malformed' ? { Serial: device.serial } : { SerialNumber: device.serial };
  const { result } = await connection.registerThing(certificateOwnershipToken, parameters);
  await connection.close();
  attempts.push({ ...device, clientId: connection.clientId, isLetIn: result === 'accepted' });
  return result === 'accepted';
};

/** As a device does that is to be let in: it asks again, since a hook that was killed or late refused it, and gives up like any other. */
const untilLetIn = async (device: Device, keys: KeyPair): Promise<void> => {
  for (let tries = 0; tries < 5; tries += 1) if (await attempt(device, keys)) return;
};

const live = async (device: Device): Promise<void> => {
  const keys = ecKeys();
  if (['quarantined', 'unknown', 'malformed'].includes(device.outcome)) {
    await attempt(device, keys);
    return;
  }
  await untilLetIn(device, keys);
  if (device.outcome === 'comes back') await untilLetIn(device, keys);
  if (device.outcome === 'contested') await attempt(device, ecKeys());
};

const inTurns = async (all: readonly Device[]): Promise<void> => {
  const left = [...all];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await live(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

const functionNamed = async (part: string): Promise<string> => {
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    const found = Functions.find(({ FunctionName = '' }) => FunctionName.includes(part));
    if (found?.FunctionName !== undefined) return found.FunctionName;
  }
  throw new Error(`There is no function ${part}.`);
};

const invoke = async (name: string): Promise<string | undefined> =>
  (await lambda.send(new InvokeCommand({ FunctionName: name, Payload: '{}' }))).FunctionError;

interface Fault {
  readonly id: string;
  readonly hits: number;
}

const control = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${stage.shared.endpoint}/_local${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
};

/** Kills a function now and then, at several moments of its work. */
const killNowAndThen = (functionName: string, moments: readonly number[], probability: number) =>
  Promise.all(
    moments.map((afterMs, seed) =>
      control<Fault>('POST', '/faults', { at: 'function', functionName, probability, seed, effect: { kind: 'kill', afterMs } }),
    ),
  );

const read = async (): Promise<ReadonlyMap<string, AuditEvent>> => {
  const found = new Map<string, AuditEvent>();
  const wanted = { logGroupName: stage.auditLogGroupName, filterPattern: '{ $.auditEvent.id = "*" }' };
  for await (const { events = [] } of paginateFilterLogEvents({ client: stage.logs }, wanted)) {
    for (const { message = '' } of events) {
      const { auditEvent } = JSON.parse(message) as { readonly auditEvent: AuditEvent };
      found.set(auditEvent.id, auditEvent);
    }
  }
  return found;
};

const archived = async (): Promise<readonly AuditEvent[]> => {
  const { archive } = await openDeployedArchive(stage.fleet.operator.configuration);
  const events: AuditEvent[] = [];
  for await (const version of archive.list()) {
    if (!version.key.startsWith('events/')) continue;
    const lines = gunzipSync((await archive.read(version)) ?? '')
      .toString()
      .split('\n');
    events.push(...lines.filter((line) => line !== '').map((line) => JSON.parse(line) as AuditEvent));
  }
  return events;
};

/** The keys of enrollments that wait to be looked at, and whose last change nobody put on record. */
const withoutRecord = async (): Promise<readonly Item[]> => {
  const logged = await read();
  const query = { TableName: stage.tableName, FilterExpression: 'attribute_exists(reconcile)' };
  const found: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamoDb }, query))
    found.push(
      ...Items.filter(({ lastEvent }) => !logged.has(lastEvent?.M?.['id']?.S ?? '')).map(({ pk = { S: '' }, sk = { S: '' } }) => ({
        pk,
        sk,
      })),
    );
  return found;
};

/** As if nobody had touched them for ten minutes. */
const letBecomeQuiet = async (keys: readonly Item[]): Promise<void> => {
  const change = { UpdateExpression: 'SET reconcileAt = :at', ExpressionAttributeValues: { ':at': { N: '1' } } };
  for (const Key of keys) await dynamoDb.send(new UpdateItemCommand({ TableName: stage.tableName, Key, ...change }));
};

const reconcileAll = async (): Promise<void> => {
  const reconciliation = await functionNamed('ReconciliationFunction');
  await eventually(
    'every change on record',
    async () => {
      const left = await withoutRecord();
      if (left.length === 0) return true;
      await letBecomeQuiet(left);
      expect(await invoke(reconciliation)).toBeUndefined();
      return undefined;
    },
    // It takes its time with each, and so does this machine.
    120_000 + DEVICES * 200,
  );
};

/** How often AWS Lambda counted something of a function. */
const countOf = async (MetricName: 'Errors' | 'Invocations', FunctionName: string): Promise<number> => {
  const client = new CloudWatchClient();
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      ...{ Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'FunctionName', Value: FunctionName }] },
      ...{ Period: 86_400, Statistics: ['Sum'], StartTime: new Date(clock.now() - 86_400_000), EndTime: new Date(clock.now() + 60_000) },
    }),
  );
  client.destroy();
  return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
};

/** Longer than events are gathered for a function, and than it takes one that is about to be killed to get that far. */
const REST_MS = 3000;

const untilAtRest = async (functionName: string): Promise<void> => {
  const count = async () => (await countOf('Invocations', functionName)) + (await countOf('Errors', functionName));
  for (let [last, now] = [-1, await count()]; now !== last; [last, now] = [now, await count()]) await sleep(REST_MS);
};

/** What the comparison works on, as the deployed function is told. */
const openComparison = async () => {
  const FunctionName = await functionNamed('CompletenessFunction');
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const { STAGING_BUCKET_NAME: stagingBucketName, PREFIX: prefix, HOOK_NAME: hookName } = parseEnvironment(Environment?.Variables ?? {});
  return { FunctionName, ...openCompletenessPorts({ stagingBucketName, prefix, hookName }) };
};

/** What the comparison finds lost of all that was since `from`, once nothing of it can come any more. */
const lostSince = async (from: number): Promise<ReadonlyMap<string, number>> => {
  const { counts } = await openComparison();
  const balances = { read: () => Promise.resolve(emptySheet(from)), write: () => Promise.resolve() };
  const audit = recordedAuditLog();
  const later = { now: () => clock.now() + 8 * HOUR_MS };
  await createAuditCompleteness({ balances, counts, audit, gauge: { tell: () => undefined }, clock: later })();
  return new Map(audit.events.map(({ code, lost = 0 }) => [code, lost]));
};

const isDecision = ({ code }: AuditEvent): boolean => ['admission.granted', 'admission.refused', 'admission.held'].includes(code);

describe(`A run of ${DEVICES} devices whose functions are killed now and then`, () => {
  let logged: ReadonlyMap<string, AuditEvent>;
  let sealed: readonly AuditEvent[];
  let hookCrashes = 0;
  let beganAt = 0;

  beforeAll(async () => {
    beganAt = minuteOf(clock.now());
    const [hook, intake, sealing] = await Promise.all(['HookFunction', 'IntakeFunction', 'SealingFunction'].map(functionNamed));
    if (hook === undefined || intake === undefined || sealing === undefined) throw new Error('Something is not deployed.');
    const faults = await Promise.all([
      killNowAndThen(hook, [5, 15, 30, 60], 0.04),
      killNowAndThen(intake, [0, 10, 30], 0.1),
      killNowAndThen(sealing, [5, 20, 50, 100, 200], 0.15),
    ]);
    const isOver = { now: false };
    const sealAgainAndAgain = async (): Promise<void> => {
      while (!isOver.now) {
        await invoke(sealing);
        await sleep(500);
      }
    };
    const sealings = sealAgainAndAgain();
    await inTurns(devices);
    isOver.now = true;
    await sealings;
    for (const { id } of faults.flat()) await control('DELETE', `/faults/${id}`);
    await untilAtRest(intake);
    hookCrashes = await countOf('Errors', hook);
    // Lambda brings what the intake did not take after one minute, and after two more.
    for (const delayMs of [60_000, 120_000]) clock.advance(delayMs);
    await reconcileAll();
    await eventually(
      'everything in the archive',
      async () => {
        expect(await invoke(sealing)).toBeUndefined();
        [logged, sealed] = [await read(), await archived()];
        return sealed.length >= logged.size ? true : undefined;
      },
      120_000 + DEVICES * 200,
    );
  }, 3_600_000);

  test('has each event once in the archive, and the same in the log', () => {
    const ids = sealed.map(({ id }) => id);
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.toSorted()).toEqual([...logged.keys()].toSorted());
    for (const event of sealed) expect(event).toEqual(logged.get(event.id));
  });

  test('has one decision of each attempt, but of those whose function was killed, which are counted', () => {
    const decisions = Map.groupBy(sealed.filter(isDecision), ({ correlationId = '' }) => correlationId);
    const counts = attempts.map(({ clientId }) => decisions.get(clientId)?.length ?? 0);
    expect(Math.max(...counts)).toBe(1);
    expect(hookCrashes).toBeGreaterThan(0);
    expect(counts.filter((count) => count === 0).length).toBeLessThanOrEqual(hookCrashes);
    for (const { clientId, isLetIn } of attempts)
      if (isLetIn) expect(decisions.get(clientId)?.map(({ code }) => code)).toEqual(['admission.granted']);
  });

  test('has lost no change of a state: what a write holds is in the archive', async () => {
    const ids = new Set(sealed.map(({ id }) => id));
    for (const { serial } of enrolled) {
      const enrollment = await enrollmentOf(stage, LINE, serial);
      expect([serial, ids.has(enrollment?.lastEvent.id ?? '')]).toEqual([serial, true]);
    }
  }, 120_000);

  test('has lost nothing by its counts, but decisions of calls that were killed', async () => {
    const lost = await lostSince(beganAt);
    expect(lost.get('events.lost')).toBeUndefined();
    expect(lost.get('decisions.lost') ?? 0).toBeLessThanOrEqual(hookCrashes);
  });

  test('is compared by the deployed function, with the rights that it has', async () => {
    const { FunctionName, balances } = await openComparison();
    const longAgo = minuteOf(beganAt - 9 * HOUR_MS);
    await balances.write(emptySheet(longAgo));
    expect(await invoke(FunctionName)).toBeUndefined();
    expect((await balances.read())?.settled).toBeGreaterThan(longAgo);
  });

  test('has every kind of outcome on record, each as often as it came', () => {
    const reasonsOf = (outcome: Device['outcome']) => {
      const clients = new Set(attempts.filter((one) => one.outcome === outcome).map(({ clientId }) => clientId));
      const found = sealed.filter((event) => isDecision(event) && clients.has(event.correlationId ?? ''));
      // On a busy machine a hook may run out of time, which is a refusal like any other, and its own reason.
      return new Set(
        found.map(({ code, reason }) => reason ?? code).filter((why) => why !== 'deadline-exceeded' && why !== 'internal-error'),
      );
    };
    expect(reasonsOf('unknown')).toEqual(new Set(['unknown-serial']));
    expect(reasonsOf('quarantined')).toEqual(new Set(['quarantined']));
    expect(reasonsOf('malformed')).toEqual(new Set(['malformed-request']));
    expect([...reasonsOf('contested')]).toEqual(expect.arrayContaining(['admission.granted', 'bound-to-another-key']));
  });

  test('is vouched for from its beginning, though sealing was killed again and again', async () => {
    const deployed = await openDeployedArchive(stage.fleet.operator.configuration);
    const verification = await verifyArchive(
      { archive: deployed.archive, unpack, keys: [createPublicKey(await deployed.publicKey())] },
      { first: 1, now: clock.now(), maxSilenceMs: 3_600_000, witnesses: [], onProgress: () => undefined },
    );
    expect(verification).toMatchObject({ isIntact: true, flaws: [], events: sealed.length });
  }, 120_000);
});
