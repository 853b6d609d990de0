import type { CreateDomainConfigurationCommandInput, UpdateDomainConfigurationCommandInput } from '@aws-sdk/client-iot';
import {
  CreateAuthorizerCommand,
  CreateDomainConfigurationCommand,
  DeleteAuthorizerCommand,
  DeleteDomainConfigurationCommand,
  DescribeDomainConfigurationCommand,
  DescribeEndpointCommand,
  ListDomainConfigurationsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UpdateDomainConfigurationCommand,
} from '@aws-sdk/client-iot';
import { arn, expectRefusal, fresh, startControlPlane, type TestControlPlane, useControlPlane } from './test-control-plane.ts';

const shared = useControlPlane();

const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
const sevenDaysMs = 7 * 24 * 3600 * 1000;

let plane: TestControlPlane;
beforeEach(async () => {
  plane = await startControlPlane();
});
afterEach(() => plane.stop());

const create = (domainConfigurationName: string, more: Partial<CreateDomainConfigurationCommandInput> = {}) =>
  plane.iot.send(new CreateDomainConfigurationCommand({ domainConfigurationName, ...more }));
const update = (domainConfigurationName: string, more: Partial<UpdateDomainConfigurationCommandInput>) =>
  plane.iot.send(new UpdateDomainConfigurationCommand({ domainConfigurationName, ...more }));
const describeOne = (domainConfigurationName: string) =>
  plane.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName }));
const remove = (domainConfigurationName: string) => plane.iot.send(new DeleteDomainConfigurationCommand({ domainConfigurationName }));
const createAuthorizer = (authorizerName: string) =>
  plane.iot.send(
    new CreateAuthorizerCommand({
      ...{ authorizerName, signingDisabled: true },
      authorizerFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:judge',
    }),
  );

