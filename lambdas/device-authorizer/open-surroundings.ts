import { randomUUID } from 'node:crypto';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import type { Surroundings } from './create-authorizer.ts';
import { type parseDeviceAuthorizerEnvironment, readBoundaries } from './environment.ts';

/** What surrounds an authorizer that is deployed. @param boundaries `process.env['BOUNDARIES']`, which the bundler replaces where it is written so. */
export const openSurroundings = (
  environment: ReturnType<typeof parseDeviceAuthorizerEnvironment>,
  boundaries: string | undefined,
): Surroundings => ({
  topicPrefix: environment.TOPIC_PREFIX,
  scope: { partition: environment.PARTITION, region: environment.AWS_REGION, account: environment.ACCOUNT },
  boundaries: readBoundaries(boundaries),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
  newId: randomUUID,
  refusalFloorMs: environment.REFUSAL_FLOOR_MS,
});
