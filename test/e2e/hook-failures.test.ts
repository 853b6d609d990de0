import { DeleteFunctionCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { enroll } from '../../demo/fleet.ts';
import { hookParametersFor } from '../../domain/admission/provisioning-contract.ts';
import { requestPem } from '../local/iot/certificate-requests.ts';
import { decisionsOf } from './drivers/audit-log.ts';
import { type CertificateTrace, isThing, leftPending, traceOf } from './drivers/certificate-trace.ts';
import { type Answer, ClaimConnection, type ClaimCredential } from './drivers/claim-connection.ts';
import { provision } from './drivers/devices.ts';
import { type HookFunction, HookWorkshop } from './drivers/hooks.ts';
import { type Stage, aClaim, enrollmentOf, lineOf, openStage, thingOf } from './drivers/stage.ts';
import { aWideClaim } from './drivers/wide-claim.ts';

const answering = (answer: string): HookFunction => ({ source: `export const handler = async () => (${answer});` });

interface Failure {
  readonly what: string;
  readonly statusCode: 400 | 403;
  /** Absent: the template has no hook. */
  readonly hook?: HookFunction;
  /** What befalls the function once the template refers to it. */
  readonly fate?: 'deleted' | 'no concurrency left';
  /** Asks as a device does that knows our template and names everything that the hook would; true unless given. */
  readonly isKnowing?: boolean;
}

/** A hook must say yes, in time and in order; everything else is a no (DG:pre-provisioning-hook). */
const failures: readonly Failure[] = [
  {
    what: 'F5: a hook that throws',
    statusCode: 403,
    hook: { source: "export const handler = async () => { throw new Error('broken'); };" },
  },
  { what: 'F5: a hook that cannot be loaded', statusCode: 403, hook: { source: "import 'nothing-of-this-name';" } },
  { what: 'F5: a hook that ends its process', statusCode: 403, hook: { source: 'export const handler = () => process.exit(0);' } },
  {
    what: 'F5: a hook that hangs',
    statusCode: 403,
    hook: { source: 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));' },
  },
  {
    what: "F5: a hook that outlasts Lambda's time-out",
    statusCode: 403,
    hook: { source: 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));', timeoutSeconds: 1 },
  },
  { what: 'a hook that answers nothing', statusCode: 403, hook: answering('undefined') },
  { what: 'a hook that answers null', statusCode: 403, hook: answering('null') },
  { what: 'a hook that answers text', statusCode: 403, hook: answering('"yes"') },
  { what: 'a hook that answers a list', statusCode: 403, hook: answering('[{ allowProvisioning: true }]') },
  { what: 'a hook that answers an empty object', statusCode: 403, hook: answering('{}') },
  { what: 'a hook that answers "true"', statusCode: 403, hook: answering('{ allowProvisioning: "true" }') },
  { what: 'a hook that answers 1', statusCode: 403, hook: answering('{ allowProvisioning: 1 }') },
  { what: 'a hook whose overrides are a list', statusCode: 403, hook: answering('{ allowProvisioning: true, parameterOverrides: ["x"] }') },
  {
    what: 'a hook that overrides with a number',
    statusCode: 403,
    hook: answering('{ allowProvisioning: true, parameterOverrides: { Tenant: 1 } }'),
  },
  { what: 'a hook that AWS IoT may not call', statusCode: 403, hook: { ...answering('{ allowProvisioning: true }'), isPermitted: false } },
  { what: 'a hook whose function is gone', statusCode: 403, hook: answering('{ allowProvisioning: true }'), fate: 'deleted' },
  {
    what: 'a hook that has no concurrency left',
    statusCode: 403,
    hook: answering('{ allowProvisioning: true }'),
    fate: 'no concurrency left',
  },
  { what: 'a hook that allows and names nothing', statusCode: 400, hook: answering('{ allowProvisioning: true }'), isKnowing: false },
  {
    what: 'a hook that allows and names a thing alone',
    statusCode: 400,
    hook: answering('{ allowProvisioning: true, parameterOverrides: { ThingName: "muster:sensor:HOOK" } }'),
    isKnowing: false,
  },
  {
    what: 'a hook that allows and names a thing type that is not there',
    statusCode: 400,
    hook: answering('{ allowProvisioning: true, parameterOverrides: { ThingType: "unknown" } }'),
  },
  { what: 'F1: a template without a hook', statusCode: 400, isKnowing: false },
];

interface Aftermath {
  readonly answer: Answer;
  readonly certificate: CertificateTrace;
  readonly isThing: boolean;
  readonly recordLength: number;
  readonly seconds: number;
}

