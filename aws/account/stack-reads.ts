import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  GetTemplateCommand,
  paginateDescribeStackResourceDrifts,
  paginateListStackResources,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import type { Drift, StackReads, StackResource } from '../../domain/account-ports.ts';

export const createStackReads = (client: CloudFormationClient, pollMs = 1000): StackReads => ({
  async stack(name) {
    try {
      const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
      if (found?.StackStatus === undefined || found.StackStatus === 'DELETE_COMPLETE') return undefined;
      return { status: found.StackStatus, ...(found.StackStatusReason === undefined ? {} : { reason: found.StackStatusReason }) };
    } catch (error) {
      // CloudFormation says of a stack that is not there that the request is not valid.
      if (error instanceof Error && error.name === 'ValidationError') return undefined;
      throw error;
    }
  },
  async resources(stack) {
    const found: StackResource[] = [];
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: stack }))
      for (const { LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type } of StackResourceSummaries)
        if (logicalId !== undefined && physicalId !== undefined && type !== undefined) found.push({ stack, logicalId, physicalId, type });
    return found;
  },
  async template(stack) {
    const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName: stack, TemplateStage: 'Processed' }));
    return TemplateBody;
  },
  async drift(stack) {
    await detect(client, stack, pollMs);
    const filter = {
      StackName: stack,
      StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'] satisfies StackResourceDrift['StackResourceDriftStatus'][],
    };
    const found: Drift[] = [];
    for await (const { StackResourceDrifts = [] } of paginateDescribeStackResourceDrifts({ client }, filter))
      found.push(...StackResourceDrifts.map(driftOf));
    return found;
  },
});

const detect = async (client: CloudFormationClient, stack: string, pollMs: number): Promise<void> => {
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: stack }));
  for (;;) {
    const { DetectionStatus, DetectionStatusReason } = await client.send(
      new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
    );
    if (DetectionStatus === 'DETECTION_COMPLETE') return;
    // What it could look at is there all the same (API reference of DescribeStackDriftDetectionStatus).
    if (DetectionStatus === 'DETECTION_FAILED')
      throw new Error(`CloudFormation could not look at all of ${stack}: ${DetectionStatusReason ?? 'no reason'}`);
    await sleep(pollMs);
  }
};

const driftOf = ({
  LogicalResourceId = '',
  ResourceType = '',
  StackResourceDriftStatus,
  PropertyDifferences = [],
}: StackResourceDrift): Drift => ({
  logicalId: LogicalResourceId,
  type: ResourceType,
  how: StackResourceDriftStatus === 'DELETED' ? 'deleted' : 'changed',
  properties: PropertyDifferences.flatMap(({ PropertyPath }) => PropertyPath ?? []),
});
