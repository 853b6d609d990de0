import {
  CancelAuditTaskCommand,
  CreateAuditSuppressionCommand,
  CreatePolicyCommand,
  CreateScheduledAuditCommand,
  DeleteAccountAuditConfigurationCommand,
  DeletePolicyCommand,
  DeleteScheduledAuditCommand,
  DescribeAccountAuditConfigurationCommand,
  DescribeScheduledAuditCommand,
  ListAuditTasksCommand,
  ListScheduledAuditsCommand,
  RegisterCACertificateCommand,
  RegisterCertificateWithoutCACommand,
  SetV2LoggingOptionsCommand,
  StartOnDemandAuditTaskCommand,
  UpdateAccountAuditConfigurationCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { expect } from '@jest/globals';
import { makeAuthority } from '../local/iot/own-ca/test-authority.ts';
import { dayMs, hourMs, startDefenderWorld } from './defender-world.ts';
import { assumed, documented } from './fact.ts';

const guide = (page: string): string => `Device Defender developer guide, "${page}"`;

const { clock, local, iot, role, topic, enable, start, describe: describeTask, audit } = await startDefenderWorld();

const refused = { name: 'InvalidRequestException', $metadata: { httpStatusCode: 400 } };

let roleArn = '';

beforeAll(async () => {
  roleArn = await role('iot:*', 'cognito-identity:*');
});

const daysFromNow = (days: number): Date => new Date(clock.now() + days * dayMs);

const register = async (notAfter: Date, notBefore = daysFromNow(-1)): Promise<string> => {
  const { cert: certificatePem } = await (await makeAuthority()).issue({ notBefore, notAfter });
  const { certificateId = '' } = await iot.send(new RegisterCertificateWithoutCACommand({ certificatePem, status: 'ACTIVE' }));
  return certificateId;
};

const createPolicy = async (policyName: string, ...Statement: readonly object[]): Promise<void> => {
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
};

const reasonsOf = (found: Awaited<ReturnType<typeof audit>>, id: string): readonly (string | undefined)[] =>
  found
    .filter(({ nonCompliantResource }) => JSON.stringify(nonCompliantResource?.resourceIdentifier).includes(id))
    .map(({ reasonForNonComplianceCode }) => reasonForNonComplianceCode);

describe('The audit configuration', () => {
  documented(guide('Audit commands'), 'has all checks disabled and no role until somebody sets it', async () => {
    const { roleArn: none, auditCheckConfigurations = {} } = await iot.send(new DescribeAccountAuditConfigurationCommand({}));
    expect(none).toBeUndefined();
    expect(Object.keys(auditCheckConfigurations)).toHaveLength(17);
    expect(Object.values(auditCheckConfigurations)).toEqual(Array.from({ length: 17 }, () => ({ enabled: false })));
  });

  documented(
    'API reference, UpdateAccountAuditConfiguration',
    'needs a role the first time, and leaves alone what is not named',
    async () => {
      const checks = { LOGGING_DISABLED_CHECK: { enabled: true } };
      const without = iot.send(new UpdateAccountAuditConfigurationCommand({ auditCheckConfigurations: checks }));
      await expect(without).rejects.toMatchObject(refused);
      await enable(['LOGGING_DISABLED_CHECK'], roleArn);
      await iot.send(
        new UpdateAccountAuditConfigurationCommand({ auditCheckConfigurations: { CONFLICTING_CLIENT_IDS_CHECK: { enabled: true } } }),
      );
      expect(await iot.send(new DescribeAccountAuditConfigurationCommand({}))).toMatchObject({
        roleArn,
        auditCheckConfigurations: { LOGGING_DISABLED_CHECK: { enabled: true }, CONFLICTING_CLIENT_IDS_CHECK: { enabled: true } },
      });
    },
  );

  documented(guide('Device certificate age check'), 'takes thresholds from 30 to 3652 days, for the checks that have one', async () => {
    const age = { CERT_AGE_THRESHOLD_IN_DAYS: '29' };
    await expect(enable(['DEVICE_CERTIFICATE_AGE_CHECK'], roleArn, age)).rejects.toMatchObject(refused);
    await expect(enable(['LOGGING_DISABLED_CHECK'], roleArn, { CERT_AGE_THRESHOLD_IN_DAYS: '30' })).rejects.toMatchObject(refused);
    await expect(enable(['NO_SUCH_CHECK'], roleArn)).rejects.toMatchObject(refused);
  });

  assumed('defender.role-checked-when-set', 'refuses a role that AWS IoT cannot assume', async () => {
    await expect(enable([], `${roleArn}-gone`)).rejects.toMatchObject(refused);
  });
});

describe('An audit', () => {
  documented('API reference, StartOnDemandAuditTask', 'runs checks that are enabled, and no others', async () => {
    const started = iot.send(new StartOnDemandAuditTaskCommand({ targetCheckNames: ['CA_CERTIFICATE_EXPIRING_CHECK'] }));
    await expect(started).rejects.toMatchObject(refused);
  });

  assumed('defender.audit-seconds', 'is in progress for a minute, and then completed', async () => {
    await enable(['LOGGING_DISABLED_CHECK'], roleArn);
    const taskId = await start('LOGGING_DISABLED_CHECK');
    expect(await describeTask(taskId)).toMatchObject({ taskStatus: 'IN_PROGRESS', taskStatistics: { inProgressChecks: 1 } });
    clock.advance(60_000);
    expect(await describeTask(taskId)).toMatchObject({
      ...{ taskStatus: 'COMPLETED', taskType: 'ON_DEMAND_AUDIT_TASK', taskStatistics: { nonCompliantChecks: 1, totalChecks: 1 } },
      auditDetails: {
        LOGGING_DISABLED_CHECK: { checkRunStatus: 'COMPLETED_NON_COMPLIANT', totalResourcesCount: 1, nonCompliantResourcesCount: 1 },
      },
    });
    const { tasks } = await iot.send(new ListAuditTasksCommand({ startTime: daysFromNow(-1), endTime: daysFromNow(1) }));
    expect(tasks).toContainEqual({ taskId, taskStatus: 'COMPLETED', taskType: 'ON_DEMAND_AUDIT_TASK' });
  });

  documented('API reference, CancelAuditTask', 'that is cancelled looks at nothing more', async () => {
    const taskId = await start('LOGGING_DISABLED_CHECK');
    await iot.send(new CancelAuditTaskCommand({ taskId }));
    clock.advance(60_000);
    expect(await describeTask(taskId)).toMatchObject({ taskStatus: 'CANCELED', taskStatistics: { canceledChecks: 1 } });
    await expect(iot.send(new CancelAuditTaskCommand({ taskId }))).rejects.toMatchObject(refused);
  });

  documented(guide('Audit'), 'fails a check for which its role has no permission', async () => {
    await enable(
      ['LOGGING_DISABLED_CHECK', 'CA_CERTIFICATE_EXPIRING_CHECK'],
      await role('iot:ListCACertificates', 'iot:DescribeCACertificate'),
    );
    const taskId = await start('LOGGING_DISABLED_CHECK', 'CA_CERTIFICATE_EXPIRING_CHECK');
    clock.advance(60_000);
    expect(await describeTask(taskId)).toMatchObject({
      taskStatus: 'COMPLETED',
      auditDetails: {
        LOGGING_DISABLED_CHECK: { checkRunStatus: 'FAILED', errorCode: 'INSUFFICIENT_PERMISSIONS' },
        CA_CERTIFICATE_EXPIRING_CHECK: { checkRunStatus: 'COMPLETED_COMPLIANT' },
      },
    });
    await enable([], roleArn);
  });

  documented(guide('Audit'), 'tells the topic a summary when it is over', async () => {
    const told = await topic();
    const SNS = { targetArn: told.arn, roleArn: await role('sns:Publish'), enabled: true };
    await iot.send(new UpdateAccountAuditConfigurationCommand({ auditNotificationTargetConfigurations: { SNS } }));
    const taskId = await start('LOGGING_DISABLED_CHECK');
    clock.advance(60_000);
    await describeTask(taskId);
    expect(await told.heard()).toEqual([
      {
        ...{ accountId: local.aws.account.accountId, taskId, taskStatus: 'COMPLETED', taskType: 'ON_DEMAND_AUDIT_TASK' },
        ...{ failedChecksCount: 0, canceledChecksCount: 0, nonCompliantChecksCount: 1, compliantChecksCount: 0, totalChecksCount: 1 },
        taskStartTime: expect.any(Number),
        auditDetails: [expect.objectContaining({ checkName: 'LOGGING_DISABLED_CHECK', nonCompliantResourcesCount: 1 })],
      },
    ]);
  });

  documented('General Reference, "AWS IoT Device Defender quotas"', 'is refused beside ten that are running', async () => {
    const running = await Promise.all(Array.from({ length: 10 }, () => start('LOGGING_DISABLED_CHECK')));
    await expect(start('LOGGING_DISABLED_CHECK')).rejects.toMatchObject({ name: 'LimitExceededException' });
    clock.advance(60_000);
    expect(new Set(running).size).toBe(10);
  });
});

describe('Of certificates', () => {
  beforeAll(() => enable(['DEVICE_CERTIFICATE_EXPIRING_CHECK', 'DEVICE_CERTIFICATE_AGE_CHECK', 'CA_CERTIFICATE_EXPIRING_CHECK'], roleArn));

  documented(guide('Device certificate expiring'), 'those that are over, or will be within 30 days, are found while active', async () => {
    const [over, soon, later] = [await register(daysFromNow(1)), await register(daysFromNow(31)), await register(daysFromNow(33))];
    const inactive = await register(daysFromNow(5));
    await iot.send(new UpdateCertificateCommand({ certificateId: inactive, newStatus: 'INACTIVE' }));
    clock.advance(2 * dayMs);
    const found = await audit('DEVICE_CERTIFICATE_EXPIRING_CHECK');
    expect(reasonsOf(found, over)).toEqual(['CERTIFICATE_PAST_EXPIRATION']);
    expect(reasonsOf(found, soon)).toEqual(['CERTIFICATE_APPROACHING_EXPIRATION']);
    expect([...reasonsOf(found, later), ...reasonsOf(found, inactive)]).toEqual([]);
    expect(found[0]).toMatchObject({
      severity: 'MEDIUM',
      isSuppressed: false,
      nonCompliantResource: { resourceType: 'DEVICE_CERTIFICATE' },
    });
  });

  documented(guide('Device certificate expiring'), 'the number of days can be set', async () => {
    const within = await register(daysFromNow(45));
    await enable(['DEVICE_CERTIFICATE_EXPIRING_CHECK'], roleArn, { CERT_EXPIRATION_THRESHOLD_IN_DAYS: '50' });
    expect(reasonsOf(await audit('DEVICE_CERTIFICATE_EXPIRING_CHECK'), within)).toEqual(['CERTIFICATE_APPROACHING_EXPIRATION']);
  });

  documented(guide('CA certificate expiring'), 'authorities that end within 30 days are found', async () => {
    const authority = await makeAuthority({ notBefore: daysFromNow(-1), notAfter: daysFromNow(12) });
    const mode = { certificateMode: 'SNI_ONLY', setAsActive: true } as const;
    await iot.send(new RegisterCACertificateCommand({ caCertificate: authority.cert, ...mode }));
    const found = await audit('CA_CERTIFICATE_EXPIRING_CHECK');
    expect(reasonsOf(found, authority.id)).toEqual(['CERTIFICATE_APPROACHING_EXPIRATION']);
  });

  assumed('defender.age-counts-from', 'those that were taken in long ago are found, however long they are valid', async () => {
    const old = await register(daysFromNow(3000));
    await enable(['DEVICE_CERTIFICATE_AGE_CHECK'], roleArn, { CERT_AGE_THRESHOLD_IN_DAYS: '30' });
    expect(reasonsOf(await audit('DEVICE_CERTIFICATE_AGE_CHECK'), old)).toEqual([]);
    clock.advance(30 * dayMs);
    expect(reasonsOf(await audit('DEVICE_CERTIFICATE_AGE_CHECK'), old)).toEqual(['CERTIFICATE_PAST_AGE_THRESHOLD']);
  });
});

describe('Of policies', () => {
  beforeAll(() => enable(['IOT_POLICY_OVERLY_PERMISSIVE_CHECK', 'IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK'], roleArn));

  const arn = (rest: string): string => `arn:aws:iot:us-east-1:${local.aws.account.accountId}:${rest}`;
  const own = '$aws/things/${iot:Connection.Thing.ThingName}/shadow/*';
  const attached = { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } };

  test.each<[string, object]>([
    ['everything', { Action: 'iot:*', Resource: '*' }],
    ['any client', { Action: 'iot:Connect', Resource: arn('client/*') }],
    ['any client by its own word', { Action: ['iot:Connect'], Resource: [arn('client/${iot:ClientId}')] }],
    ['publishing to every shadow', { Action: 'iot:Publish', Resource: arn('topic/$aws/things/*/shadow/update') }],
    ['subscribing for every thing', { Action: 'iot:Subscribe', Resource: arn('topicfilter/$aws/things/*') }],
    ['subscribing by an MQTT wildcard', { Action: 'iot:Subscribe', Resource: arn('topicfilter/$aws/things/+/shadow/update') }],
    ['every shadow by its API', { Action: 'iot:UpdateThingShadow', Resource: arn('thing/*') }],
  ])(`one that allows %s is overly permissive [${guide('AWS IoT policies overly permissive')}]`, async (_what, statement) => {
    const policyName = 'broad';
    await createPolicy(policyName, { Effect: 'Allow', ...statement });
    const found = await audit('IOT_POLICY_OVERLY_PERMISSIVE_CHECK');
    await iot.send(new DeletePolicyCommand({ policyName }));
    expect(reasonsOf(found, policyName)).toEqual(['ALLOWS_BROAD_ACCESS_TO_IOT_DATA_PLANE_ACTIONS']);
    expect(found[0]).toMatchObject({ severity: 'CRITICAL', nonCompliantResource: { resourceType: 'IOT_POLICY' } });
  });

  test.each<[string, object]>([
    ['its own client', { Action: 'iot:Connect', Resource: arn('client/${iot:Connection.Thing.ThingName}') }],
    ['an attached client', { Action: 'iot:Connect', Resource: arn('client/${iot:ClientId}'), Condition: attached }],
    ['its own shadow', { Action: ['iot:Publish'], Resource: arn(`topic/${own}`) }],
    ['receiving what it could subscribe to', { Action: 'iot:Receive', Resource: arn('topic/$aws/things/*') }],
    ['topics of its own tree', { Action: ['iot:Publish', 'iot:Subscribe'], Resource: [arn('topic/fleet/*'), arn('topicfilter/fleet/*')] }],
  ])(`one that allows %s is not [${guide('AWS IoT policies overly permissive')}]`, async (_what, statement) => {
    const policyName = 'narrow';
    await createPolicy(policyName, { Effect: 'Allow', ...statement });
    const found = await audit('IOT_POLICY_OVERLY_PERMISSIVE_CHECK');
    await iot.send(new DeletePolicyCommand({ policyName }));
    expect(reasonsOf(found, policyName)).toEqual([]);
  });

  const misconfigured = guide('AWS IoT policy potentially misconfigured');
  const building = { Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn('topicfilter/building/*') };
  const hearing = { Effect: 'Allow', Action: 'iot:Receive', Resource: arn('topic/building/*') };

  documented(misconfigured, 'one that denies by an MQTT wildcard is potentially misconfigured', async () => {
    await createPolicy('literal', building, {
      Effect: 'Deny',
      Action: 'iot:Subscribe',
      Resource: arn('topicfilter/building/control_room/#'),
    });
    const found = await audit('IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK');
    expect(reasonsOf(found, 'literal')).toEqual(['POLICY_CONTAINS_MQTT_WILDCARDS_IN_DENY_STATEMENT']);
  });

  documented(misconfigured, 'one that denies a filter, but not what comes by a wider one, is so, too', async () => {
    const denied = { Effect: 'Deny', Action: 'iot:Subscribe', Resource: arn('topicfilter/building/control_room/*') };
    const unheard = { Effect: 'Deny', Action: 'iot:Receive', Resource: arn('topic/building/control_room/*') };
    await createPolicy('in-vain', building, denied, hearing);
    await createPolicy('in-earnest', building, denied, hearing, unheard);
    const found = await audit('IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK');
    expect(reasonsOf(found, 'in-vain')).toEqual(['TOPIC_FILTERS_INTENDED_TO_DENY_ALLOWED_USING_WILDCARDS']);
    expect(reasonsOf(found, 'in-earnest')).toEqual([]);
  });
});

