import type { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb/enrollment-store.ts';
import { createIotCertificateStates } from '../../aws/iot/certificate-states.ts';
import { createIotConnections } from '../../aws/iot/connections.ts';
import { createIotThingGroups } from '../../aws/iot/thing-groups.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { clientIdLinesOf } from '../../domain/client-id.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';

/** What every watch acts with. */
export const openSuspicion = (configuration: Configuration, client: ReturnType<typeof createDynamoDbClient>, tableName: string) => ({
  prefix: configuration.prefix,
  configuration,
  clientIdLines: clientIdLinesOf(configuration),
  store: createDynamoDbEnrollmentStore({ client, tableName }),
  thingGroups: createIotThingGroups(),
  certificateStates: createIotCertificateStates(),
  connectionEnding: createIotConnections(),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
});
