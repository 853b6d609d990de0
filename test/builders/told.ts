import { NOON } from './enrollment.ts';
import { aCertificateId } from './identifiers.ts';

/** A client id as a claim connection has it. */
export const CLAIM_CLIENT_ID = 'muster-claim-sensor-A1b2-C3d4_E5f6';

/** A lifecycle event as the rule for the record selects it (DG:life-cycle-events); of a claim unless said otherwise. */
export const aPresenceEvent = (more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ eventType: 'connected', clientId: CLAIM_CLIENT_ID, principalIdentifier: aCertificateId('claim'), timestamp: NOON },
  ...{ sessionIdentifier: 'b0a1c2d3-0000-4000-8000-000000000000', versionNumber: 1, ipAddress: '192.0.2.7', ...more },
});

/** A management event (CloudTrail User Guide, "CloudTrail record contents"); AWS IoT's, with a provisioning role, unless said otherwise. */
export const aManagementEvent = (more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ eventVersion: '1.11', eventID: '7d1f1e80-0000-4000-8000-000000000000', eventTime: '2026-11-22T12:00:00Z', readOnly: false },
  ...{ eventSource: 'iot.amazonaws.com', eventName: 'UpdateCertificate', sourceIPAddress: 'iot.amazonaws.com' },
  userIdentity: {
    ...{
      type: 'AssumedRole',
      arn: 'arn:aws:sts::123456789012:assumed-role/MusterOnboarding-Provisioning/iot',
      invokedBy: 'iot.amazonaws.com',
    },
  },
  requestParameters: { certificateId: aCertificateId('first'), newStatus: 'ACTIVE' },
  responseElements: null,
  ...more,
});

/** A management event as EventBridge hands it on. */
export const aCallOnTheBus = (more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ version: '0', id: 'a', source: 'aws.iot', 'detail-type': 'AWS API Call via CloudTrail' },
  detail: aManagementEvent(more),
});