describe('Logging', () => {
  documented(guide('Logging disabled'), 'is found as long as it is off', async () => {
    expect(await audit('LOGGING_DISABLED_CHECK')).toMatchObject([
      { reasonForNonComplianceCode: 'LOGGING_DISABLED', severity: 'LOW', nonCompliantResource: { resourceType: 'ACCOUNT_SETTINGS' } },
    ]);
    await iot.send(new SetV2LoggingOptionsCommand({ roleArn, defaultLogLevel: 'ERROR' }));
    expect(await audit('LOGGING_DISABLED_CHECK')).toEqual([]);
    await iot.send(new SetV2LoggingOptionsCommand({ disableAllLogs: true }));
  });
});

describe('Connections', () => {
  const checks = ['DEVICE_CERTIFICATE_SHARED_CHECK', 'CONFLICTING_CLIENT_IDS_CHECK'];

  beforeAll(() => enable(checks, roleArn));

  documented(guide('Device certificate shared'), 'of two clients with one certificate are found two hours later', async () => {
    const identity = await local.identity('shared');
    const first = await local.connect(identity, { clientId: 'one' });
    const second = await local.connect(identity, { clientId: 'two' });
    expect(reasonsOf(await audit(...checks), identity.certificateId)).toEqual([]);
    clock.advance(2 * hourMs);
    const found = await audit(...checks);
    expect(reasonsOf(found, identity.certificateId)).toEqual(['CERTIFICATE_SHARED_BY_MULTIPLE_DEVICES']);
    expect(found[0]?.relatedResources?.map(({ resourceIdentifier }) => resourceIdentifier?.clientId)).toEqual(['one', 'two']);
    await Promise.all([first.endAsync(true), second.endAsync(true)]);
  });

  assumed('defender.client-id-conflicts', 'that one client takes from another are found by the client id', async () => {
    const identity = await local.identity('conflicting');
    await local.connect(identity, { clientId: 'same' });
    clock.advance(1000); // a client id may connect once a second
    const other = await local.connect(identity, { clientId: 'same' });
    clock.advance(2 * hourMs);
    const found = await audit(...checks);
    expect(reasonsOf(found, '"same"')).toEqual(['DUPLICATE_CLIENT_ID_ACROSS_CONNECTIONS']);
    expect(reasonsOf(found, identity.certificateId)).toEqual([]);
    await other.endAsync(true);
  });
});

