import { auditedChecks } from '../../domain/defender/audited-checks.ts';
import { type Check, type DoctorContext, type Finding, ok, problem } from './check.ts';
import { isOfType } from './of-type.ts';

/** The audit configuration of Device Defender, where the configuration wants it managed: whose it is, and whether it looks at everything. */
export const deviceDefender: Check = {
  name: 'device-defender',
  phases: ['before', 'after'],
  run: async (context) => {
    if (context.configuration.accountWide.deviceDefender === undefined) return [ok('no audits of Device Defender are wanted')];
    const isOurs = (await context.deployed.resources()).some(isOfType('AWS::IoT::AccountAuditConfiguration'));
    return isOurs ? whole(context) : free(context);
  },
};

const free = async ({ account: { iot } }: DoctorContext): Promise<readonly Finding[]> => {
  const { isConfigured } = await iot.audits();
  if (!isConfigured) return [ok('nobody has configured audits of Device Defender')];
  const why = 'An account and region has one audit configuration: the deployment ends where it would make ours, and theirs stays.';
  return [problem('somebody else has configured audits of Device Defender', why, 'Talk to them, or remove accountWide.deviceDefender.')];
};

const whole = async ({ account: { iot } }: DoctorContext): Promise<readonly Finding[]> => {
  const { enabled } = await iot.audits();
  const missing = auditedChecks.filter((check) => !enabled.includes(check));
  if (missing.length === 0) return [ok('Device Defender audits everything that the deployment has')];
  const why = 'Somebody switched them off behind CloudFormation’s back, and what they would find nobody hears of.';
  return [
    problem(`Device Defender does not check ${missing.join(', ')}`, why, 'Switch them on again, in Device Defender’s audit settings.'),
  ];
};
