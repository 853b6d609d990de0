import { S3Client } from '@aws-sdk/client-s3';
import { createS3StagingWriter } from '../../aws/s3-staging-writer.ts';
import { createStdoutAuditGauge } from '../../aws/stdout-audit-gauge.ts';
import { systemClock } from '../middleware/clock.ts';
import { createAuditIntake } from './audit-intake.ts';
import { parseEnvironment } from './environment.ts';

const { STAGING_BUCKET_NAME: bucket, PREFIX: prefix } = parseEnvironment(process.env);

export const handler = createAuditIntake({
  staging: createS3StagingWriter(new S3Client(), bucket),
  gauge: createStdoutAuditGauge({ prefix, clock: systemClock }),
});
