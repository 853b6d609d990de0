import { gzipSync } from 'node:zlib';

/** What CloudWatch Logs hands to a function that is subscribed to a log group. */
export const aLogDelivery = (logEvents: readonly object[], messageType = 'DATA_MESSAGE') => ({
  awslogs: {
    data: gzipSync(JSON.stringify({ messageType, owner: '123456789012', logGroup: 'AWSIotLogsV2', logEvents })).toString('base64'),
  },
});