describe('a domain configuration', () => {
  test('gets a name from AWS IoT, is enabled, and leaves port and ALPN to decide', async () => {
    const { domainConfigurationArn } = await create('fleet', { tags: [{ Key: 'k', Value: 'v' }] });
    expect(domainConfigurationArn).toMatch(/^arn:aws:iot:eu-central-1:123456789012:domainconfiguration\/fleet\/[a-z0-9]{5}$/);
    expect(await describeOne('fleet')).toMatchObject({
      ...{ domainConfigurationName: 'fleet', domainConfigurationArn, domainType: 'AWS_MANAGED', serviceType: 'DATA' },
      domainName: expect.stringMatching(/^d[a-z0-9]{20}-ats\.iot\.eu-central-1\.amazonaws\.com$/) as string,
      ...{ domainConfigurationStatus: 'ENABLED', authenticationType: 'DEFAULT', applicationProtocol: 'DEFAULT' },
      tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_2_2022_10' },
      lastStatusChangeDate: new Date(plane.clock.now()),
    });
    await plane.iot.send(new TagResourceCommand({ resourceArn: domainConfigurationArn, tags: [{ Key: 'l', Value: 'w' }] }));
    const { tags } = await plane.iot.send(new ListTagsForResourceCommand({ resourceArn: domainConfigurationArn }));
    expect(tags?.map(({ Key }) => Key)).toEqual(['k', 'l']);
    await expectRefusal(create('fleet'), 'ResourceAlreadyExistsException', 409);
  });

  test('stands for a domain of one’s own with one certificate', async () => {
    await create('own', { domainName: 'IoT.Example.com', serverCertificateArns: [certificateArn] });
    expect(await describeOne('own')).toMatchObject({
      ...{ domainName: 'iot.example.com', domainType: 'CUSTOMER_MANAGED' },
      serverCertificates: [{ serverCertificateArn: certificateArn, serverCertificateStatus: 'VALID' }],
    });
    const again = create('again', { domainName: 'iot.example.com', serverCertificateArns: [certificateArn] });
    await expectRefusal(again, 'InvalidRequestException', 400, /own/);
  });

  test.each<[string, Partial<CreateDomainConfigurationCommandInput>, RegExp]>([
    ['a reserved name', { domainConfigurationName: 'iot:mine' }, /domainConfigurationName/],
    ['a domain without certificate', { domainName: 'iot.example.com' }, /serverCertificateArns/],
    [
      'two certificates',
      { domainName: 'iot.example.com', serverCertificateArns: [certificateArn, certificateArn] },
      /serverCertificateArns/,
    ],
    ['another service', { serviceType: 'JOBS' }, /DATA/],
    ['an unknown security policy', { tlsConfig: { securityPolicy: 'Mine' } }, /IoTSecurityPolicy_TLS13_1_3_2022_10/],
    ['an authorizer that does not exist', { authorizerConfig: { defaultAuthorizerName: 'nobody' } }, /nobody/],
    ['certificates over WebSocket', { authenticationType: 'AWS_X509', applicationProtocol: 'MQTT_WSS' }, /SECURE_MQTT or HTTPS/],
    ['SigV4 over plain MQTT', { authenticationType: 'AWS_SIGV4', applicationProtocol: 'SECURE_MQTT' }, /MQTT_WSS or HTTPS/],
    ['a protocol without an authentication', { applicationProtocol: 'HTTPS' }, /DEFAULT/],
    [
      'a certificate callback without certificates',
      {
        ...{ authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'SECURE_MQTT' },
        clientCertificateConfig: { clientCertificateCallbackArn: 'arn:aws:lambda:eu-central-1:123456789012:function:f' },
      },
      /callback/,
    ],
  ])('is not created with %s', async (_what, input, message) => {
    await expectRefusal(create(input.domainConfigurationName ?? 'd', input), 'InvalidRequestException', 400, message);
  });

  test('names its authorizer, loses it again, and holds on to it meanwhile', async () => {
    await createAuthorizer('judge');
    await create('d', {
      ...{ authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'SECURE_MQTT' },
      authorizerConfig: { defaultAuthorizerName: 'judge', allowAuthorizerOverride: true },
    });
    expect((await describeOne('d')).authorizerConfig).toEqual({ defaultAuthorizerName: 'judge', allowAuthorizerOverride: true });
    const deletion = () => plane.iot.send(new DeleteAuthorizerCommand({ authorizerName: 'judge' }));
    await expectRefusal(deletion(), 'DeleteConflictException', 409, /domain configuration/);
    const both = update('d', { removeAuthorizerConfig: true, authorizerConfig: { defaultAuthorizerName: 'judge' } });
    await expectRefusal(both, 'InvalidRequestException', 400, /removeAuthorizerConfig/);
    await update('d', { removeAuthorizerConfig: true });
    expect((await describeOne('d')).authorizerConfig).toBeUndefined();
    await deletion();
  });

  test('is deleted when it is disabled; one whose name AWS IoT chose seven days later', async () => {
    await create('own', { domainName: 'iot.example.com', serverCertificateArns: [certificateArn] });
    await create('managed');
    await expectRefusal(remove('own'), 'InvalidRequestException', 400, /DISABLED/);
    await update('own', { domainConfigurationStatus: 'DISABLED' });
    await remove('own');
    await update('managed', { domainConfigurationStatus: 'DISABLED' });
    await expectRefusal(remove('managed'), 'InvalidRequestException', 400, /7 days/);
    plane.clock.advance(sevenDaysMs);
    await remove('managed');
    await expectRefusal(remove('managed'), 'ResourceNotFoundException', 404);
  });

  test('is one of ten', async () => {
    for (let index = 0; index < 10; index++) await create(`d${index}`);
    await expectRefusal(create('d10'), 'LimitExceededException', 410, /10/);
  });
});

describe('the default endpoints', () => {
  test('are listed and described, and cannot be changed', async () => {
    const { iot } = shared;
    const own = fresh('d');
    await iot.send(new CreateDomainConfigurationCommand({ domainConfigurationName: own }));
    const { domainConfigurations } = await iot.send(new ListDomainConfigurationsCommand({ serviceType: 'DATA' }));
    expect(domainConfigurations?.map((each) => each.domainConfigurationName)).toEqual([own, 'iot:Data-ATS']);
    const { endpointAddress } = await iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
    const described = await iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: 'iot:Data-ATS' }));
    const domainConfigurationArn = arn('domainconfiguration/iot:Data-ATS');
    expect(described).toMatchObject({ domainConfigurationArn, domainType: 'ENDPOINT', domainName: endpointAddress });
    const change = iot.send(
      new UpdateDomainConfigurationCommand({ domainConfigurationName: 'iot:Data-ATS', domainConfigurationStatus: 'DISABLED' }),
    );
    await expectRefusal(change, 'InvalidRequestException', 400, /default endpoint/);
    const unknown = iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: 'nothing' }));
    await expectRefusal(unknown, 'ResourceNotFoundException', 404);
  });
});
