import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { ClaimConnections } from '../../domain/claim/claim-ports.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { readConnections } from './read-connections.ts';

export interface ClaimConnectionsProps {
  readonly claimConnections: Pick<ClaimConnections, 'record'>;
  readonly faults: FaultLog;
}

/** Takes note of connections under claims, by which closing finds them and a squatter's address is known. A message that comes twice changes nothing. */
export const createClaimConnectionsHandler =
  ({ claimConnections, faults }: ClaimConnectionsProps) =>
  async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const { connections, unreadable } = readConnections(Records);
    try {
      await claimConnections.record(connections);
    } catch (fault) {
      faults.report(fault);
      return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    }
    return { batchItemFailures: unreadable.map((itemIdentifier) => ({ itemIdentifier })) };
  };
