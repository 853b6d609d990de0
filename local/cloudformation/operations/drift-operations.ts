import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Operation, OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import type { DriftDetection, ResourceDrift } from '../drift/detect-drift.ts';
import { detectDrift } from '../drift/detect-drift.ts';
import { validationError } from '../template/validation-error.ts';

const named = z.object({ StackName: z.string().min(1) });

const hasDrifted = ({ status }: ResourceDrift): boolean => status === 'MODIFIED' || status === 'DELETED';

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

const driftOutput = ({ stack }: DriftDetection, drift: ResourceDrift): object => ({
  StackId: stack.stackId,
  LogicalResourceId: drift.resource.logicalId,
  PhysicalResourceId: drift.resource.physicalId,
  ResourceType: drift.resource.type,
  ...(drift.status === 'NOT_CHECKED' ? {} : { ExpectedProperties: JSON.stringify(drift.resource.shownProperties) }),
  ...(drift.actual === undefined ? {} : { ActualProperties: JSON.stringify(drift.actual) }),
  PropertyDifferences: drift.differences.map(({ path, expected, actual, type }) => ({
    ...{ PropertyPath: path, ExpectedValue: text(expected), ActualValue: text(actual), DifferenceType: type },
  })),
  StackResourceDriftStatus: drift.status,
  Timestamp: new Date(drift.checkedAtMs),
});

/** The operations around drift. A detection is done when its id is given out; the last of each stack is remembered. */
export const driftOperations = ({ services, stacks }: CloudFormationContext): OperationTable => {
  const detections = new Map<string, DriftDetection>();
  const latest = new Map<string, DriftDetection>();
  const detect: Operation = async (raw) => {
    const stack = stacks.get(parseInput(named, raw, 'ValidationError').StackName);
    if (!/^(?:CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$|_FAILED$/.test(stack.status))
      throw validationError(`Drift detection cannot be performed on stack ${stack.stackName} in ${stack.status} state`);
    const startedAtMs = services.clock.now();
    const detection = { detectionId: randomUUID(), stack, startedAtMs, drifts: await detectDrift(services, stack) };
    detections.set(detection.detectionId, detection);
    latest.set(stack.stackId, detection);
    return { StackDriftDetectionId: detection.detectionId };
  };
  const describeStatus: Operation = (raw) => {
    const { StackDriftDetectionId } = parseInput(z.object({ StackDriftDetectionId: z.string() }), raw, 'ValidationError');
    const detection = detections.get(StackDriftDetectionId);
    if (detection === undefined) throw validationError(`Drift detection ${StackDriftDetectionId} does not exist`);
    const count = detection.drifts.filter(hasDrifted).length;
    return {
      ...{ StackId: detection.stack.stackId, StackDriftDetectionId, DetectionStatus: 'DETECTION_COMPLETE' },
      ...{ StackDriftStatus: count === 0 ? 'IN_SYNC' : 'DRIFTED', DriftedStackResourceCount: count },
      Timestamp: new Date(detection.startedAtMs),
    };
  };
  const describeDrifts: Operation = (raw) => {
    const query = named.extend({ StackResourceDriftStatusFilters: z.array(z.string()).optional() });
    const { StackName, StackResourceDriftStatusFilters: wanted } = parseInput(query, raw, 'ValidationError');
    const detection = latest.get(stacks.get(StackName).stackId);
    const drifts = detection?.drifts.filter(({ status }) => wanted?.includes(status) ?? true) ?? [];
    return { StackResourceDrifts: drifts.map((drift) => detection && driftOutput(detection, drift)) };
  };
  return { DetectStackDrift: detect, DescribeStackDriftDetectionStatus: describeStatus, DescribeStackResourceDrifts: describeDrifts };
};
