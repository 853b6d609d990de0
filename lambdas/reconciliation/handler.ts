import { openReconciliationPorts } from '../../aws/open/reconciliation-ports.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { createStdoutFleetGauge } from '../../aws/cloudwatch/stdout-fleet-gauge.ts';
import { AUTHORITY_VARIABLE } from '../../domain/issuance/authority-variable.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { parseEnvironment, parseLines } from './environment.ts';
import { createReconciliation } from './reconciliation.ts';

const { PREFIX: prefix, TABLE_NAME: tableName, AUDIT_LOG_GROUP_NAME: logGroupName } = parseEnvironment(process.env);

export const handler = createReconciliation({
  prefix,
  ...parseLines({ lineNames: process.env['LINE_NAMES'], lineRotations: process.env['LINE_ROTATIONS'] }),
  ...openReconciliationPorts(prefix, { tableName, logGroupName, authorityArn: process.env[AUTHORITY_VARIABLE] }),
  audit: createStdoutAuditLog(),
  gauge: createStdoutFleetGauge({ prefix, clock: systemClock }),
  faults: stderrFaultLog,
  clock: systemClock,
});
