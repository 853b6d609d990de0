import { openStagingWriter } from '../../aws/s3/staging-writer.ts';
import { createStdoutAuditGauge } from '../../aws/cloudwatch/stdout-audit-gauge.ts';
import { systemClock } from '../middleware/clock.ts';
import { createAuditIntake } from './audit-intake.ts';
import { parseEnvironment } from './environment.ts';

const { STAGING_BUCKET_NAME: bucket, PREFIX: prefix } = parseEnvironment(process.env);

export const handler = createAuditIntake({
  staging: openStagingWriter(bucket),
  gauge: createStdoutAuditGauge({ prefix, clock: systemClock }),
});
