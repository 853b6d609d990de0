import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { EventSourceMapping, MappingSettings } from '../event-source/event-source-mappings.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const changeable = z.object({
  FunctionName: z.string().optional(),
  Enabled: z.boolean().optional(),
  BatchSize: z.int().min(1).max(10_000).optional(),
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
  ScalingConfig: z.object({ MaximumConcurrency: z.int().min(2).max(1000).optional() }).optional(),
  FilterCriteria: z.unknown().optional(),
});

const settingsOf = (wanted: z.output<typeof changeable>): Partial<MappingSettings> => {
  if (wanted.FilterCriteria !== undefined) {
    throw new AwsError('InvalidParameterValueException', 'The local AWS has no event filtering: leave out FilterCriteria.');
  }
  const settings = {
    functionName: wanted.FunctionName,
    isEnabled: wanted.Enabled,
    batchSize: wanted.BatchSize,
    windowSeconds: wanted.MaximumBatchingWindowInSeconds,
    reportsFailures: wanted.FunctionResponseTypes?.includes('ReportBatchItemFailures'),
  };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return wanted.ScalingConfig === undefined ? given : { ...given, maxConcurrency: wanted.ScalingConfig.MaximumConcurrency };
};

const describe = ({ functions }: LambdaDependencies, mapping: EventSourceMapping, state?: string): object => {
  const { settings } = mapping;
  const { lambda, reference } = functions.resolve(settings.functionName);
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: settings.eventSourceArn,
    FunctionArn: reference.qualifier === undefined ? lambda.arn : `${lambda.arn}:${reference.qualifier}`,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.windowSeconds,
    FunctionResponseTypes: settings.reportsFailures ? ['ReportBatchItemFailures'] : [],
    ...(settings.maxConcurrency === undefined ? {} : { ScalingConfig: { MaximumConcurrency: settings.maxConcurrency } }),
    LastModified: new Date(mapping.modifiedAtMs),
    State: state ?? (settings.isEnabled ? 'Enabled' : 'Disabled'),
    StateTransitionReason: 'USER_INITIATED',
  };
};

const createInput = changeable.extend({
  EventSourceArn: z.string().regex(/^arn:aws:sqs:/, 'must be the ARN of an SQS queue'),
  FunctionName: z.string(),
});

const defaults = { isEnabled: true, batchSize: 10, windowSeconds: 0, reportsFailures: false, maxConcurrency: undefined };

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html, for SQS queues. */
export const createEventSourceMapping =
  (dependencies: LambdaDependencies): Operation =>
  (members) => {
    const wanted = parseInput(createInput, members);
    const settings = { ...defaults, ...settingsOf(wanted), eventSourceArn: wanted.EventSourceArn, functionName: wanted.FunctionName };
    return describe(dependencies, dependencies.mappings.create(settings), 'Creating');
  };

const byId = z.object({ UUID: z.string() });

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
export const updateEventSourceMapping =
  (dependencies: LambdaDependencies): Operation =>
  (members) => {
    const wanted = parseInput(changeable.extend(byId.shape), members);
    return describe(dependencies, dependencies.mappings.update(wanted.UUID, settingsOf(wanted)), 'Updating');
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export const getEventSourceMapping =
  (dependencies: LambdaDependencies): Operation =>
  (members) =>
    describe(dependencies, dependencies.mappings.get(parseInput(byId, members).UUID));

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html */
export const deleteEventSourceMapping =
  ({ mappings }: LambdaDependencies): Operation =>
  (members) => {
    const mapping = mappings.delete(parseInput(byId, members).UUID);
    // The function may be gone already.
    return { UUID: mapping.uuid, EventSourceArn: mapping.settings.eventSourceArn, State: 'Deleting' };
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html; all of them in one page. */
export const listEventSourceMappings =
  (dependencies: LambdaDependencies): Operation =>
  (members) => {
    const { EventSourceArn } = parseInput(z.object({ EventSourceArn: z.string().optional() }), members);
    const found = dependencies.mappings
      .list()
      .filter(({ settings }) => EventSourceArn === undefined || settings.eventSourceArn === EventSourceArn);
    return { EventSourceMappings: found.map((mapping) => describe(dependencies, mapping)) };
  };
