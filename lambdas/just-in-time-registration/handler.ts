import { serialNumberIn, verifyIntroduction } from '../../approaches/pki/verify.ts';
import { createDynamoDbAnnouncementStore } from '../../aws/dynamodb/announcement-store.ts';
import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb/enrollment-store.ts';
import { createDynamoDbVendorCaStore } from '../../aws/dynamodb/vendor-ca-store.ts';
import { openEntrancePorts } from '../../aws/open/entrance-ports.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { parseEnvironment, readLineSettings } from './environment.ts';
import { createJustInTimeRegistration } from './just-in-time-registration.ts';

const environment = parseEnvironment(process.env);
const dynamoDb = createDynamoDbClient();
const tableName = environment.TABLE_NAME;

export const handler = createJustInTimeRegistration({
  approach: 'pki',
  verify: verifyIntroduction,
  serialNumberIn,
  deployment: { prefix: environment.PREFIX, topicPrefix: environment.TOPIC_PREFIX },
  lines: readLineSettings(process.env['LINE_SETTINGS']),
  store: createDynamoDbEnrollmentStore({ client: dynamoDb, tableName }),
  vendorCas: createDynamoDbVendorCaStore(dynamoDb, tableName),
  announcements: createDynamoDbAnnouncementStore(dynamoDb, tableName),
  ...openEntrancePorts(),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
});
