import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { createCloudWatchClaimAlarmRemoval } from '../../aws/cloudwatch-claim-alarms.ts';
import { createCloudWatchClaimGauge } from '../../aws/cloudwatch-claim-gauge.ts';
import { createDynamoDbClaimConnections } from '../../aws/dynamodb-claim-connections.ts';
import { createDynamoDbClaimStore } from '../../aws/dynamodb-claim-store.ts';
import { createDynamoDbClient } from '../../aws/dynamodb-client.ts';
import { createIotClaimCertificates } from '../../aws/iot-claim-certificates.ts';
import { createIotConnections } from '../../aws/iot-connections.ts';
import { createStdoutAuditLog } from '../../aws/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { createClaimSweep } from './claim-sweep.ts';
import { parseEnvironment } from './environment.ts';

const environment = parseEnvironment(process.env);
const dynamoDb = createDynamoDbClient();
const cloudWatch = new CloudWatchClient();

export const handler = createClaimSweep({
  claims: createDynamoDbClaimStore(dynamoDb, environment.TABLE_NAME),
  claimConnections: createDynamoDbClaimConnections(dynamoDb, environment.TABLE_NAME),
  claimAlarms: createCloudWatchClaimAlarmRemoval(cloudWatch, environment.PREFIX),
  claimGauge: createCloudWatchClaimGauge(cloudWatch, environment.PREFIX),
  // AWS IoT takes a few control-plane calls a second from a whole account; nobody waits for this.
  certificates: createIotClaimCertificates(new IoTClient({ maxAttempts: 8 })),
  connectionEnding: createIotConnections(new IoTDataPlaneClient()),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
});
