import { compileClaimPolicy } from '../../domain/claim/claim-policy.ts';
import { createOnboardingBench } from '../fakes/onboarding-bench.ts';

const scope = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const arn = (kind: string, name: string) => `arn:aws:iot:eu-west-1:111122223333:${kind}/${name}`;

const used = async () => {
  const bench = createOnboardingBench();
  await bench.run();
  const clientId = bench.cloud.connections.find(({ as }) => as === 'claim')?.clientId ?? '';
  return {
    'iot:Connect': [arn('client', clientId)],
    'iot:Publish': bench.cloud.requests.map(({ topic }) => arn('topic', topic)),
    'iot:Subscribe': bench.cloud.subscriptions.map((filter) => arn('topicfilter', filter)),
    'iot:Receive': bench.cloud.subscriptions.map((filter) => arn('topic', filter)),
  };
};

const matches = (pattern: string, resource: string) =>
  pattern.endsWith('*') ? resource.startsWith(pattern.slice(0, -1)) : pattern === resource;

describe('F26: the claim policy', () => {
  const { Statement } = compileClaimPolicy(scope, { templateName: 'muster-sensor', clientIdPrefix: 'muster-claim-sensor-' });

  test('allows everything that the device client does with a claim, and is used up by it', async () => {
    for (const [action, resources] of Object.entries(await used())) {
      const allowed = Statement.filter((statement) => statement.Action.includes(action)).flatMap(({ Resource }) => Resource ?? []);
      for (const resource of resources) expect(allowed.some((pattern) => matches(pattern, resource))).toBe(true);
      for (const pattern of allowed) expect(resources.some((resource) => matches(pattern, resource))).toBe(true);
    }
  });

  test('allows nothing else', () => {
    expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(['iot:Connect', 'iot:Publish', 'iot:Receive', 'iot:Subscribe']);
    expect(Statement.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  });
});
