import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { IoTClient, UpdateAccountAuditConfigurationCommand } from '@aws-sdk/client-iot';
import { auditedChecks } from '../../../domain/defender/audited-checks.ts';
import { deviceDefender } from '../../../cli/doctor/device-defender.ts';
import type { DoctorContext } from '../../../cli/doctor/check.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';

const managed = { accountWide: { deviceDefender: 'manage' } };

let account: DoctoredAccount;
let iot: IoTClient;
beforeAll(async () => {
  account = await openDoctoredAccount();
  iot = new IoTClient({ ...account.config, maxAttempts: 12 });
});
afterAll(async () => {
  iot.destroy();
  await account.aws.stop();
});

const found = async (check: string, configuration: object = managed): Promise<readonly string[]> =>
  (await account.examine(check, { phase: 'before', configuration })).map(({ level, what }) => `${level}: ${what}`);

describe('Of audits the doctor', () => {
  test('does not ask where nobody wants them managed', async () => {
    expect(await found('device-defender', {})).toEqual(['ok: no audits of Device Defender are wanted']);
  });

  test('says that nobody has them, and when somebody has', async () => {
    expect(await found('device-defender')).toEqual(['ok: nobody has configured audits of Device Defender']);
    const iam = new IAMClient(account.config);
    const Statement = [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'audits', AssumeRolePolicyDocument }));
    iam.destroy();
    const auditCheckConfigurations = { DEVICE_CERTIFICATE_SHARED_CHECK: { enabled: true } };
    await iot.send(new UpdateAccountAuditConfigurationCommand({ roleArn: Role?.Arn, auditCheckConfigurations }));
    expect(await found('device-defender')).toEqual(['problem: somebody else has configured audits of Device Defender']);
    expect(await found('account-switches', {})).toEqual(['note: the audit looks for certificates that are shared']);
    expect(await found('account-switches')).toEqual(['ok: no account-wide setting of AWS IoT reaches into this deployment']);
  });

  test('names the checks that somebody switched off once they are ours', async () => {
    const resource = { stack: 's', logicalId: 'l', physicalId: 'p', type: 'AWS::IoT::AccountAuditConfiguration' };
    const judged = async (enabled: readonly string[]) => {
      const context = {
        configuration: parseConfiguration(managed, ['pki']),
        deployed: { resources: () => Promise.resolve([resource]) },
        account: { iot: { audits: () => Promise.resolve({ isConfigured: true, enabled }) } },
      } as unknown as DoctorContext; // what else there is, it does not look at
      return (await deviceDefender.run(context)).map(({ level, what }) => `${level}: ${what}`);
    };
    expect(await judged(auditedChecks)).toEqual(['ok: Device Defender audits everything that the deployment has']);
    expect(await judged(auditedChecks.slice(1))).toEqual(['problem: Device Defender does not check CA_CERTIFICATE_EXPIRING_CHECK']);
  });
});
