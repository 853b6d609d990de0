import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { DescribeProvisioningTemplateCommand, GetPolicyCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { eventually } from '../../demo/eventually.ts';
import { enroll, onboardDevice } from '../../demo/fleet.ts';
import { CdkError, runCdk } from '../../demo/run-cdk.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { type Device, bringIn } from './drivers/devices.ts';
import { fillVersions, versionsThere } from './drivers/line-versions.ts';
import { MqttConnection } from './drivers/mqtt-connection.ts';
import { type OwnDeployment, deployForThisSuite } from './drivers/own-deployment.ts';
import { type TestPrincipal, aUser, takeRoles } from './drivers/principals.ts';
import { type ProgramEnd, runProgram } from './drivers/program.ts';
import { registryOf } from './drivers/registry-of.ts';
import { type Stage, aClaim, enrollmentOf, lineOf, openStage } from './drivers/stage.ts';

const configured = z.looseObject({ lines: z.array(z.looseObject({ name: z.string() })) });

/** Another boundary and, for whoever comes now, another template: they begin on probation. */
const changes = {
  ...{ description: 'Meters of another make', attestation: 'serial-only', accept: 'serial-only' },
  sharedTopics: [{ topic: 'firmware' }, { topic: 'prices' }],
};

/** What becomes of the line `meter`; in each version there is another line as well. */
const versions = {
  changed: (meter: object): readonly object[] => [{ ...meter, ...changes }],
  closed: (meter: object): readonly object[] => [{ ...meter, ...changes, closed: true }],
  without: (): readonly object[] => [],
};

type Version = keyof typeof versions;

const line = { policyName: 'muster-device-meter', templateName: 'muster-meter' };
const clock = new RunningClock();
let own: OwnDeployment;
let stage: Stage;
let folder: string;
let cloudFormation: CloudFormationClient;
let meter: Device;
let gateway: Device;
let claim: Awaited<ReturnType<typeof aClaim>>;

const configurationOf = (version: Version): string => join(folder, `${version}.config.json`);

const synthesize = async (version: Version): Promise<void> => {
  const { lines, ...others } = z.parse(configured, JSON.parse(await readFile(own.shared.environment['MUSTER_CONFIG'] ?? '', 'utf8')));
  const next = lines.flatMap((line) => (line.name === 'meter' ? versions[version](line) : [line]));
  // The settings of functions change, too.
  const configuration = { ...others, lines: [...next, { name: 'lock' }], refusalFloorMs: 250 };
  await writeFile(configurationOf(version), JSON.stringify(configuration));
  const environment = { ...own.aws.environment, MUSTER_CONFIG: configurationOf(version), CDK_VALIDATION: 'false' };
  await runCdk(['synth', '--quiet', '--output', join(folder, version)], { environment });
};

beforeAll(async () => {
  own = await deployForThisSuite({ clock, iotSettings: { requestRates: 'off' } });
  [stage, folder, cloudFormation] = [await openStage(), await mkdtemp(join(tmpdir(), 'muster-lives-')), new CloudFormationClient()];
  [meter] = (await bringIn(stage, 'meter', [{ serial: 'METER-1' }])) as [Device];
  [gateway] = (await bringIn(stage, 'gateway', [{ serial: 'GATEWAY-1' }])) as [Device];
  claim = await aClaim(stage, 'meter', 10);
  for (const version of ['changed', 'closed', 'without'] as const) await synthesize(version);
}, 300_000);

afterAll(async () => {
  cloudFormation.destroy();
  await stage.close();
  await own.stop();
  await rm(folder, { recursive: true });
});

const cdk = (...args: readonly string[]): Promise<string> => runCdk(args, { environment: own.aws.environment, folder });
const deploy = (assembly: string): Promise<string> =>
  cdk('deploy', '--all', '--app', assembly, '--require-approval', 'never', '--progress', 'events');
const deployVersion = (version: Version): Promise<string> => deploy(join(folder, version));

const refusalOf = async (deployment: Promise<string>): Promise<string> => {
  const error: unknown = await deployment.catch((thrown: unknown) => thrown);
  if (!(error instanceof CdkError)) throw new Error('It was deployed.', { cause: error });
  return error.output;
};

const connect = ({ identity, thingName }: Device): Promise<MqttConnection> =>
  MqttConnection.open({ shared: stage.shared, identity, clientId: thingName, version: 5 });

const say = (connection: MqttConnection, { thingName }: Device) => connection.publish(`muster/things/${thingName}/telemetry`, '1');

const muster = (who: TestPrincipal, version: Version, ...parameters: readonly string[]): Promise<ProgramEnd> =>
  runProgram({
    ...{ script: 'cli/main.ts', parameters, directory: folder },
    environment: { ...who.environment, MUSTER_CONFIG: configurationOf(version) },
  });

const principals: TestPrincipal[] = [];

const aPrincipal = async (scope: string): Promise<TestPrincipal> => {
  const principal = await aUser({ shared: stage.shared, configuration: stage.fleet.operator.configuration }, scope);
  principals.push(principal);
  return principal;
};

/** A device comes by the claim of the line. */
const come = (serial: string, { file } = claim) => onboardDevice(stage.fleet, { serial, claim: file, mqttVersion: '5', timeout: '5s' });

/** What CloudFormation deleted of AWS IoT, ever. */
const deletedOfIot = async (): Promise<readonly (string | undefined)[]> => {
  const stacks = ['MusterData', 'MusterOnboarding', 'MusterOperations'];
  const events = await Promise.all(stacks.map((StackName) => cloudFormation.send(new DescribeStackEventsCommand({ StackName }))));
  return events
    .flatMap(({ StackEvents = [] }) => StackEvents)
    .filter(({ ResourceType, ResourceStatus }) => ResourceType?.startsWith('AWS::IoT::') === true && ResourceStatus === 'DELETE_COMPLETE')
    .map(({ PhysicalResourceId }) => PhysicalResourceId);
};

// One deployment, in the order of its life.
describe('A new version that is deployed under a connected device', () => {
  test('F25: is the sixth of its policy and template, and replaces nothing that the device holds', async () => {
    const held = await registryOf(stage.iot, meter.thingName);
    const connection = await connect(meter);
    await fillVersions(stage.iot, line);
    await deployVersion('changed');
    expect(await say(connection, meter)).toBe('done');
    await connection.close();
    expect(await registryOf(stage.iot, meter.thingName)).toEqual(held);
    expect(await deletedOfIot()).toEqual([]);
    const { policyDocument } = await stage.iot.send(new GetPolicyCommand(line));
    expect(policyDocument).toContain('topicfilter/muster/lines/meter/prices');
    const { templateBody } = await stage.iot.send(new DescribeProvisioningTemplateCommand(line));
    expect(templateBody).toContain('muster-probation');
    // Room was made for one more, and for the way back.
    expect(await versionsThere(stage.iot, line)).toEqual({ policy: 4, template: 4 });
  }, 300_000);

  test('gives the device what it changed once AWS IoT has forgotten the policy before', async () => {
    clock.advance(8 * 60_000);
    const connection = await connect(meter);
    expect(await connection.subscribe('muster/lines/meter/prices')).toBe('done');
    await connection.close();
  }, 60_000);
});

describe('A line', () => {
  test('that is taken out of the configuration stays, and so does everything of it, until it was closed', async () => {
    expect(await refusalOf(deployVersion('without'))).toContain(
      'The line "meter" cannot be taken out of the configuration: it is not closed',
    );
    expect(await deletedOfIot()).toEqual([]);
    expect(await enroll(stage.fleet, lineOf('meter'), [{ serial: 'METER-2' }, { serial: 'METER-3' }])).toMatchObject({ created: 2 });
    expect(await come('METER-2')).toMatchObject({ exitCode: 0 });
  }, 300_000);

  test('that is closed lets nobody new in, by whatever claim it had, and keeps its devices', async () => {
    await deployVersion('closed');
    expect((await come('METER-3')).exitCode).not.toBe(0);
    expect(await enroll(stage.fleet, lineOf('meter'), [{ serial: 'METER-4' }])).toMatchObject({ created: 0, refused: 1 });
    const auditor = await aPrincipal('auditor');
    await eventually('the refusal in the log', async () => {
      const { out } = await muster(auditor, 'closed', 'audit', 'tail', '--serial', 'METER-3', '--json');
      return out.includes('"reason":"line-closed"') ? true : undefined;
    });
    const connection = await connect(meter);
    expect(await say(connection, meter)).toBe('done');
    await connection.close();
    const operator = await aPrincipal('operator');
    const words = ['claims', 'create', '--line', 'meter', '--name', 'late', '--quota', '1', '--expires', '1d', '--out', 'late'];
    expect(await muster(operator, 'closed', ...words)).toMatchObject({
      code: 1,
      error: expect.stringContaining('"meter" is closed') as unknown,
    });
  }, 300_000);

  test('that is closed and has devices stays; the deployment that would take it says which, and so does the doctor', async () => {
    expect(await refusalOf(deployVersion('without'))).toMatch(
      /The line "meter" cannot be taken out of the configuration: it has devices, "METER-\d"/,
    );
    expect(await deletedOfIot()).toEqual([]);
    const { out } = await runProgram({
      ...{ script: 'cli/main.ts', parameters: ['doctor', '--after'], directory: folder },
      environment: { ...own.aws.environment, MUSTER_CONFIG: configurationOf('closed') },
    });
    expect(out).toContain('the line "meter" is closed, and has devices');
  }, 300_000);

  test('that is closed and empty goes with all that was its, and its tombstones stay', async () => {
    const [operator, security] = await Promise.all([aPrincipal('operator'), aPrincipal('security')]);
    for (const serial of ['METER-1', 'METER-2', 'METER-3']) {
      const words = ['devices', 'decommission', serial, '--reason', 'the line ends', '--yes'];
      expect(await muster(operator, 'closed', ...words)).toMatchObject({ code: 3 });
      expect(await muster(security, 'closed', ...words)).toMatchObject({ code: 0 });
    }
    expect(await refusalOf(deployVersion('without'))).toMatch(/its claim "e2e-.+" is open/);
    const { out } = await muster(security, 'closed', 'claims', 'list', '--line', 'meter', '--json');
    const { claims } = z.parse(z.object({ claims: z.array(z.object({ name: z.string() })) }), JSON.parse(out));
    for (const { name } of claims) expect(await muster(security, 'closed', 'claims', 'close', name, '--yes')).toMatchObject({ code: 0 });
    await deployVersion('without');
    const gone = ['muster-claim-meter', line.policyName, line.templateName, line.templateName, 'muster-line-meter'];
    expect((await deletedOfIot()).toSorted()).toEqual(gone.toSorted());
    expect(await enrollmentOf(stage, 'meter', 'METER-1')).toMatchObject({ state: 'decommissioned' });
  }, 180_000);

  test('F28: that comes again bars what it barred before', async () => {
    await deployVersion('changed');
    expect((await come('METER-1', await aClaim(stage, 'meter', 1))).exitCode).not.toBe(0);
    expect(await enrollmentOf(stage, 'meter', 'METER-1')).toMatchObject({ state: 'decommissioned' });
  }, 300_000);
});

describe('A deployment that is destroyed under a connected device', () => {
  test('F25: leaves the device connected, with what it holds, and leaves records and audit log', async () => {
    const held = await registryOf(stage.iot, gateway.thingName);
    const connection = await connect(gateway);
    // IAM deletes no managed policy that somebody has.
    for (const principal of principals) await takeRoles(principal);
    for (const stack of ['MusterOperations', 'MusterOnboarding']) await cdk('destroy', stack, '--force', '--app', join(folder, 'changed'));
    expect(await say(connection, gateway)).toBe('done');
    await connection.close();
    const again = await connect(gateway);
    expect(await say(again, gateway)).toBe('done');
    await again.close();
    expect(await registryOf(stage.iot, gateway.thingName)).toEqual(held);
    expect(await enrollmentOf(stage, 'gateway', 'GATEWAY-1')).toMatchObject({ serialNumber: 'GATEWAY-1' });
  }, 300_000);

  test('is found again by the next one: the same records, the same audit log, and claims let devices in', async () => {
    await deployVersion('changed');
    const auditor = await aPrincipal('auditor');
    const { out } = await muster(auditor, 'changed', 'audit', 'tail', '--serial', 'GATEWAY-1', '--since', '2h', '--json');
    expect(out).toContain('"code":"admission.granted"');
    // The operations function has other URLs now.
    const reopened = await openStage();
    const [another] = await bringIn(reopened, 'gateway', [{ serial: 'GATEWAY-2' }]);
    expect(another?.thingName).toBe('muster:gateway:GATEWAY-2');
    await reopened.close();
  }, 300_000);
});
