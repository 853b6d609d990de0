import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { openSweepPorts } from '../../aws/open/claim-ports.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { createClaimSweep } from './claim-sweep.ts';
import { parseEnvironment } from './environment.ts';

const { PREFIX: prefix, TABLE_NAME: tableName, IS_AUDITED: isAudited } = parseEnvironment(process.env);

export const handler = createClaimSweep({
  ...openSweepPorts({ prefix, isAudited: isAudited === 'true' }, { dynamoDb: createDynamoDbClient(), tableName }),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
});
