import type { LocalAws } from '../../../local/main.ts';
import { startLocalAws } from '../../../local/main.ts';
import { resourceContext } from '../resource-context.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

/** They take whatever they are given, as in AWS. */
const open = ['AWS::CDK::Metadata', 'AWS::CloudFormation::CustomResource'];

test('A property that a provider does not know is refused by its name, whatever the type', async () => {
  const { providers } = aws.services.cloudFormation;
  const types = providers.types().filter((type) => !open.includes(type));
  const silent = await Promise.all(
    types.map(async (type) => {
      const outcome = await providers
        .get(type)
        .create({ Nonsense: 'x' }, resourceContext('Any'))
        .then(() => 'it was made', String);
      return /nonsense/i.test(outcome) ? [] : [`${type}: ${outcome}`];
    }),
  );
  expect(silent.flat()).toEqual([]);
  expect(types.length).toBeGreaterThan(40);
});
