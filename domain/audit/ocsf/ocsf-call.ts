import type { WrittenEvent } from '../written-event.ts';
import { known } from './known.ts';

const reads = /^(Get|List|Describe|Search|Test|Validate|Batch(Get|Describe))/;
const creations = /^(Create|Register|Import|Run|Start)/;
const deletions = /^(Delete|Deregister|Remove|Terminate)/;

/** What a call of AWS's API does, by the verb that its name begins with: the number and the name of OCSF's activity. */
export const activityOfCall = (operation: string | undefined): readonly [number, string] => {
  if (operation === undefined) return [99, 'Other'];
  if (reads.test(operation)) return [2, 'Read'];
  if (creations.test(operation)) return [1, 'Create'];
  return deletions.test(operation) ? [4, 'Delete'] : [3, 'Update'];
};

/** The call that an event tells of. */
export const apiOf = ({ operation = 'unknown', awsService }: WrittenEvent): Readonly<Record<string, unknown>> => ({
  operation,
  ...known('service', awsService === undefined ? undefined : { name: awsService }),
});
