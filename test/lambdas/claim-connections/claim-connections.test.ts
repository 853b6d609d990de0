import { createClaimConnectionsHandler } from '../../../lambdas/claim-connections/claim-connections.ts';
import type { SQSRecord } from 'aws-lambda';
import { aCertificateId } from '../../builders/identifiers.ts';
import { claimCloud } from '../../fakes/claim-cloud.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';

const aRecord = (messageId: string, body: string): SQSRecord => ({ messageId, body }) as SQSRecord;

const seen = (clientId: string, more: object = {}): string =>
  JSON.stringify({ clientId, principalIdentifier: aCertificateId('claim'), ipAddress: '192.0.2.7', timestamp: 17, ...more });

describe('Taking note of connections under claims', () => {
  test('records certificate, client id, time and address', async () => {
    const { resources, connections } = claimCloud();
    const handler = createClaimConnectionsHandler({ ...resources, faults: recordedFaultLog() });
    const answer = await handler({
      Records: [aRecord('1', seen('muster-claim-a')), aRecord('2', seen('muster-claim-b', { ipAddress: undefined }))],
    });
    expect(connections).toEqual([
      { certificateId: aCertificateId('claim'), clientId: 'muster-claim-a', at: 17, address: '192.0.2.7' },
      { certificateId: aCertificateId('claim'), clientId: 'muster-claim-b', at: 17 },
    ]);
    expect(answer.batchItemFailures).toEqual([]);
  });

  test('gives back what is no lifecycle event, and leaves out who came without a certificate', async () => {
    const { resources, connections } = claimCloud();
    const handler = createClaimConnectionsHandler({ ...resources, faults: recordedFaultLog() });
    const answer = await handler({ Records: [aRecord('1', 'no JSON'), aRecord('2', seen('x', { principalIdentifier: 'AROA:someone' }))] });
    expect(connections).toEqual([]);
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
  });

  test('gives the whole batch back when it cannot be written', async () => {
    const faults = recordedFaultLog();
    const claimConnections = { record: () => Promise.reject(new Error('throttled')) };
    const answer = await createClaimConnectionsHandler({ claimConnections, faults })({ Records: [aRecord('1', seen('a'))] });
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
    expect(faults.faults).toHaveLength(1);
  });
});
