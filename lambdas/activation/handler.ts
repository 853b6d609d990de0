import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb/enrollment-store.ts';
import { createIotCertificateRetirement } from '../../aws/iot/certificate-retirement.ts';
import { createIotCertificateStates } from '../../aws/iot/certificate-states.ts';
import { createIotConnections } from '../../aws/iot/connections.ts';
import { createIotDevicePlacing } from '../../aws/iot/device-placing.ts';
import { createIotJobExecutions } from '../../aws/iot/job-executions.ts';
import { createIotThingGroups } from '../../aws/iot/thing-groups.ts';
import { openCertificateRevocation } from '../../aws/private-ca/revocation.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { AUTHORITY_VARIABLE } from '../../domain/issuance/authority-variable.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { createActivation } from './activation.ts';
import { parseEnvironment, parseLines } from './environment.ts';

const environment = parseEnvironment(process.env);

export const handler = createActivation({
  store: createDynamoDbEnrollmentStore({ client: createDynamoDbClient(), tableName: environment.TABLE_NAME }),
  retirement: createIotCertificateRetirement(undefined, openCertificateRevocation(process.env[AUTHORITY_VARIABLE])),
  groups: createIotThingGroups(),
  certificateStates: createIotCertificateStates(),
  connectionEnding: createIotConnections(),
  placing: createIotDevicePlacing(),
  jobExecutions: createIotJobExecutions(),
  prefix: environment.PREFIX,
  topicPrefix: environment.TOPIC_PREFIX,
  ...parseLines({
    lineSettings: process.env['LINE_SETTINGS'],
    clientIdLines: process.env['CLIENT_ID_LINES'],
    lineRotations: process.env['LINE_ROTATIONS'],
  }),
  ...resourceNames(environment.PREFIX),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
});
