import { publicObjects } from '../../local/public-objects.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { BucketStore } from '../../local/s3/bucket-store.ts';
import { testAccount, testStartMs } from './service-endpoint.ts';

const open = (policy: string | undefined) => {
  const buckets = new BucketStore(new ManualClock(testStartMs));
  const bucket = buckets.create('lists');
  bucket.put('crl/one.crl', { body: Buffer.from('list'), contentType: 'application/pkix-crl', headers: {} });
  bucket.policy = policy;
  return publicObjects(testAccount, buckets);
};

const reading = (Principal: unknown): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::lists/crl/*' }],
  });

describe('Objects by their address', () => {
  const url = 'http://lists.s3.eu-central-1.amazonaws.com/crl/one.crl';

  test('are read where the bucket lets strangers', () => {
    expect(open(reading('*'))(url)?.toString()).toBe('list');
  });

  test.each([
    ['the bucket lets nobody', undefined, url],
    ['the bucket lets its own account', reading({ AWS: 'arn:aws:iam::123456789012:root' }), url],
    ['there is no such object', reading('*'), `${url}.gone`],
    ['there is no such bucket', reading('*'), url.replace('lists', 'other')],
    ['the address is another server’s', reading('*'), 'http://lists.example.com/crl/one.crl'],
  ])('are not where %s', (_why, policy, address) => {
    expect(open(policy)(address)).toBeUndefined();
  });
});
