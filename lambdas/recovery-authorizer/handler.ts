import { randomUUID } from 'node:crypto';
import { recoveryProofs } from '../../approaches/pki/verify.ts';
import { createImpatientDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbRecoveryStore } from '../../aws/dynamodb/recovery-store.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { parseEnvironment, readRecoveryLines } from './environment.ts';
import { createRecoveryAuthorizer } from './recovery-authorizer.ts';

const environment = parseEnvironment(process.env);

export const handler = createRecoveryAuthorizer({
  prefix: environment.PREFIX,
  lines: readRecoveryLines(process.env['RECOVERY_LINES']),
  scope: { partition: environment.PARTITION, region: environment.AWS_REGION, account: environment.ACCOUNT },
  store: createDynamoDbRecoveryStore(createImpatientDynamoDbClient(), environment.TABLE_NAME),
  proofs: recoveryProofs,
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
  newId: randomUUID,
  refusalFloorMs: environment.REFUSAL_FLOOR_MS,
});
