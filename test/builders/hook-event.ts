import { aCertificateId } from './identifiers.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:hook:live';

export const CLIENT_ID = 'muster-claim-sensor-0123456789abcdef0123456789abcdef';

/** What AWS IoT sends to a hook (DG:pre-provisioning-hook). */
export const aHookEvent = (certificatePem: string, more: Readonly<Record<string, unknown>> = {}) => ({
  claimCertificateId: aCertificateId('claim'),
  certificateId: aCertificateId('device'),
  certificatePem,
  templateArn: 'arn:aws:iot:eu-west-1:111122223333:provisioningtemplate/muster-sensor',
  clientId: CLIENT_ID,
  parameters: { SerialNumber: 'SN-1' },
  ...more,
});
