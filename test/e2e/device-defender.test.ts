import { CloudFormationClient, DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AttachPolicyCommand,
  DescribeAccountAuditConfigurationCommand,
  DescribeAuditSuppressionCommand,
  DescribeAuditTaskCommand,
  ListAuditFindingsCommand,
  ListAuditTasksCommand,
  StartAuditMitigationActionsTaskCommand,
  StartOnDemandAuditTaskCommand,
} from '@aws-sdk/client-iot';
import { eventually } from '../../demo/eventually.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { auditedChecks } from '../../domain/defender/audited-checks.ts';
import { claimsClose } from '../../domain/operations/claims-close.ts';
import { stackNames } from '../../domain/stack-names.ts';
import * as z from 'zod/mini';
import { certificateId } from '../../domain/identifiers.ts';
import { AlarmStates } from './drivers/alarm-states.ts';
import { ClaimConnection } from './drivers/claim-connection.ts';
import type { RunningClock } from '../../local/running-clock.ts';
import { type Device, bringIn, permissivePolicy } from './drivers/devices.ts';
import { MqttConnection } from './drivers/mqtt-connection.ts';
import { type OwnFleet, deployOwnFleet } from './drivers/own-fleet.ts';
import { type Stage, aClaim, enrollmentOf } from './drivers/stage.ts';

const HOUR_MS = 3_600_000;
const configuration = {
  accountWide: { deviceDefender: 'manage', detect: 'use' },
  lines: [{ name: 'meter', triggers: { foundByDefender: 'quarantine' } }, { name: 'lamp' }],
};

let fleet: OwnFleet;
let stage: Stage;
let clock: RunningClock;

beforeAll(async () => {
  fleet = await deployOwnFleet({ configuration: () => configuration, iotBehaviour: { 'defender.detect': 'open' } });
  ({ stage, clock } = fleet);
}, 300_000);
afterAll(() => fleet.stop());

/** What is on record under a code. */
const recorded = async (code: string): Promise<readonly AuditEvent[]> => {
  const { events = [] } = await stage.logs.send(
    new FilterLogEventsCommand({ logGroupName: stage.auditLogGroupName, filterPattern: `{ $.auditEvent.code = "${code}" }` }),
  );
  return events.map(({ message = '' }) => (JSON.parse(message) as { readonly auditEvent: AuditEvent }).auditEvent);
};

const once = (code: string, what: Partial<AuditEvent>): Promise<AuditEvent> =>
  eventually(`${code} of ${JSON.stringify(what)}`, async () =>
    (await recorded(code)).find((event) => Object.entries(what).every(([name, value]) => event[name as keyof AuditEvent] === value)),
  );

/** Waits until AWS has its data of connections, and audits them. Answers the audit's id when it is over. */
const audit = async (): Promise<string> => {
  clock.advance(2 * HOUR_MS);
  const { taskId } = await stage.iot.send(new StartOnDemandAuditTaskCommand({ targetCheckNames: [...auditedChecks] }));
  clock.advance(60_000);
  return eventually('the end of the audit', async () => {
    const { taskStatus } = await stage.iot.send(new DescribeAuditTaskCommand({ taskId }));
    return taskStatus === 'COMPLETED' ? taskId : undefined;
  });
};

const anActive = async (line: string, serial: string): Promise<Device> => {
  const [device] = (await bringIn(stage, line, [{ serial }])) as [Device];
  await eventually(`the activation of ${serial}`, async () =>
    (await enrollmentOf(stage, line, serial))?.state === 'active' ? true : undefined,
  );
  return device;
};

const stateOf = async (line: string, serial: string) => (await enrollmentOf(stage, line, serial))?.state;

/** Somebody gives a device's certificate every right by hand, and two machines use it under names of their own. */
const shareIdentity = async ({ identity, certificateId: id }: Device): Promise<void> => {
  const { accountId, region } = stage.shared.account;
  const target = `arn:aws:iot:${region}:${accountId}:cert/${id}`;
  await stage.iot.send(new AttachPolicyCommand({ policyName: await permissivePolicy(stage), target }));
  clock.advance(10 * 60_000);
  const open = (clientId: string) => MqttConnection.open({ shared: stage.shared, identity, clientId });
  const connections = [await open('machine-one'), await open('machine-two')];
  for (const connection of connections) await connection.close();
};

