import { openCompletenessPorts } from '../../aws/open/completeness-ports.ts';
import { createStdoutAuditGauge } from '../../aws/cloudwatch/stdout-audit-gauge.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { createAuditCompleteness } from './audit-completeness.ts';
import { parseEnvironment } from './environment.ts';

const { STAGING_BUCKET_NAME: stagingBucketName, PREFIX: prefix, HOOK_NAME: hookName } = parseEnvironment(process.env);

export const handler = createAuditCompleteness({
  ...openCompletenessPorts({ stagingBucketName, prefix, hookName }),
  audit: createStdoutAuditLog(),
  gauge: createStdoutAuditGauge({ prefix, clock: systemClock }),
  clock: systemClock,
});
