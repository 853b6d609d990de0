import type { ListActiveViolationsRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** The things that do not behave as their profiles say. */
export const listActiveViolations: IotOperation<ListActiveViolationsRequest> = (
  { defender },
  { thingName, securityProfileName, nextToken: token, maxResults: limit },
) => {
  const wanted = defender.detection
    .violations()
    .filter((one) => (thingName ?? one.thingName) === one.thingName && (securityProfileName ?? one.profile) === one.profile);
  const page = pageOf(wanted, ({ violationId }) => violationId, { token, limit });
  const activeViolations = page.items.map(({ violationId, profile, behavior, count, since, lastAt, ...one }) => ({
    ...{ violationId, thingName: one.thingName, securityProfileName: profile, behavior: behavior.asGiven },
    ...{ lastViolationValue: { count }, violationStartTime: new Date(since), lastViolationTime: new Date(lastAt) },
  }));
  return { activeViolations, nextToken: page.nextToken };
};
