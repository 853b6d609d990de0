import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackEventsCommand, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeDomainConfigurationCommand,
  DescribeThingGroupCommand,
  GetPolicyCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListPoliciesCommand,
  ListProvisioningTemplatesCommand,
  ListThingGroupsCommand,
  ListThingTypesCommand,
  ListTopicRulesCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { type DeviceRun, type Fleet, enroll, makeClaim, onboardDevice, openFleet } from '../../demo/fleet.ts';
import { CdkError, runCdk } from '../../demo/run-cdk.ts';
import { lineName } from '../../domain/identifiers.ts';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { runProgram } from './drivers/program.ts';
import { registryOf } from './drivers/registry-of.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const configured = z.looseObject({ lines: z.array(z.unknown()), tenants: z.array(z.unknown()) });
const clock = new RunningClock();
const shared = useSharedEnvironment();
let aws: LocalAws;
let folder: string;
let changed: string;
let fleet: Fleet;
let iot: IoTClient;
let cloudFormation: CloudFormationClient;
let hostName: string | undefined;

const cdk = (...args: readonly string[]): Promise<string> => runCdk(args, { environment: aws.environment, folder });
const deploy = (assembly: string): Promise<string> =>
  cdk('deploy', '--all', '--app', assembly, '--require-approval', 'never', '--progress', 'events');
const destroy = (assembly: string, stack: string): Promise<string> => cdk('destroy', stack, '--exclusively', '--force', '--app', assembly);

/** Synthesizes the app anew, with another line and another tenant, and gives up the protection of its data. */
const synthesizeChange = async (): Promise<void> => {
  const { lines, tenants, ...others } = z.parse(configured, JSON.parse(await readFile(shared.environment['MUSTER_CONFIG'] ?? '', 'utf8')));
  const configuration = {
    ...others,
    lines: [...lines, { name: 'lock', attestation: 'serial-only', accept: 'serial-only' }],
    tenants: [...tenants, { name: 'initech', sharedTopics: [{ topic: 'news' }] }],
  };
  const file = join(folder, 'changed.config.json');
  await writeFile(file, JSON.stringify(configuration));
  const environment = { ...aws.environment, MUSTER_CONFIG: file, CDK_VALIDATION: 'false' };
  await runCdk(['synth', '--quiet', '--output', changed, '-c', 'muster:ephemeral=true'], { environment });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-lifecycle-'));
  changed = join(folder, 'changed');
  aws = await startLocalAws({ clock, iotSettings: { requestRates: 'off' } });
  Object.assign(process.env, aws.environment);
  iot = new IoTClient();
  cloudFormation = new CloudFormationClient();
  await Promise.all([cdk('bootstrap', `aws://${aws.account.accountId}/${aws.account.region}`), synthesizeChange()]);
}, 60_000);

afterAll(async () => {
  for (const client of [iot, cloudFormation]) client.destroy();
  await aws.stop();
  await rm(folder, { recursive: true });
});

const stackOf = async (StackName: string): Promise<Stack | undefined> =>
  (await cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];

const historyOf = async (StackName: string) => (await cloudFormation.send(new DescribeStackEventsCommand({ StackName }))).StackEvents;

const fleetOf = (configurationFile: string): Promise<Fleet> =>
  openFleet({ ...aws, environment: { ...aws.environment, MUSTER_CONFIG: configurationFile } }, join(folder, 'fleet'));

const device = async (line: string, serial: string, tenant: string): Promise<DeviceRun> => {
  const name = z.parse(lineName, line);
  await enroll(fleet, name, [{ serial, tenant }]);
  const { files } = await makeClaim(fleet, name, { name: `of-${line}`, quota: 1 });
  return { serial, claim: files.claim, mqttVersion: '5' };
};

