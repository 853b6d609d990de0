import fc from 'fast-check';
import * as z from 'zod/mini';
import { auditEvent } from '../../../../aws/dynamodb/audit-event-schema.ts';
import type { AuditEvent } from '../../../../domain/audit-event.ts';
import { type CallReading, callEvent, managementEvent } from '../../../../domain/audit/sources/call-event.ts';
import { logEntryEvent } from '../../../../domain/audit/sources/log-entry-event.ts';
import { lifecycleEvent, presenceEvent } from '../../../../domain/audit/sources/presence-event.ts';
import type { ToldEvent } from '../../../../domain/audit/sources/told-event.ts';
import { NOON, anEnrollment } from '../../../builders/enrollment.ts';
import { aCertificateId, aLine } from '../../../builders/identifiers.ts';
import { CLAIM_CLIENT_ID, aManagementEvent, aPresenceEvent } from '../../../builders/told.ts';

const fleet = { prefix: 'muster', lines: [aLine(), aLine('sensor-xl')], clientIdLines: [{ name: aLine(), clientIdPath: 'plant/one' }] };
const calls: CallReading = { ...fleet, ownMarks: ['musterdata-', 'key-1'], ownRoles: ['MusterData-', 'MusterOnboarding-'] };
const { thingName, serialNumber, line } = anEnrollment();

const presenceOf = (more: object = {}, isOfDevices = false): ToldEvent | undefined =>
  presenceEvent(z.parse(lifecycleEvent, aPresenceEvent({ ...more })), { ...fleet, isOfDevices });
const callOf = (more: object = {}): AuditEvent | undefined =>
  callEvent(z.parse(managementEvent, aManagementEvent({ ...more })), calls)?.event;
const logged = (message: object, id = '37'): ToldEvent | undefined => logEntryEvent({ id, timestamp: NOON, message }, fleet);

describe('A lifecycle event', () => {
  test('of a claim carries its client id as the correlation id, and its address beside the event', () => {
    expect(presenceOf()).toEqual({
      event: {
        ...{ schemaVersion: 1, id: expect.stringMatching(/^presence-[0-9a-f]{32}$/) as unknown, at: NOON, code: 'presence.connected' },
        ...{ actor: { kind: 'device' }, line: aLine(), correlationId: CLAIM_CLIENT_ID, claimCertificateId: aCertificateId('claim') },
      },
      address: '192.0.2.7',
    });
  });

  test('is the same event when it is told again, and another for another connection or its end', () => {
    const ids = [{}, { ipAddress: undefined }, { versionNumber: 2 }, { sessionIdentifier: 'other' }, { eventType: 'disconnected' }].map(
      (more) => presenceOf(more)?.event.id,
    );
    expect([ids[0] === ids[1], new Set(ids).size]).toEqual([true, 4]);
  });

  test('of the end of a connection says why it ended', () => {
    const { event } = presenceOf({ eventType: 'disconnected', disconnectReason: 'MQTT_KEEP_ALIVE_TIMEOUT', ipAddress: undefined }) ?? {};
    expect(event).toMatchObject({ code: 'presence.disconnected', awsReason: 'MQTT_KEEP_ALIVE_TIMEOUT' });
  });

  test('of a device is on record where devices are to be, by its thing and its serial number', () => {
    const byPath = { clientId: 'plant/one/SN-1', principalIdentifier: aCertificateId('first') };
    expect(presenceOf(byPath)).toBeUndefined();
    expect(presenceOf(byPath, true)?.event).toMatchObject({ thingName, serialNumber, line, certificateId: aCertificateId('first') });
    expect(presenceOf({ clientId: '$GEN/a', thingName }, true)?.event).toMatchObject({ thingName, serialNumber });
  });

  test('of the longer of two lines is not taken for the shorter', () => {
    expect(presenceOf({ clientId: 'muster-claim-sensor-xl-Ab12' })?.event.line).toBe('sensor-xl');
  });

  test.each([
    'someone',
    'muster-claim-unknown-abc',
    'muster-claim-sensor-\u001B[2J',
    'muster-claim-sensor-',
    `muster-claim-sensor-${'x'.repeat(65)}`,
  ])('of %j is of nobody of ours', (clientId) => {
    expect(presenceOf({ clientId }, true)).toBeUndefined();
  });
});

describe('An entry of AWS IoT’s log', () => {
  const entry = { status: 'Failure', eventType: 'ProvisionDevice', clientId: CLAIM_CLIENT_ID, principalId: aCertificateId('claim') };

  test('about a claim that failed carries the correlation id, the template, the certificate and the reason', () => {
    const about = {
      deviceCertificateId: aCertificateId('first'),
      provisioningTemplateName: 'muster-sensor',
      reason: 'AUTHORIZATION_FAILURE',
    };
    expect(logged({ ...entry, ...about, sourceIp: '2001:db8::1' })).toEqual({
      event: {
        ...{ schemaVersion: 1, id: 'iot-log-37', at: NOON, code: 'iot.logged', actor: { kind: 'device' }, operation: 'ProvisionDevice' },
        ...{ awsReason: 'AUTHORIZATION_FAILURE', resource: 'muster-sensor', certificateId: aCertificateId('first') },
        ...{ line, correlationId: CLAIM_CLIENT_ID, claimCertificateId: aCertificateId('claim') },
      },
      address: '2001:db8::1',
    });
  });

  test('about provisioning, which names no client, is ours by its template', () => {
    const told = { status: 'Failure', eventType: 'ProvisionDevice', deviceCertificateId: aCertificateId('first'), reason: 'hook-denied' };
    expect(logged({ ...told, provisioningTemplateName: 'muster-sensor' })?.event).toMatchObject({
      ...{ actor: { kind: 'service', name: 'iot.amazonaws.com' }, line, resource: 'muster-sensor', certificateId: aCertificateId('first') },
    });
    expect(logged({ ...told, provisioningTemplateName: 'other-sensor' })).toBeUndefined();
  });

  test.each([
    ['that succeeded', { ...entry, status: 'Success' }],
    ['of a stranger', { ...entry, clientId: 'someone' }],
    ['that is none', { a: 1 }],
  ])('%s is not on record', (_what, message) => {
    expect(logged(message)).toBeUndefined();
  });
});

