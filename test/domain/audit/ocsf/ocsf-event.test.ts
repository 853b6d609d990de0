import * as fc from 'fast-check';
import { type AuditEvent, auditCodes } from '../../../../domain/audit-event.ts';
import { ocsfEvent } from '../../../../domain/audit/ocsf/ocsf-event.ts';
import { anyEvent } from '../../../builders/any-event.ts';
import { anEvent, NOON } from '../../../builders/enrollment.ts';
import { aClaimName, aLine, aSerial, aTenant } from '../../../builders/identifiers.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (event: Json, path: string): unknown =>
  path.split('.').reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), event);

// What OCSF 1.5.0 requires of every event, of each class and of the objects in it; of a list in a list, one.
const always = [
  ...['activity_id', 'category_uid', 'class_uid', 'severity_id', 'time', 'type_uid'],
  ...['metadata.version', 'metadata.product.name'],
];
const required: Readonly<Record<number, readonly (string | readonly string[])[]>> = {
  2004: ['finding_info.uid', 'device.type_id', ['device.uid', 'device.name']],
  3001: [
    ['user.uid', 'user.name'],
    ['actor.user.uid', 'actor.app_name'],
  ],
  3002: [
    ['user.uid', 'user.name'],
    ['service.name', 'dst_endpoint.uid'],
  ],
  3004: [
    ['entity.uid', 'entity.name'],
    ['actor.user.uid', 'actor.app_name'],
  ],
  6003: ['api.operation', ['src_endpoint.uid', 'src_endpoint.name'], ['actor.user.uid', 'actor.app_name']],
};

const missingIn = (event: Json): readonly string[] =>
  [...always, ...(required[Number(event['class_uid'])] ?? ['a class that is known'])]
    .filter((paths) => [paths].flat().every((path) => at(event, path) === undefined || at(event, path) === ''))
    .map(String);

const rich = (code: AuditEvent['code']): AuditEvent =>
  anEvent({ code, line: aLine(), tenant: aTenant(), serialNumber: aSerial(), claim: aClaimName(), correlationId: 'attempt-1' });

describe('An audit event in OCSF', () => {
  test.each(auditCodes)('has everything that its class requires: %s', (code) => {
    expect(missingIn(ocsfEvent(rich(code)))).toEqual([]);
    expect(missingIn(ocsfEvent(anEvent({ code })))).toEqual([]);
  });

  test('has that whatever is known of it, and numbers that fit each other', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const written = ocsfEvent(event);
        const numbers = ['class_uid', 'activity_id', 'type_uid', 'category_uid'].map((name) => Number(written[name]));
        const [classUid = 0, activity = 0, type, category] = numbers;
        expect(missingIn(written)).toEqual([]);
        expect([type, category]).toEqual([classUid * 100 + activity, Math.floor(classUid / 1000)]);
      }),
    );
  });

  test('says of a refusal that it failed, and why', () => {
    expect(ocsfEvent(anEvent({ code: 'admission.refused', reason: 'claim-closed' }))).toMatchObject({
      ...{ class_name: 'Entity Management', activity_name: 'Enroll', type_uid: 300_406 },
      ...{ status: 'Failure', status_detail: 'claim-closed', severity: 'Low', time: NOON },
    });
    expect(ocsfEvent(rich('admission.held'))).toMatchObject({ status: 'Held', status_id: 99 });
    expect(ocsfEvent(rich('admission.granted'))).toMatchObject({ status: 'Success', entity: { type: 'Device', name: 'SN-1' } });
  });

  test('is a finding where somebody must look, until it was put right', () => {
    expect(ocsfEvent(rich('device.contested'))).toMatchObject({ class_uid: 2004, severity: 'High', status: 'New', is_alert: true });
    const repaired = anEvent({ code: 'reconciliation.repaired', finding: 'orphan-certificate' });
    expect(ocsfEvent(repaired)).toMatchObject({ activity_name: 'Close', status: 'Resolved', is_alert: false });
  });

  test.each([
    ['DescribeThing', 'Read'],
    ['CreateThing', 'Create'],
    ['RegisterCertificateWithoutCA', 'Create'],
    ['UpdateCertificate', 'Update'],
    ['AttachPolicy', 'Update'],
    ['DeleteThing', 'Delete'],
    [undefined, 'Other'],
  ])('tells of a call of AWS what it does: %s', (operation, activity) => {
    const event = anEvent({ code: 'aws.called', awsService: 'iot.amazonaws.com', ...(operation === undefined ? {} : { operation }) });
    expect(ocsfEvent(event)).toMatchObject({
      ...{ class_name: 'API Activity', activity_name: activity, status: 'Success' },
      api: { service: { name: 'iot.amazonaws.com' } },
    });
    expect(ocsfEvent({ ...event, awsReason: 'AccessDenied' })).toMatchObject({ status: 'Failure', status_detail: 'AccessDenied' });
  });

  test('tells where a connection came from by its digest alone', () => {
    const addressDigest = 'a'.repeat(64);
    expect(ocsfEvent(anEvent({ code: 'presence.connected', addressDigest }))).toMatchObject({ src_endpoint: { uid: addressDigest } });
  });

  test('loses nothing of the event', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(ocsfEvent(event)['unmapped']).toEqual(event);
      }),
    );
  });
});
