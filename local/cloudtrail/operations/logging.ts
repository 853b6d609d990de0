import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudTrailDependencies } from '../cloudtrail-dependencies.ts';

const named = z.object({ Name: z.string() });

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html */
export const startLogging =
  ({ trails, recorder }: CloudTrailDependencies): Operation =>
  (raw) => {
    recorder.start(trails.get(parseInput(named, raw).Name));
    return {};
  };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html */
export const stopLogging =
  ({ trails, recorder }: CloudTrailDependencies): Operation =>
  (raw) => {
    recorder.stop(trails.get(parseInput(named, raw).Name));
    return {};
  };

const dated = (members: Readonly<Record<string, number | undefined>>): object =>
  Object.fromEntries(Object.entries(members).flatMap(([name, ms]) => (ms === undefined ? [] : [[name, new Date(ms)]])));

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html */
export const getTrailStatus =
  ({ trails }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { isLogging, progress } = trails.get(parseInput(named, raw).Name);
    const { startedAt, stoppedAt, deliveredAt, deliveryError, digestAt, digestError } = progress;
    return {
      IsLogging: isLogging,
      ...dated({ StartLoggingTime: startedAt, StopLoggingTime: stoppedAt }),
      ...dated({ LatestDeliveryTime: deliveredAt, LatestDigestDeliveryTime: digestAt }),
      ...(deliveryError === undefined ? {} : { LatestDeliveryError: deliveryError }),
      ...(digestError === undefined ? {} : { LatestDigestDeliveryError: digestError }),
    };
  };
