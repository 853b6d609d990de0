import { fulfilWith } from '../../../lambdas/certificate-provider-guard/fulfil.ts';

const asked = (RequestType: 'Create' | 'Update' | 'Delete', more: object = {}) => ({
  ...{ RequestType, ResponseURL: 'https://answer.example', StackId: 's', RequestId: 'r', LogicalResourceId: 'Guard' },
  ...{ ResourceType: 'Custom::MusterProviderGuard', ResourceProperties: { ProviderName: 'muster-certificate-provider' } },
  ...more,
});
const guardWith = (...names: readonly string[]) => fulfilWith({ list: () => Promise.resolve(names) });

describe('F24: the guard of the account’s one certificate provider', () => {
  test.each([
    ['there is none', []],
    ['it is that of this deployment', ['muster-certificate-provider']],
  ])('lets a deployment go on where %s', async (_, names) => {
    expect(await guardWith(...names)(asked('Create'))).toEqual({ physicalId: 'muster-certificate-provider alone' });
  });

  test.each(['Create', 'Update'] as const)('ends it where somebody else has one, and says whose (%s)', async (type) => {
    await expect(guardWith('their-signer')(asked(type))).rejects.toThrow(/"their-signer" of somebody else.*It stays as it is/);
  });

  test('lets go whatever stands there', async () => {
    expect(await guardWith('their-signer')(asked('Delete', { PhysicalResourceId: 'p' }))).toEqual({ physicalId: 'p' });
  });
});