describe('A call', () => {
  test('of AWS IoT with the provisioning role is AWS IoT’s, and names the certificate', () => {
    expect(callOf()).toEqual({
      ...{ schemaVersion: 1, id: 'trail-7d1f1e80-0000-4000-8000-000000000000', at: Date.UTC(2026, 10, 22, 12), code: 'aws.called' },
      ...{ actor: { kind: 'service', name: 'iot.amazonaws.com' }, awsService: 'iot.amazonaws.com', operation: 'UpdateCertificate' },
      ...{ resource: aCertificateId('first'), certificateId: aCertificateId('first') },
    });
  });

  test('names the certificate wherever AWS names it: as an ARN, and in the answer', () => {
    const arn = `arn:aws:iot:us-east-1:123456789012:cert/${aCertificateId('first')}`;
    const attached = callOf({ eventName: 'AttachThingPrincipal', requestParameters: { principal: arn, thingName } });
    expect(attached).toMatchObject({ certificateId: aCertificateId('first'), thingName, serialNumber, line });
    const made = {
      eventName: 'CreateKeysAndCertificate',
      requestParameters: null,
      responseElements: { certificateId: aCertificateId('first') },
    };
    expect(callOf(made)?.certificateId).toBe(aCertificateId('first'));
  });

  test.each([
    ['an operator', { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ann' }, { kind: 'operator', arn: 'arn:aws:iam::1:user/ann' }],
    [
      'a role of somebody',
      { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/Admin/ann' },
      { kind: 'operator', arn: 'arn:aws:sts::1:assumed-role/Admin/ann' },
    ],
    [
      'a function of ours',
      { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/MusterData-Up-1/f' },
      { kind: 'service', name: 'MusterData-Up-1' },
    ],
    ['a service', { type: 'AWSService', invokedBy: 'dynamodb.amazonaws.com' }, { kind: 'service', name: 'dynamodb.amazonaws.com' }],
    [
      'somebody through CloudFormation',
      { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ann', invokedBy: 'cloudformation.amazonaws.com' },
      { kind: 'operator', arn: 'arn:aws:iam::1:user/ann' },
    ],
  ])('by %s says so', (_who, userIdentity, actor) => {
    expect(callOf({ userIdentity })?.actor).toEqual(actor);
  });

  test.each([
    ['on a table', 'dynamodb.amazonaws.com', 'UpdateTable', { tableName: 'MusterData-Enrollments-1' }],
    ['on a bucket', 's3.amazonaws.com', 'PutBucketPolicy', { bucketName: 'musterdata-archive-1' }],
    ['on the key', 'kms.amazonaws.com', 'ScheduleKeyDeletion', { keyId: 'key-1' }],
    ['on a policy', 'iot.amazonaws.com', 'CreatePolicyVersion', { policyName: 'muster-device-sensor' }],
    ['on an alias', 'kms.amazonaws.com', 'UpdateAlias', { aliasName: 'alias/muster-psk-sensor-1' }],
    ['on what goes for the account', 'iot.amazonaws.com', 'SetV2LoggingOptions', { disableAllLogs: true }],
  ])('%s of ours is on record, and of somebody else’s is not', (_what, eventSource, eventName, requestParameters) => {
    const userIdentity = { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ann' };
    expect(callOf({ eventSource, eventName, requestParameters, userIdentity, errorCode: 'AccessDenied' })).toMatchObject({
      operation: eventName,
      awsReason: 'AccessDenied',
    });
    expect(
      callOf({ eventSource, eventName: 'TagResource', requestParameters: { resourceArn: 'arn:aws:x:::other' }, userIdentity }),
    ).toBeUndefined();
  });
});

test('Whatever a device calls itself, and whatever AWS tells of it, an event that comes of it is one of ours', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('=1+1', '<b>', '\u001B[31m', '"}\n{"auditEvent":', CLAIM_CLIENT_ID, thingName),
  );
  const check = (told: ToldEvent | undefined): void => {
    if (told !== undefined) expect(z.safeParse(auditEvent, told.event).success).toBe(true);
    expect(JSON.stringify(told?.event ?? {})).not.toContain('\u001B');
  };
  fc.assert(
    fc.property(anyText, anyText, anyText, (clientId, text, reason) => {
      const presence = z.safeParse(
        lifecycleEvent,
        aPresenceEvent({ clientId, thingName: text, principalIdentifier: text, ipAddress: text, disconnectReason: reason }),
      ).data;
      if (presence !== undefined) check(presenceEvent(presence, { ...fleet, isOfDevices: true }));
      check(
        logged({
          status: 'Failure',
          eventType: reason,
          clientId,
          principalId: text,
          details: reason,
          sourceIp: text,
          provisioningTemplateName: `muster-${text.replaceAll('\u001B', '')}`,
        }),
      );
      const call = z.safeParse(
        managementEvent,
        aManagementEvent({ eventName: reason, errorCode: text, requestParameters: { thingName: clientId, certificateId: text } }),
      ).data;
      if (call !== undefined) check(callEvent(call, calls));
    }),
  );
});
