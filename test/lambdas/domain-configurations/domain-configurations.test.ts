import { fulfilWith } from '../../../lambdas/domain-configurations/fulfil.ts';

const calls: string[] = [];
beforeEach(() => calls.splice(0));

const noted =
  <Result>(what: string, result: Result) =>
  (...given: readonly unknown[]): Promise<Result> => {
    calls.push([what, ...given.filter((one) => one !== undefined).map((one) => JSON.stringify(one))].join(' '));
    return Promise.resolve(result);
  };

const fulfil = fulfilWith({
  keep: noted('keep', 'd0.iot.example'),
  open: noted('open', undefined),
  close: noted('close', undefined),
  remove: noted('remove', 'removed'),
});

const request = (ResourceType: string, RequestType: 'Create' | 'Update' | 'Delete', more: object) => ({
  ...{ ResourceType, RequestType, ResponseURL: 'https://cloudformation.example/', StackId: 's', RequestId: 'r', LogicalResourceId: 'l' },
  ResourceProperties: more,
});

const kept = { ServiceToken: 'arn:aws:lambda:…', Name: 'muster-oauth' };
const opened = { ...kept, AuthorizerName: 'muster-oauth' };

describe('The function behind Custom::MusterDomainConfiguration', () => {
  test.each(['Create', 'Update'] as const)('keeps one at a %s, and answers its host name', async (type) => {
    expect(await fulfil(request('Custom::MusterDomainConfiguration', type, kept))).toEqual({
      physicalId: 'muster-oauth',
      attributes: { HostName: 'd0.iot.example' },
    });
    expect(calls).toEqual(['keep "muster-oauth"']);
  });

  test('keeps one of a host name of one’s own', async () => {
    const own = { ...kept, OwnName: 'iot.example.com', CertificateArn: 'arn:aws:acm:…' };
    await fulfil(request('Custom::MusterDomainConfiguration', 'Create', own));
    expect(calls).toEqual(['keep "muster-oauth" {"name":"iot.example.com","certificateArn":"arn:aws:acm:…"}']);
  });

  test('deletes none', async () => {
    const gone = { ...request('Custom::MusterDomainConfiguration', 'Delete', kept), PhysicalResourceId: 'muster-oauth' };
    expect(await fulfil(gone)).toEqual({ physicalId: 'muster-oauth' });
    expect(calls).toEqual([]);
  });
});

describe('The function behind Custom::MusterOpenDomain', () => {
  test.each(['Create', 'Update'] as const)('opens one at a %s', async (type) => {
    expect(await fulfil(request('Custom::MusterOpenDomain', type, opened))).toEqual({ physicalId: 'muster-oauth is open' });
    expect(calls).toEqual(['open "muster-oauth" "muster-oauth"']);
  });

  test('closes what it opened, and nothing that it did not', async () => {
    const gone = request('Custom::MusterOpenDomain', 'Delete', opened);
    await fulfil({ ...gone, PhysicalResourceId: 'failed-to-create' });
    expect(calls).toEqual([]);
    await fulfil({ ...gone, PhysicalResourceId: 'muster-oauth is open' });
    expect(calls).toEqual(['close "muster-oauth"']);
  });

  test.each([{}, { Name: '', AuthorizerName: 'a' }, { Name: 'a' }])(
    'refuses properties that our construct does not write: %j',
    async (properties) => {
      await expect(fulfil(request('Custom::MusterOpenDomain', 'Create', properties))).rejects.toThrow();
    },
  );
});
