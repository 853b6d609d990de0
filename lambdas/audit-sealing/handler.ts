import { openSealingPorts } from '../../aws/open/sealing-ports.ts';
import { createStdoutAuditGauge } from '../../aws/cloudwatch/stdout-audit-gauge.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { createAuditSealing } from './audit-sealing.ts';
import { parseEnvironment } from './environment.ts';
import { RecentlySealed } from './recently-sealed.ts';

const environment = parseEnvironment(process.env);
const { PUBLISH_BUCKET_NAME: published } = environment;
const ports = openSealingPorts({
  stagingBucketName: environment.STAGING_BUCKET_NAME,
  archiveBucketName: environment.ARCHIVE_BUCKET_NAME,
  signingKeyArn: environment.SIGNING_KEY_ARN,
  publish: published === undefined ? undefined : { bucketName: published, prefix: environment.PREFIX },
});

export const handler = createAuditSealing({
  ...ports,
  recent: new RecentlySealed(ports.archive),
  gauge: createStdoutAuditGauge({ prefix: environment.PREFIX, clock: systemClock }),
  faults: stderrFaultLog,
  clock: systemClock,
  periodMs: environment.SEAL_MINUTES * 60_000,
});
