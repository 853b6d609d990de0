import { randomUUID } from 'node:crypto';
import { verify } from '../../approaches/pki/verify.ts';
import { createImpatientDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbAdmissionStore } from '../../aws/dynamodb/admission-store.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { parseEnvironment, readLineSettings } from './environment.ts';
import { createHook } from './hook.ts';

const environment = parseEnvironment(process.env);

export const handler = createHook({
  approach: 'pki',
  verify,
  deployment: { prefix: environment.PREFIX, topicPrefix: environment.TOPIC_PREFIX },
  lines: readLineSettings(process.env['LINE_SETTINGS']),
  store: createDynamoDbAdmissionStore({ client: createImpatientDynamoDbClient(), tableName: environment.TABLE_NAME }),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  refusalFloorMs: environment.REFUSAL_FLOOR_MS,
});