describe('A suppression', () => {
  documented(guide('Audit finding suppressions'), 'marks findings of its resource until it ends, and the check is compliant', async () => {
    await enable(['DEVICE_CERTIFICATE_EXPIRING_CHECK'], roleArn);
    const deviceCertificateId = await register(daysFromNow(1));
    const checkName = 'DEVICE_CERTIFICATE_EXPIRING_CHECK';
    const suppression = { checkName, resourceIdentifier: { deviceCertificateId }, expirationDate: new Date(clock.now() + hourMs) };
    await iot.send(new CreateAuditSuppressionCommand(suppression));
    await expect(iot.send(new CreateAuditSuppressionCommand(suppression))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    const during = await audit(checkName);
    const isSuppressed = (found: typeof during) =>
      found.find(({ nonCompliantResource }) => nonCompliantResource?.resourceIdentifier?.deviceCertificateId === deviceCertificateId)
        ?.isSuppressed;
    expect(isSuppressed(during)).toBe(true);
    clock.advance(hourMs);
    expect(isSuppressed(await audit(checkName))).toBe(false);
  });

  documented('API reference, CreateAuditSuppression', 'ends at a time to come, or never', async () => {
    const checkName = 'DEVICE_CERTIFICATE_EXPIRING_CHECK';
    const resourceIdentifier = { deviceCertificateId: 'a'.repeat(64) };
    const over = new CreateAuditSuppressionCommand({ checkName, resourceIdentifier, expirationDate: daysFromNow(-1) });
    await expect(iot.send(over)).rejects.toMatchObject(refused);
    await expect(iot.send(new CreateAuditSuppressionCommand({ checkName, resourceIdentifier }))).rejects.toMatchObject(refused);
    await iot.send(new CreateAuditSuppressionCommand({ checkName, resourceIdentifier, suppressIndefinitely: true }));
  });
});

describe('A scheduled audit', () => {
  const scheduledAuditName = 'daily';

  documented('API reference, CreateScheduledAudit', 'runs each day, and its checks cannot be disabled', async () => {
    await enable(['LOGGING_DISABLED_CHECK'], roleArn);
    const targetCheckNames = ['LOGGING_DISABLED_CHECK'];
    await iot.send(new CreateScheduledAuditCommand({ scheduledAuditName, frequency: 'DAILY', targetCheckNames }));
    expect(await iot.send(new DescribeScheduledAuditCommand({ scheduledAuditName }))).toMatchObject({
      frequency: 'DAILY',
      targetCheckNames,
    });
    const disabling = { auditCheckConfigurations: { LOGGING_DISABLED_CHECK: { enabled: false } } };
    await expect(iot.send(new UpdateAccountAuditConfigurationCommand(disabling))).rejects.toMatchObject(refused);
    const began = new Date(clock.now());
    for (let day = 0; day < 3; day += 1) clock.advance(dayMs + 60_000);
    const taskType = 'SCHEDULED_AUDIT_TASK';
    const { tasks } = await iot.send(new ListAuditTasksCommand({ startTime: began, endTime: daysFromNow(1), taskType }));
    expect(tasks).toHaveLength(3);
    expect(await describeTask(tasks?.[0]?.taskId ?? '')).toMatchObject({ taskType, scheduledAuditName });
  });

  documented('API reference, CreateScheduledAudit', 'needs the day that goes with its frequency', async () => {
    const create = (input: object) =>
      iot.send(
        new CreateScheduledAuditCommand({
          scheduledAuditName: 'x',
          frequency: 'WEEKLY',
          targetCheckNames: ['LOGGING_DISABLED_CHECK'],
          ...input,
        }),
      );
    await expect(create({})).rejects.toMatchObject(refused);
    await expect(create({ frequency: 'MONTHLY', dayOfMonth: '32' })).rejects.toMatchObject(refused);
    await expect(create({ scheduledAuditName, dayOfWeek: 'MON' })).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });

  documented('General Reference, "AWS IoT Device Defender quotas"', 'is the fifth at most', async () => {
    const create = (name: string) =>
      iot.send(
        new CreateScheduledAuditCommand({ scheduledAuditName: name, frequency: 'DAILY', targetCheckNames: ['LOGGING_DISABLED_CHECK'] }),
      );
    for (const name of ['b', 'c', 'd', 'e']) await create(name);
    await expect(create('f')).rejects.toMatchObject({ name: 'LimitExceededException' });
    await iot.send(new DeleteScheduledAuditCommand({ scheduledAuditName: 'e' }));
    await create('f');
  });

  documented('API reference, DeleteAccountAuditConfiguration', 'goes with the configuration where that is wanted', async () => {
    await iot.send(new DeleteAccountAuditConfigurationCommand({ deleteScheduledAudits: true }));
    expect((await iot.send(new ListScheduledAuditsCommand({}))).scheduledAudits).toEqual([]);
    expect((await iot.send(new DescribeAccountAuditConfigurationCommand({}))).roleArn).toBeUndefined();
    await expect(iot.send(new DeleteAccountAuditConfigurationCommand({}))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
