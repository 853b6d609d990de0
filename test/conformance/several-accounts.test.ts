import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  DescribeCertificateCommand,
  DescribeEndpointCommand,
  IoTClient,
  RegisterCertificateWithoutCACommand,
} from '@aws-sdk/client-iot';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { LocalAccount } from '../../local/local-account.ts';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { attempt, type DeviceCredentials } from './device-connections.ts';
import { documented } from './fact.ts';

const ids = { first: '111111111111', second: '222222222222' } as const;
const x509Guide = 'IoT developer guide, "X.509 client certificates", multi-account registration';

let aws: LocalAws;
let device: DeviceCredentials;
let certificateId: string;

const accountOf = (which: keyof typeof ids): LocalAccount => aws.accounts.get(ids[which]) ?? aws;

const iotOf = (which: keyof typeof ids): IoTClient => {
  const { account, credentials } = accountOf(which);
  return new IoTClient({ endpoint: aws.endpoint, region: account.region, credentials, maxAttempts: 1 });
};

const endpointOf = async (which: keyof typeof ids): Promise<string> => {
  const { endpointAddress } = await iotOf(which).send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
  return endpointAddress ?? '';
};

const allowToConnect = async (which: keyof typeof ids, certificateArn: string | undefined): Promise<void> => {
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: `arn:aws:iot:us-east-1:${ids[which]}:client/device` }],
  });
  await iotOf(which).send(new CreatePolicyCommand({ policyName: 'connect', policyDocument }));
  await iotOf(which).send(new AttachPolicyCommand({ policyName: 'connect', target: certificateArn }));
};

beforeAll(async () => {
  aws = await startLocalAws({ accountId: ids.first, otherAccountIds: [ids.second], iotSettings: { brokerRates: 'off' } });
  const made = await iotOf('first').send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
  device = { cert: made.certificatePem ?? '', key: made.keyPair?.PrivateKey ?? '' };
  certificateId = made.certificateId ?? '';
  await allowToConnect('first', made.certificateArn);
});
afterAll(() => aws.stop());

describe('Two accounts behind one endpoint', () => {
  documented('STS API reference, GetCallerIdentity', 'an access key tells whose account it is', async () => {
    for (const which of ['first', 'second'] as const) {
      const { credentials, account } = accountOf(which);
      const sts = new STSClient({ endpoint: aws.endpoint, region: account.region, credentials });
      expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: ids[which] });
    }
  });

  documented('IoT API reference, DescribeEndpoint', 'each account has an endpoint name of its own', async () => {
    expect(await endpointOf('first')).not.toBe(await endpointOf('second'));
  });

  documented('IoT API reference, DescribeCertificate', 'an account does not see the certificates of another', async () => {
    await expect(iotOf('second').send(new DescribeCertificateCommand({ certificateId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  documented(x509Guide, 'a certificate is known to the account whose endpoint SNI names, and to no other', async () => {
    expect(await attempt(aws, device, { clientId: 'device', serverName: await endpointOf('first') })).toBe('accepted');
    expect(await attempt(aws, device, { clientId: 'device', serverName: await endpointOf('second') })).toBe('closed');
  });

  documented(x509Guide, 'without SNI nobody can tell the account, and the connection is closed', async () => {
    expect(await attempt(aws, device, { clientId: 'device', serverName: undefined })).toBe('closed');
  });

  documented(x509Guide, 'one certificate may be registered in several accounts, each with its own policies', async () => {
    const { certificateArn } = await iotOf('second').send(
      new RegisterCertificateWithoutCACommand({ certificatePem: device.cert, status: 'ACTIVE' }),
    );
    const serverName = await endpointOf('second');
    await allowToConnect('second', certificateArn);
    expect(await attempt(aws, device, { clientId: 'device', serverName })).toBe('accepted');
    expect(await attempt(aws, device, { clientId: 'device', serverName: await endpointOf('first') })).toBe('accepted');
  });
});
