import { randomUUID } from 'node:crypto';
import { openPlannerPorts } from '../../aws/open/planner-ports.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { createStdoutFleetGauge } from '../../aws/cloudwatch/stdout-fleet-gauge.ts';
import { rotationIdOf } from '../../domain/rotation/rotation-name.ts';
import { readBuiltConfiguration } from '../operations/built-configuration.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { nextCredentialIn } from './next-credential.ts';
import { parseEnvironment, parseRotations } from './environment.ts';
import { createRotationPlanner } from './rotation-planner.ts';

const { TABLE_NAME: tableName, PREFIX: prefix, THING_ARN: thingArn } = parseEnvironment(process.env);

export const handler = createRotationPlanner({
  rotations: parseRotations(process.env['LINE_ROTATIONS']),
  ...openPlannerPorts({ tableName, thingArn }),
  hasNext: nextCredentialIn(readBuiltConfiguration(process.env['CONFIGURATION'])),
  newId: () => rotationIdOf(prefix, randomUUID()),
  audit: createStdoutAuditLog(),
  gauge: createStdoutFleetGauge({ prefix, clock: systemClock }),
  faults: stderrFaultLog,
  clock: systemClock,
});
