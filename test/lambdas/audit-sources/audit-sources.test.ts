import type { AddressBook } from '../../../domain/audit/sources/address-digest.ts';
import { addressDigestOf } from '../../../domain/audit/sources/address-digest.ts';
import { createAuditSources } from '../../../lambdas/audit-sources/audit-sources.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aCertificateId, aLine } from '../../builders/identifiers.ts';
import { anSqsRecord } from '../../builders/lifecycle-event.ts';
import { aLogDelivery } from '../../builders/log-delivery.ts';
import { CLAIM_CLIENT_ID, aCallOnTheBus, aPresenceEvent } from '../../builders/told.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';

const reading = { prefix: 'muster', lines: [aLine()], clientIdLines: [], ownMarks: [], ownRoles: ['Muster'], isOfDevices: false };
const addresses: Pick<AddressBook, 'keep'> = {
  keep: (entries) =>
    Promise.resolve(new Map(entries.map(({ eventId, address }) => [eventId, addressDigestOf(Buffer.from(eventId), address)]))),
};

const sources = (more: { readonly addresses?: Pick<AddressBook, 'keep'> } = {}) => {
  const [auditLog, faults] = [recordedAuditLog(), recordedFaultLog()];
  return { auditLog, faults, handle: createAuditSources({ reading, addresses, auditLog, faults, ...more }) };
};

describe('What AWS tells of the fleet', () => {
  test('is put on record from the queue: connections with the digest of their address, and calls', async () => {
    const { auditLog, handle } = sources();
    const answer = await handle({ Records: [anSqsRecord(aPresenceEvent(), '1'), anSqsRecord(aCallOnTheBus(), '2')] });
    expect(answer.batchItemFailures).toEqual([]);
    expect(auditLog.events).toMatchObject([
      { code: 'presence.connected', correlationId: CLAIM_CLIENT_ID, addressDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
      { code: 'aws.called', certificateId: aCertificateId('first') },
    ]);
    expect(JSON.stringify(auditLog.events)).not.toContain('192.0.2.7');
  });

  test('is the same, told twice, late or in another order', async () => {
    const [once, again] = [sources(), sources()];
    const told = [aPresenceEvent(), aPresenceEvent({ eventType: 'disconnected' }), aCallOnTheBus()].map((body, at) =>
      anSqsRecord(body, String(at)),
    );
    await once.handle({ Records: told });
    await again.handle({ Records: [...told].reverse() });
    await again.handle({ Records: told });
    const distinct = new Map(again.auditLog.events.map((event) => [event.id, event]));
    expect([...distinct.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      once.auditLog.events.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  test('comes again where its address could not be kept, or where it cannot be read, and the rest does not', async () => {
    const broken = { keep: () => Promise.reject(new Error('throttled')) };
    const { auditLog, faults, handle } = sources({ addresses: broken });
    const answer = await handle({
      Records: [
        anSqsRecord(aPresenceEvent(), '1'),
        anSqsRecord('no JSON', '2'),
        anSqsRecord(aCallOnTheBus(), '3'),
        anSqsRecord(aPresenceEvent({ clientId: 'else' }), '4'),
      ],
    });
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }, { itemIdentifier: '2' }]);
    expect([auditLog.events.length, faults.faults.length]).toEqual([1, 1]);
  });

  test('is put on record from AWS IoT’s log, where something failed', async () => {
    const message = JSON.stringify({ status: 'Failure', eventType: 'Connect', clientId: CLAIM_CLIENT_ID, reason: 'AUTHORIZATION_FAILURE' });
    const { auditLog, handle } = sources();
    await handle(
      aLogDelivery([
        { id: '1', timestamp: NOON, message },
        { id: '2', timestamp: NOON, message: 'no JSON' },
      ]),
    );
    await handle(aLogDelivery([], 'CONTROL_MESSAGE'));
    expect(auditLog.events).toMatchObject([{ id: 'iot-log-1', code: 'iot.logged', awsReason: 'AUTHORIZATION_FAILURE' }]);
    await expect(handle({ awslogs: { data: '' } })).rejects.toThrow();
  });
});