describe('A deployment that manages Device Defender', () => {
  test('has every check enabled that looks at what it has, each day, and tells the audit log', async () => {
    const { auditCheckConfigurations = {} } = await stage.iot.send(new DescribeAccountAuditConfigurationCommand({}));
    const enabled = Object.entries(auditCheckConfigurations).filter(([, { enabled: isOn }]) => isOn === true);
    expect(enabled.map(([name]) => name).sort()).toEqual([...auditedChecks].sort());
    const startTime = new Date(clock.now());
    clock.advance(24 * HOUR_MS);
    clock.advance(60_000);
    const endTime = new Date(clock.now());
    const { tasks } = await stage.iot.send(new ListAuditTasksCommand({ startTime, endTime, taskType: 'SCHEDULED_AUDIT_TASK' }));
    expect(tasks).toMatchObject([{ taskStatus: 'COMPLETED' }]);
    await once('defender.found', { operation: 'LOGGING_DISABLED_CHECK', awsReason: 'LOGGING_DISABLED' });
  }, 60_000);

  test('rings for what was found, and is silent again', async () => {
    const states = new AlarmStates(fleet);
    await states.whenRinging('defender-found');
    await states.forget();
    expect((await states.all()).get('defender-found')).toBe('OK');
    states.close();
  }, 60_000);

  test('has policies with which no audit finds anything wrong', async () => {
    const taskId = await audit();
    const { findings = [] } = await stage.iot.send(new ListAuditFindingsCommand({ taskId }));
    expect(findings.filter(({ checkName = '' }) => checkName.startsWith('IOT_POLICY'))).toEqual([]);
  }, 60_000);

  test('suppresses until its end that a claim is shared, and says so; closed, that is a finding again', async () => {
    const claim = await aClaim(stage, 'lamp', 10);
    const said = await once('defender.suppressed', { claimCertificateId: z.parse(certificateId, claim.certificateId) });
    const resource = { checkName: 'DEVICE_CERTIFICATE_SHARED_CHECK', resourceIdentifier: { deviceCertificateId: claim.certificateId } };
    const { expirationDate } = await stage.iot.send(new DescribeAuditSuppressionCommand(resource));
    expect(Math.floor((said.until ?? 0) / 1000)).toBe(Math.floor((expirationDate?.getTime() ?? 0) / 1000));
    const connections = [await ClaimConnection.open(stage.shared, claim), await ClaimConnection.open(stage.shared, claim)];
    for (const connection of connections) await connection.close();
    const taskId = await audit();
    const { findings = [] } = await stage.iot.send(new ListAuditFindingsCommand({ taskId, ...resource }));
    expect(findings).toMatchObject([{ isSuppressed: true }]);
    const { name } = (await stage.fleet.operator.claims.readClaims([z.parse(certificateId, claim.certificateId)]))[0] ?? {};
    if (name === undefined) throw new Error('The claim is not on record.');
    await stage.fleet.operator.client.call(claimsClose, { claim: { name } });
    await once('defender.unsuppressed', { claim: name });
    await expect(stage.iot.send(new DescribeAuditSuppressionCommand(resource))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect((await recorded('defender.found')).filter((event) => event.certificateId === claim.certificateId)).toEqual([]);
  }, 120_000);

  test('quarantines a device whose identity is shared where its line says so, and only tells elsewhere', async () => {
    const [meter, lamp] = await Promise.all([anActive('meter', 'SHARED-1'), anActive('lamp', 'SHARED-2')]);
    await shareIdentity(meter);
    await shareIdentity(lamp);
    await audit();
    const reason = 'CERTIFICATE_SHARED_BY_MULTIPLE_DEVICES';
    const found = await once('defender.found', { certificateId: z.parse(certificateId, lamp.certificateId), awsReason: reason });
    expect(found).toMatchObject({ line: 'lamp', serialNumber: 'SHARED-2', actor: { kind: 'service', name: 'device-defender' } });
    await eventually('its quarantine', async () => ((await stateOf('meter', 'SHARED-1')) === 'quarantined' ? true : undefined));
    expect((await enrollmentOf(stage, 'meter', 'SHARED-1'))?.lastEvent).toMatchObject({
      ...{ code: 'device.quarantined', actor: { kind: 'service', name: 'device-defender' } },
    });
    expect(await stateOf('lamp', 'SHARED-2')).toBe('active');
  }, 120_000);

  test('quarantines a device of any line when a person applies the mitigation action to what was found of it', async () => {
    const check = 'DEVICE_CERTIFICATE_SHARED_CHECK';
    const found = await eventually('the finding', async () => {
      const { id: deviceCertificateId } = (await enrollmentOf(stage, 'lamp', 'SHARED-2'))?.certificates[0] ?? {};
      const [startTime, endTime] = [new Date(0), new Date(clock.now())];
      const filter = { checkName: check, resourceIdentifier: { deviceCertificateId }, startTime, endTime };
      return (await stage.iot.send(new ListAuditFindingsCommand(filter))).findings?.[0];
    });
    const action = `${stage.fleet.operator.configuration.prefix}-quarantine`;
    await stage.iot.send(
      new StartAuditMitigationActionsTaskCommand({
        ...{ taskId: 'by-hand', target: { findingIds: [found.findingId ?? ''] }, auditCheckToActionsMapping: { [check]: [action] } },
      }),
    );
    await eventually('its quarantine', async () => ((await stateOf('lamp', 'SHARED-2')) === 'quarantined' ? true : undefined));
  }, 60_000);

  test('tells of a device that connects again and again', async () => {
    const { identity, thingName } = await anActive('lamp', 'RESTLESS-1');
    for (let time = 0; time < 31; time += 1) {
      clock.advance(1000); // AWS IoT takes one CONNECT of a client id in a second
      const connection = await MqttConnection.open({ shared: stage.shared, identity, clientId: thingName });
      await connection.close();
    }
    clock.advance(5 * 60_000);
    expect(await once('defender.found', { operation: 'connecting-too-often' })).toMatchObject({ serialNumber: 'RESTLESS-1', line: 'lamp' });
  }, 60_000);

  test('leaves the account without an audit configuration, as it was, when it goes', async () => {
    const cloudFormation = new CloudFormationClient();
    const StackName = stackNames(stage.fleet.operator.configuration.prefix).operations;
    await cloudFormation.send(new DeleteStackCommand({ StackName }));
    await eventually('the end of the stack', async () =>
      cloudFormation.send(new DescribeStacksCommand({ StackName })).then(
        () => undefined,
        () => true,
      ),
    );
    cloudFormation.destroy();
    expect((await stage.iot.send(new DescribeAccountAuditConfigurationCommand({}))).roleArn).toBeUndefined();
  }, 60_000);
});
