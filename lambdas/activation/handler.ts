import { createDynamoDbClient } from '../../aws/dynamodb-client.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb-enrollment-store.ts';
import { createIotCertificateRetirement } from '../../aws/iot-certificate-retirement.ts';
import { createStdoutAuditLog } from '../../aws/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { createActivation } from './activation.ts';
import { parseEnvironment } from './environment.ts';

const environment = parseEnvironment(process.env);

export const handler = createActivation({
  store: createDynamoDbEnrollmentStore({ client: createDynamoDbClient(), tableName: environment.TABLE_NAME }),
  retirement: createIotCertificateRetirement(),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
});
