import { recordedMembers } from '../../../../local/cloudtrail/record/recorded-members.ts';

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

describe('Members of a record', () => {
  test('begin with small letters, at every depth', () => {
    expect(recordedMembers('kms', { KeyId: 'k', Tags: [{ TagKey: 'a' }], at: new Date(0) })).toEqual({
      ...{ keyId: 'k', tags: [{ tagKey: 'a' }], at: '1970-01-01T00:00:00.000Z' },
    });
  });

  test.each([
    ['iot', { keyPair: { PrivateKey: 'x', PublicKey: 'y' } }, { keyPair: hidden }],
    ['lambda', { Environment: { Variables: { A: 'x' } } }, { environment: { variables: hidden } }],
    ['ssm', { Name: '/a', Value: 'x' }, { name: '/a', value: hidden }],
    ['sts', { Credentials: { SessionToken: 'x' }, PackedPolicySize: 1 }, { credentials: hidden, packedPolicySize: 1 }],
    [
      'cloudformation',
      { Parameters: [{ ParameterKey: 'k', ParameterValue: 'x' }] },
      { parameters: [{ parameterKey: 'k', parameterValue: hidden }] },
    ],
    ['kms', { Plaintext: 'x', CiphertextBlob: Buffer.from('x'), KeyId: 'k' }, { plaintext: hidden, keyId: 'k' }],
  ])('of %s that are secret are named and not shown', (service, members, shown) => {
    expect(recordedMembers(service, members)).toEqual(shown);
  });

  test('are none where there are none, and where they are larger than a record can carry', () => {
    expect([recordedMembers('s3', undefined), recordedMembers('s3', {}), recordedMembers('s3', { Body: Buffer.from('x') })]).toEqual([
      null,
      null,
      null,
    ]);
    expect(recordedMembers('iot', { templateBody: 'x'.repeat(200_000) })).toBeNull();
  });
});
