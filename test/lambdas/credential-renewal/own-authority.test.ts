import { readOwnAuthority } from '../../../lambdas/credential-renewal/environment.ts';

const variables = {
  AUTHORITY_ARN: 'arn:aws:acm-pca:a',
  SIGNING_ALGORITHM: 'SHA256WITHECDSA',
  TEMPLATE_ARN: 'arn:aws:acm-pca:::template/T/V1',
};
const terms = [{ line: 'sensor', validityDays: 30, keyUsage: ['digitalSignature'] }];

describe('Who signs the next certificates of devices', () => {
  test('is AWS IoT where no authority of one’s own is named', () => {
    expect(readOwnAuthority({}, '[]')).toBeUndefined();
  });

  test('is that authority, by the terms of the lines', () => {
    expect(readOwnAuthority(variables, JSON.stringify(terms))).toEqual({
      ...{ arn: 'arn:aws:acm-pca:a', signingAlgorithm: 'SHA256WITHECDSA', templateArn: 'arn:aws:acm-pca:::template/T/V1' },
      terms,
    });
  });

  test.each([
    ['without its algorithm', { ...variables, SIGNING_ALGORITHM: undefined }, '[]'],
    ['without terms', variables, undefined],
  ])('is nobody where half of it is said: %s', (_, said, json) => {
    expect(() => readOwnAuthority(said, json)).toThrow();
  });
});
