import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudTrailDependencies } from '../cloudtrail-dependencies.ts';
import type { Trail } from '../trail.ts';

const selector = z.object({
  ReadWriteType: z.enum(['All', 'ReadOnly', 'WriteOnly']).default('All'),
  IncludeManagementEvents: z.boolean().default(true),
  ExcludeManagementEventSources: z.array(z.enum(['kms.amazonaws.com', 'rdsdata.amazonaws.com'])).default([]),
  DataResources: z.array(z.unknown()).max(0, 'The local AWS has no trails with data events').optional(),
});

const putInput = z.object({
  TrailName: z.string(),
  EventSelectors: z.array(selector).length(1, 'The local AWS has trails with one event selector'),
  AdvancedEventSelectors: z.undefined('The local AWS has no advanced event selectors').optional(),
});

const shown = ({ arn, selection }: Trail): object => ({
  TrailARN: arn,
  EventSelectors: [
    {
      ReadWriteType: selection.readWriteType,
      IncludeManagementEvents: selection.includesManagementEvents,
      DataResources: [],
      ExcludeManagementEventSources: selection.excludedSources,
    },
  ],
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html */
export const putEventSelectors =
  ({ trails }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { TrailName, EventSelectors } = parseInput(putInput, raw, 'InvalidEventSelectorsException');
    const trail = trails.get(TrailName);
    for (const { ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources } of EventSelectors)
      trail.selection = {
        readWriteType: ReadWriteType,
        includesManagementEvents: IncludeManagementEvents,
        excludedSources: ExcludeManagementEventSources,
      };
    return shown(trail);
  };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html */
export const getEventSelectors =
  ({ trails }: CloudTrailDependencies): Operation =>
  (raw) =>
    shown(trails.get(parseInput(z.object({ TrailName: z.string() }), raw).TrailName));
