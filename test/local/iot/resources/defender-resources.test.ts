import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../../resource-context.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { arn } from '../control-plane/test-control-plane.ts';

const roleArn = 'arn:aws:iam::123456789012:role/audits';

const audits = {
  ...{ AccountId: '123456789012', RoleArn: roleArn },
  AuditCheckConfigurations: {
    LoggingDisabledCheck: { Enabled: true },
    IoTPolicyPotentialMisConfigurationCheck: { Enabled: true },
    DeviceCertificateAgeCheck: { Enabled: true, Configuration: { CertAgeThresholdInDays: '400' } },
  },
  AuditNotificationTargetConfigurations: { Sns: { Enabled: true, RoleArn: roleArn, TargetArn: 'arn:aws:sns:eu-central-1:123456789012:t' } },
};

const open = () => {
  const plane = createIotControlPlane({
    account: testAccount,
    clock: new ManualClock(testStartMs),
    behaviour: createBehaviour({ 'defender.detect': 'open' }),
  });
  return { ...plane, provider: (type: string) => providerOf(plane.resources, `AWS::IoT::${type}`) };
};

const refusal = (code: string) => expect.objectContaining({ code }) as unknown;

describe('AWS::IoT::AccountAuditConfiguration', () => {
  test('is created, changed so that the template says all, and deleted', async () => {
    const { client, defender, provider } = open();
    const resource = provider('AccountAuditConfiguration');
    const state = await resource.create(audits, resourceContext());
    expect(state.physicalId).toBe('123456789012');
    expect(await client.call('DescribeAccountAuditConfiguration', {})).toMatchObject({
      roleArn,
      auditNotificationTargetConfigurations: { SNS: { enabled: true } },
      auditCheckConfigurations: {
        IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK: { enabled: true },
        DEVICE_CERTIFICATE_AGE_CHECK: { enabled: true, configuration: { CERT_AGE_THRESHOLD_IN_DAYS: '400' } },
      },
    });
    defender.settings.set('CONFLICTING_CLIENT_IDS_CHECK', { isEnabled: true, configuration: {} });
    const to = { ...audits, AuditCheckConfigurations: { LoggingDisabledCheck: { Enabled: true } } };
    await resource.update(state, { from: audits, to }, resourceContext());
    expect(defender.settings.settingOf('CONFLICTING_CLIENT_IDS_CHECK').isEnabled).toBe(false);
    await resource.delete(state, to, resourceContext());
    expect(defender.settings.roleArn).toBeUndefined();
    await resource.delete(state, to, resourceContext());
  });

  test('is not made where somebody has a configuration, nor for another account', async () => {
    const { client, provider } = open();
    const resource = provider('AccountAuditConfiguration');
    await expect(resource.create({ ...audits, AccountId: '210987654321' }, resourceContext())).rejects.toEqual(refusal('InvalidRequest'));
    await client.call('UpdateAccountAuditConfiguration', { roleArn });
    await expect(resource.create(audits, resourceContext())).rejects.toEqual(refusal('AlreadyExists'));
  });

  test('knows no check that AWS does not have', async () => {
    const unknown = { ...audits, AuditCheckConfigurations: { NoSuchCheck: { Enabled: true } } };
    await expect(open().provider('AccountAuditConfiguration').create(unknown, resourceContext())).rejects.toEqual(
      refusal('InvalidRequest'),
    );
  });
});

describe('AWS::IoT::ScheduledAudit', () => {
  test('is created, changed and deleted, and gone is gone', async () => {
    const { defender, provider } = open();
    await provider('AccountAuditConfiguration').create(audits, resourceContext());
    const resource = provider('ScheduledAudit');
    const from = {
      ScheduledAuditName: 'daily',
      Frequency: 'DAILY',
      TargetCheckNames: ['LOGGING_DISABLED_CHECK'],
      Tags: [{ Key: 'k', Value: 'v' }],
    };
    const state = await resource.create(from, resourceContext());
    expect(state).toEqual({ physicalId: 'daily', attributes: { ScheduledAuditArn: arn('scheduledaudit/daily') } });
    const to = { ...from, Frequency: 'WEEKLY', DayOfWeek: 'SUN', Tags: [{ Key: 'k', Value: 'w' }] };
    await resource.update(state, { from, to }, resourceContext());
    expect(defender.scheduledAudits.get('daily')).toMatchObject({ frequency: { every: 'WEEKLY', dayOfWeek: 'SUN' } });
    await resource.delete(state, to, resourceContext());
    expect(defender.scheduledAudits.all()).toEqual([]);
    await resource.delete(state, to, resourceContext());
  });
});

describe('AWS::IoT::MitigationAction', () => {
  test('is created, changed and deleted, and gone is gone', async () => {
    const { defender, provider } = open();
    const resource = provider('MitigationAction');
    const from = { ActionName: 'act', RoleArn: roleArn, ActionParams: { UpdateDeviceCertificateParams: { Action: 'DEACTIVATE' } } };
    const state = await resource.create(from, resourceContext());
    expect(state).toMatchObject({ physicalId: 'act', attributes: { MitigationActionArn: arn('mitigationaction/act') } });
    const to = { ...from, ActionParams: { PublishFindingToSnsParams: { TopicArn: 'arn:aws:sns:eu-central-1:123456789012:t' } } };
    await resource.update(state, { from, to }, resourceContext());
    expect(defender.mitigationActions.get('act')).toMatchObject({
      kind: 'PUBLISH_FINDING_TO_SNS',
      params: { topicArn: 'arn:aws:sns:eu-central-1:123456789012:t' },
    });
    await resource.delete(state, to, resourceContext());
    expect(defender.mitigationActions.size).toBe(0);
    await resource.delete(state, to, resourceContext());
  });
});

describe('AWS::IoT::SecurityProfile', () => {
  test('is created, changed and deleted with its targets, and gone is gone', async () => {
    const { client, defender, provider } = open();
    const resource = provider('SecurityProfile');
    for (const thingGroupName of ['one', 'two']) await client.call('CreateThingGroup', { thingGroupName });
    const Criteria = { ComparisonOperator: 'less-than-equals', Value: { Count: '20' }, DurationSeconds: 300 };
    const from = {
      SecurityProfileName: 'calm',
      Behaviors: [{ Name: 'attempts', Metric: 'aws:num-connection-attempts', Criteria }],
      AlertTargets: { SNS: { AlertTargetArn: 'arn:aws:sns:eu-central-1:123456789012:t', RoleArn: roleArn } },
      TargetArns: [arn('thinggroup/one')],
    };
    const state = await resource.create(from, resourceContext());
    expect(state).toEqual({ physicalId: 'calm', attributes: { SecurityProfileArn: arn('securityprofile/calm') } });
    const to = { ...from, TargetArns: [arn('thinggroup/two')] };
    await resource.update(state, { from, to }, resourceContext());
    expect(defender.detection.profiles.get('calm')).toMatchObject({ targets: [arn('thinggroup/two')], behaviors: [{ count: 20 }] });
    await resource.delete(state, to, resourceContext());
    expect(defender.detection.profiles.size).toBe(0);
    await resource.delete(state, to, resourceContext());
  });
});
