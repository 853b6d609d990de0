import * as z from 'zod';
import type { Operation, OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import { validationError } from '../template/validation-error.ts';
import { findChangeSet } from './find-change-set.ts';
import { eventOutput, resourceOutput, stackOutput } from './stack-output.ts';

const named = z.object({ StackName: z.string().min(1) });
const maybeNamed = z.object({ StackName: z.string().min(1).optional() });
const resourceQuery = named.extend({ LogicalResourceId: z.string().optional() });

const describeStacks =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const { StackName } = parseInput(maybeNamed, raw, 'ValidationError');
    return { Stacks: StackName === undefined ? stacks.living().map(stackOutput) : [stackOutput(stacks.get(StackName))] };
  };

const describeStackEvents =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const { StackName } = parseInput(named, raw, 'ValidationError');
    const stack = stacks.find(StackName);
    if (stack === undefined) throw validationError(`Stack [${StackName}] does not exist`);
    return { StackEvents: stack.events.toReversed().map((event) => eventOutput(stack, event)) };
  };

const describeStackResources =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const input = parseInput(resourceQuery, raw, 'ValidationError');
    const stack = stacks.get(input.StackName);
    const wanted = [...stack.resources.values()].filter(
      ({ logicalId }) => input.LogicalResourceId === undefined || logicalId === input.LogicalResourceId,
    );
    return { StackResources: wanted.map((resource) => resourceOutput(stack, resource)) };
  };

const describeStackResource =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const { StackName, LogicalResourceId } = parseInput(resourceQuery.required(), raw, 'ValidationError');
    const stack = stacks.get(StackName);
    const resource = stack.resources.get(LogicalResourceId);
    if (resource === undefined) throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
    return { StackResourceDetail: { ...resourceOutput(stack, resource), Metadata: JSON.stringify(resource.template.Metadata ?? {}) } };
  };

const listStackResources =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const stack = stacks.get(parseInput(named, raw, 'ValidationError').StackName);
    return { StackResourceSummaries: [...stack.resources.values()].map((resource) => resourceOutput(stack, resource)) };
  };

const listStacks =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const { StackStatusFilter } = parseInput(z.object({ StackStatusFilter: z.array(z.string()).optional() }), raw, 'ValidationError');
    const wanted = stacks.all().filter(({ status }) => StackStatusFilter?.includes(status) ?? true);
    return { StackSummaries: wanted.map((stack) => ({ ...stackOutput(stack), TemplateDescription: stack.description })) };
  };

const getTemplate =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const StagesAvailable = ['Original', 'Processed'];
    if (raw['ChangeSetName'] !== undefined)
      return { TemplateBody: findChangeSet(raw, stacks).changeSet.deployment.templateText, StagesAvailable };
    return { TemplateBody: stacks.get(parseInput(named, raw, 'ValidationError').StackName).templateText, StagesAvailable };
  };

const listExports =
  ({ services }: CloudFormationContext): Operation =>
  () => ({
    Exports: services.exports.list().map(({ name, value, stack }) => ({ ExportingStackId: stack.stackId, Name: name, Value: value })),
  });

const listImports =
  ({ services }: CloudFormationContext): Operation =>
  (raw) => {
    const { ExportName } = parseInput(z.object({ ExportName: z.string() }), raw, 'ValidationError');
    const Imports = services.exports.importersOf(ExportName).map(({ stackName }) => stackName);
    if (Imports.length === 0) throw validationError(`Export '${ExportName}' is not imported by any stack.`);
    return { Imports };
  };

const listChangeSets =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const stack = stacks.get(parseInput(named, raw, 'ValidationError').StackName);
    const Summaries = [...stack.changeSets.values()].map((changeSet) => ({
      StackId: stack.stackId,
      StackName: stack.stackName,
      ChangeSetId: changeSet.changeSetId,
      ChangeSetName: changeSet.changeSetName,
      ExecutionStatus: changeSet.executionStatus,
      Status: changeSet.status,
      StatusReason: changeSet.statusReason,
      CreationTime: new Date(changeSet.createdAtMs),
    }));
    return { Summaries };
  };

/** The operations that only read stacks. Each answers in one page. */
export const stackQueries = (context: CloudFormationContext): OperationTable => ({
  DescribeStacks: describeStacks(context),
  DescribeStackEvents: describeStackEvents(context),
  DescribeStackResource: describeStackResource(context),
  DescribeStackResources: describeStackResources(context),
  GetTemplate: getTemplate(context),
  ListChangeSets: listChangeSets(context),
  ListExports: listExports(context),
  ListImports: listImports(context),
  ListStackResources: listStackResources(context),
  ListStacks: listStacks(context),
});
