import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod/mini';
import { stackNames } from '../../domain/stack-names.ts';
import { deployedResourceTypes } from '../lib/resource-types.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const { account } = useSharedEnvironment();
const cloudFormation = new CloudFormationClient();
const template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

afterAll(() => {
  cloudFormation.destroy();
});

const templateOf = async (StackName: string) => {
  const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
  return { text: TemplateBody, resources: z.parse(template, JSON.parse(TemplateBody)).Resources };
};

describe('F33: What is tested is what is deployed', () => {
  test.each(Object.values(stackNames('muster')))('every resource of stack %s was made, and none was skipped', async (StackName) => {
    const { resources } = await templateOf(StackName);
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName }));
    const made = StackResources.map(({ LogicalResourceId, ResourceType, ResourceStatus, PhysicalResourceId = '' }) => ({
      name: LogicalResourceId,
      type: ResourceType,
      status: ResourceStatus,
      isThere: PhysicalResourceId !== '',
    }));
    const wanted = Object.entries(resources).map(([name, { Type }]) => ({ name, type: Type, status: 'CREATE_COMPLETE', isThere: true }));
    expect(made.toSorted(byName)).toEqual(wanted.toSorted(byName));
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');
  });

  test('every resource type that Muster is made of was among them', async () => {
    const templates = await Promise.all(Object.values(stackNames('muster')).map(templateOf));
    const types = new Set(templates.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)));
    expect([...types].toSorted()).toEqual([...deployedResourceTypes]);
  });

  test.each(Object.values(stackNames('muster')))('stack %s knows nothing of where it is deployed', async (StackName) => {
    const { text } = await templateOf(StackName);
    expect(text).not.toMatch(/localhost|127\.0\.0\.1/);
    expect(text).not.toContain(account.accountId);
  });
});

const byName = (
  { name: one = '' }: { readonly name?: string | undefined },
  { name: other = '' }: { readonly name?: string | undefined },
): number => one.localeCompare(other);