let stage: Stage;
let workshop: HookWorkshop;
let claim: ClaimCredential;
const aftermaths = new Map<Failure, Promise<Aftermath>>();

const serialOf = (failure: Failure): string => `HOOK-${failures.indexOf(failure)}`;

/** Everything that the real hook would say of this device. */
const overridesFor = async (serial: string): Promise<Readonly<Record<string, string>>> => {
  const enrollment = await enrollmentOf(stage, 'sensor', serial);
  if (enrollment === undefined) throw new Error(`${serial} is not enrolled.`);
  return hookParametersFor(stage.fleet.operator.configuration, enrollment, {});
};

const befall = async (fate: Failure['fate'], FunctionName: string | undefined): Promise<void> => {
  if (fate === 'deleted') await workshop.lambda.send(new DeleteFunctionCommand({ FunctionName }));
  if (fate === 'no concurrency left')
    await workshop.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
};

const run = async (failure: Failure): Promise<Aftermath> => {
  const SerialNumber = serialOf(failure);
  const { templateName, functionName } = await workshop.template(failure.hook);
  await befall(failure.fate, functionName);
  const connection = await ClaimConnection.open(stage.shared, claim, { template: templateName });
  const { certificateId, certificateOwnershipToken } = await connection.certificateFor(requestPem());
  const known = failure.isKnowing === false ? {} : await overridesFor(SerialNumber);
  const begun = performance.now();
  const answer = await connection.registerThing(certificateOwnershipToken, { SerialNumber, ...known });
  const seconds = (performance.now() - begun) / 1000;
  await connection.close();
  return {
    answer,
    seconds,
    certificate: await traceOf(stage.iot, certificateId),
    isThing: await isThing(stage.iot, thingOf(stage, 'sensor', SerialNumber)),
    recordLength: (await decisionsOf(stage, connection.clientId)).length,
  };
};

const aftermathOf = async (failure: Failure): Promise<Aftermath> => {
  const aftermath = await aftermaths.get(failure);
  if (aftermath === undefined) throw new Error(`${failure.what} was not tried.`);
  return aftermath;
};

beforeAll(async () => {
  stage = await openStage();
  workshop = new HookWorkshop(stage.iot);
  await enroll(
    stage.fleet,
    lineOf('sensor'),
    failures.map((failure) => ({ serial: serialOf(failure) })),
  );
  claim = await aWideClaim(stage, 'sensor', 1);
  for (const failure of failures) {
    const aftermath = run(failure);
    // It is for the failure's own test to fail.
    aftermath.catch(() => undefined);
    aftermaths.set(failure, aftermath);
  }
}, 60_000);

afterAll(async () => {
  await Promise.allSettled(aftermaths.values());
  await workshop.close();
  await stage.close();
});

describe('Our template provisions nothing behind', () => {
  test.each(failures.map((failure) => [failure.what, failure] as const))(
    '%s',
    async (_what, failure) => {
      const aftermath = await aftermathOf(failure);
      expect(aftermath.answer).toEqual({
        result: 'rejected',
        body: { statusCode: failure.statusCode, errorCode: expect.any(String) as unknown, errorMessage: expect.any(String) as unknown },
      });
      expect(aftermath.certificate).toEqual(leftPending);
      expect(aftermath.isThing).toBe(false);
      expect(aftermath.recordLength).toBe(0);
      expect(await enrollmentOf(stage, 'sensor', serialOf(failure))).toMatchObject({ state: 'registered', version: 1 });
    },
    30_000,
  );
});

describe('A hook that fails', () => {
  test('F5: is given up after five seconds', async () => {
    const [hanging] = failures.filter(({ what }) => what === 'F5: a hook that hangs');
    if (hanging === undefined) throw new Error('Nothing hangs.');
    const { seconds } = await aftermathOf(hanging);
    expect(seconds).toBeGreaterThan(4.9);
    expect(seconds).toBeLessThan(8);
  }, 30_000);

  test('tells a device nothing of how it failed', async () => {
    const refused = await Promise.all(failures.filter(({ statusCode }) => statusCode === 403).map(aftermathOf));
    expect(new Set(refused.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
  }, 30_000);

  test('costs no device its place: each comes in by the real template afterwards', async () => {
    await Promise.allSettled(aftermaths.values());
    const honest = await aClaim(stage, 'sensor', failures.length);
    for (const serial of failures.map(serialOf)) {
      expect(await provision(stage, { claim: honest, serial })).toMatchObject({ thingName: `muster:sensor:${serial}` });
    }
  }, 30_000);
});