// The tests go through one life of a deployment, in order.
describe('The CDK app in the hands of the CDK CLI', () => {
  let sensor: DeviceRun;

  test('is deployed: the stack of the records is protected', async () => {
    await deploy(shared.assembly);
    expect(await stackOf('MusterData')).toMatchObject({ StackStatus: 'CREATE_COMPLETE', EnableTerminationProtection: true });
    expect(await stackOf('MusterOnboarding')).toMatchObject({ StackStatus: 'CREATE_COMPLETE', EnableTerminationProtection: false });
    expect(await namesInRegistry()).toEqual(expect.arrayContaining(['muster-sensor', 'muster-line-gateway', 'muster-quarantine']));
    hostName = (await domainConfiguration()).domainName;
    fleet = await fleetOf(shared.environment['MUSTER_CONFIG'] ?? '');
    sensor = await device('sensor', 'BEFORE', 'acme');
    expect(await onboardDevice(fleet, sensor)).toMatchObject({ exitCode: 0 });
  }, 60_000);

  test('is deployed again without changes: the CLI says so, and nothing happens', async () => {
    const before = await Promise.all(['MusterData', 'MusterOnboarding'].map(historyOf));
    const output = await deploy(shared.assembly);
    expect(output).toContain('MusterData (no changes)');
    expect(output).toContain('MusterOnboarding (no changes)');
    expect(await Promise.all(['MusterData', 'MusterOnboarding'].map(historyOf))).toEqual(before);
  }, 60_000);

  test('does not give up its records: their stack refuses to be destroyed', async () => {
    const refusal = await destroy(shared.assembly, 'MusterData').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CdkError);
    expect(String(refusal)).toContain('TerminationProtection is enabled');
    expect(await stackOf('MusterData')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  }, 60_000);

  test('is changed by another configuration: a line and a tenant come, and what was there stays', async () => {
    const held = await registryOf(iot, 'muster:sensor:BEFORE');
    await deploy(changed);
    expect(await stackOf('MusterOnboarding')).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
    const { thingGroupArn } = await iot.send(new DescribeThingGroupCommand({ thingGroupName: 'muster-tenant-initech' }));
    const { policies } = await iot.send(new ListAttachedPoliciesCommand({ target: thingGroupArn }));
    expect(policies?.map(({ policyName }) => policyName)).toEqual(['muster-tenant-initech']);
    const { policyDocument } = await iot.send(new GetPolicyCommand({ policyName: 'muster-tenant-initech' }));
    expect(policyDocument).toContain('topicfilter/muster/tenants/initech/news');
    fleet = await fleetOf(join(folder, 'changed.config.json'));
    expect(await onboardDevice(fleet, await device('lock', 'AFTER', 'initech'))).toMatchObject({ exitCode: 0 });
    expect(await registryOf(iot, 'muster:lock:AFTER')).toMatchObject({
      type: 'muster-lock',
      groups: ['muster-line-lock', 'muster-probation', 'muster-tenant-initech'],
    });
    expect(await onboardDevice(fleet, sensor)).toMatchObject({ exitCode: 0, result: { already: true } });
    expect(await registryOf(iot, 'muster:sensor:BEFORE')).toEqual(held);
  }, 60_000);

  test('is destroyed under a fleet but for what devices hold', async () => {
    const held = await registryOf(iot, 'muster:sensor:BEFORE');
    await destroy(changed, 'MusterOnboarding');
    await destroy(changed, 'MusterOperations');
    await destroy(changed, 'MusterAudit');
    for (const stack of ['MusterOnboarding', 'MusterOperations', 'MusterAudit'])
      await expect(stackOf(stack)).rejects.toThrow('does not exist');
    expect(await registryOf(iot, 'muster:sensor:BEFORE')).toEqual(held);
    const { templates } = await iot.send(new ListProvisioningTemplatesCommand({}));
    const { rules } = await iot.send(new ListTopicRulesCommand({}));
    expect([templates, rules]).toEqual([[], []]);
  }, 60_000);

  test('leaves the host name of an authorizer behind, disabled, and finds it again when it is deployed again', async () => {
    expect(await domainConfiguration()).toMatchObject({ domainConfigurationStatus: 'DISABLED', domainName: hostName });
    expect((await domainConfiguration()).authorizerConfig).toBeUndefined();
    await deploy(changed);
    expect(await domainConfiguration()).toMatchObject({
      ...{ domainConfigurationStatus: 'ENABLED', domainName: hostName },
      authorizerConfig: { defaultAuthorizerName: 'muster-oauth', allowAuthorizerOverride: false },
    });
    expect(await destroy(changed, 'MusterOnboarding')).toMatch(/DELETE_SKIPPED.+Custom::MusterDomainConfiguration/);
    await destroy(changed, 'MusterOperations');
    await destroy(changed, 'MusterAudit');
  }, 60_000);

  test('has that deleted by the doctor, seven days later', async () => {
    const repair = () =>
      runProgram({
        script: 'cli/main.ts',
        parameters: ['doctor', '--before', '--repair', '--yes'],
        environment: { ...aws.environment, MUSTER_CONFIG: join(folder, 'changed.config.json') },
        directory: folder,
      });
    expect((await repair()).out).toContain('not yet: delete the domain configuration "muster-oauth"');
    clock.advance(7 * 24 * 3_600_000);
    expect((await repair()).out).toContain('done: delete the domain configuration "muster-oauth"');
    await expect(domainConfiguration()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  }, 60_000);

  test('F25: gives up its records when it was deployed as ephemeral, takes what devices hold, and leaves nothing of its own in the registry', async () => {
    await destroy(changed, 'MusterData');
    await expect(stackOf('MusterData')).rejects.toThrow('does not exist');
    // A thing type is deleted five minutes after it was deprecated, not before.
    clock.advance(300_000);
    expect(await namesInRegistry()).toEqual([]);
    const { certificates, ...left } = await registryOf(iot, 'muster:sensor:BEFORE');
    expect(left).toMatchObject({ type: undefined, groups: [] });
    expect(certificates.map(({ policies }) => policies)).toEqual([[]]);
    const dynamoDb = new DynamoDBClient();
    expect((await dynamoDb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    dynamoDb.destroy();
  }, 60_000);
});

const domainConfiguration = () => iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: 'muster-oauth' }));

const namesInRegistry = async (): Promise<readonly (string | undefined)[]> => {
  const [{ thingTypes = [] }, { thingGroups = [] }, { policies = [] }, { templates = [] }, { rules = [] }] = await Promise.all([
    iot.send(new ListThingTypesCommand({})),
    iot.send(new ListThingGroupsCommand({})),
    iot.send(new ListPoliciesCommand({})),
    iot.send(new ListProvisioningTemplatesCommand({})),
    iot.send(new ListTopicRulesCommand({})),
  ]);
  return [
    ...thingTypes.map(({ thingTypeName }) => thingTypeName),
    ...thingGroups.map(({ groupName }) => groupName),
    ...policies.map(({ policyName }) => policyName),
    ...templates.map(({ templateName }) => templateName),
    ...rules.map(({ ruleName }) => ruleName),
  ];
};
