import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbClaimConnections } from '../../aws/dynamodb/claim-connections.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { createClaimConnectionsHandler } from './claim-connections.ts';
import { parseEnvironment } from './environment.ts';

const environment = parseEnvironment(process.env);

export const handler = createClaimConnectionsHandler({
  claimConnections: createDynamoDbClaimConnections(createDynamoDbClient(), environment.TABLE_NAME),
  faults: stderrFaultLog,
});
