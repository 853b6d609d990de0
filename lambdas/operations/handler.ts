import { randomUUID } from 'node:crypto';
import { createDynamoDbClient } from '../../aws/dynamodb-client.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb-enrollment-store.ts';
import { createStdoutAuditLog } from '../../aws/stdout-audit-log.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { parseEnvironment } from './environment.ts';
import { createOperations } from './operations.ts';
import { createPerformers } from './performers.ts';
import { readScopes } from './read-scopes.ts';

const environment = parseEnvironment(process.env);
const audit = createStdoutAuditLog();

export const handler = createOperations({
  performers: createPerformers({
    prefix: environment.PREFIX,
    store: createDynamoDbEnrollmentStore({ client: createDynamoDbClient(), tableName: environment.TABLE_NAME }),
    audit,
  }),
  scopes: readScopes(process.env['OPERATOR_SCOPES']),
  audit,
  faults: stderrFaultLog,
  now: Date.now,
  newId: randomUUID,
});
