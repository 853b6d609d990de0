import type { Stack, StackEvent } from '../stacks/stack.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import type { ResolvedParameter } from '../template/resolve-parameters.ts';
import { masked } from '../template/resolve-parameters.ts';

export const tagOutputs = (tags: ReadonlyMap<string, string>): readonly object[] => [...tags].map(([Key, Value]) => ({ Key, Value }));

export const parameterOutputs = (parameters: readonly ResolvedParameter[]): readonly object[] =>
  masked(parameters).map(({ name, given, isSecret, ssmValue }) => ({
    ParameterKey: name,
    ParameterValue: given,
    ResolvedValue: isSecret ? undefined : ssmValue,
  }));

const timeOf = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : new Date(ms));

export const stackOutput = (stack: Stack): object => ({
  StackId: stack.stackId,
  StackName: stack.stackName,
  Description: stack.description,
  Parameters: parameterOutputs(stack.plan?.parameters ?? []),
  CreationTime: new Date(stack.createdAtMs),
  LastUpdatedTime: timeOf(stack.updatedAtMs),
  DeletionTime: timeOf(stack.deletedAtMs),
  StackStatus: stack.status,
  StackStatusReason: stack.statusReason,
  DisableRollback: false,
  NotificationARNs: [],
  Capabilities: stack.capabilities,
  Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description,
    ExportName: exportName,
  })),
  RoleARN: stack.roleArn,
  Tags: tagOutputs(stack.tags),
  EnableTerminationProtection: stack.isTerminationProtected,
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
});

export const eventOutput = (stack: Stack, event: StackEvent): object => ({
  StackId: stack.stackId,
  EventId: event.eventId,
  StackName: stack.stackName,
  LogicalResourceId: event.logicalId,
  PhysicalResourceId: event.physicalId,
  ResourceType: event.type,
  Timestamp: new Date(event.timestampMs),
  ResourceStatus: event.status,
  ResourceStatusReason: event.reason,
  ResourceProperties: event.properties,
  ClientRequestToken: event.requestToken,
});

export const resourceOutput = (stack: Stack, resource: StackResource): object => ({
  StackName: stack.stackName,
  StackId: stack.stackId,
  LogicalResourceId: resource.logicalId,
  PhysicalResourceId: resource.physicalId,
  ResourceType: resource.type,
  Timestamp: new Date(resource.updatedAtMs),
  LastUpdatedTimestamp: new Date(resource.updatedAtMs),
  ResourceStatus: resource.status,
  ResourceStatusReason: resource.statusReason,
  DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
});
