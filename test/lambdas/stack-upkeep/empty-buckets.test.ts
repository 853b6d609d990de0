import type { CustomResourceRequest } from '../../../lambdas/custom-resource/request.ts';
import { emptyBuckets } from '../../../lambdas/stack-upkeep/empty-buckets.ts';

const request = (RequestType: CustomResourceRequest['RequestType']): CustomResourceRequest => ({
  ...{ RequestType, ResponseURL: 'https://cloudformation.example/answer', StackId: 'stack', RequestId: 'request' },
  ...{ LogicalResourceId: 'Buckets', ResourceType: 'Custom::MusterBuckets', ResourceProperties: { Buckets: ['one', 'two'] } },
});

const cleared = async (type: CustomResourceRequest['RequestType']): Promise<readonly string[]> => {
  const names: string[] = [];
  await emptyBuckets({ buckets: { clear: (name) => Promise.resolve(void names.push(name)) } }, request(type));
  return names;
};

describe('The buckets of a deployment that goes with its records', () => {
  test('are emptied when it goes, and at no other time', async () => {
    expect(await cleared('Delete')).toEqual(['one', 'two']);
    expect(await cleared('Create')).toEqual([]);
    expect(await cleared('Update')).toEqual([]);
  });
});
