import { createDynamoDbClient } from '../../aws/dynamodb-client.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb-enrollment-store.ts';
import { createDynamoDbTakeOverStore } from '../../aws/dynamodb-take-over-store.ts';
import { createIotCertificateStates } from '../../aws/iot-certificate-states.ts';
import { createIotConnectionLook } from '../../aws/iot-connection-look.ts';
import { createIotConnections } from '../../aws/iot-connections.ts';
import { createIotThingGroups } from '../../aws/iot-thing-groups.ts';
import { createStdoutAuditLog } from '../../aws/stdout-audit-log.ts';
import { clientIdLinesOf } from '../../domain/client-id.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { readBuiltConfiguration } from '../operations/built-configuration.ts';
import { createCloneWatch } from './clone-watch.ts';
import { parseEnvironment } from './environment.ts';

const { TABLE_NAME: tableName } = parseEnvironment(process.env);
const configuration = readBuiltConfiguration(process.env['CONFIGURATION']);
const client = createDynamoDbClient();

export const handler = createCloneWatch({
  prefix: configuration.prefix,
  configuration,
  clientIdLines: clientIdLinesOf(configuration),
  actionOf: (line) => configuration.lines.find(({ name }) => name === line)?.triggers.cloneSuspected ?? 'alarm',
  store: createDynamoDbEnrollmentStore({ client, tableName }),
  takeOvers: createDynamoDbTakeOverStore(client, tableName),
  connections: createIotConnectionLook(),
  thingGroups: createIotThingGroups(),
  certificateStates: createIotCertificateStates(),
  connectionEnding: createIotConnections(),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
});
