import {
  ACMPCAClient,
  CreateCertificateAuthorityCommand,
  DeletePolicyCommand,
  DescribeCertificateAuthorityCommand,
  GetCertificateAuthorityCsrCommand,
  GetPolicyCommand,
  IssueCertificateCommand,
  type IssueCertificateCommandInput,
  PutPolicyCommand,
} from '@aws-sdk/client-acm-pca';
import { RunningClock } from '../../local/running-clock.ts';
import { documented } from './fact.ts';
import { allow, type Credentials, IamWorld, policy } from './iam-world.ts';

const template = (name: string): string => `arn:aws:acm-pca:::template/${name}/V1`;

let world: IamWorld;
let administrator: ACMPCAClient;
let CertificateAuthorityArn: string;
const clientOf = (credentials?: Credentials) => new ACMPCAClient(world.config(credentials));

beforeAll(async () => {
  world = await IamWorld.start();
  administrator = clientOf();
  const Subject = { CommonName: 'Root' };
  const made = await administrator.send(
    new CreateCertificateAuthorityCommand({
      CertificateAuthorityType: 'ROOT',
      CertificateAuthorityConfiguration: { KeyAlgorithm: 'EC_prime256v1', SigningAlgorithm: 'SHA256WITHECDSA', Subject },
    }),
  );
  CertificateAuthorityArn = made.CertificateAuthorityArn ?? '';
  if (world.local.clock instanceof RunningClock) world.local.clock.advance(5000);
});
afterAll(async () => {
  administrator.destroy();
  await world.local.stop();
});

const describeBy = (client: ACMPCAClient) => client.send(new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn }));

describe('IAM', () => {
  documented(
    'Service Authorization Reference, AWS Private Certificate Authority',
    'lets in whom a policy allows the action on the authority',
    async () => {
      const reader = await world.user(allow('acm-pca:DescribeCertificateAuthority', CertificateAuthorityArn));
      const other = await world.user(allow('acm-pca:DescribeCertificateAuthority', `${CertificateAuthorityArn}0`));
      expect((await describeBy(clientOf(reader.credentials))).CertificateAuthority?.Type).toBe('ROOT');
      await expect(describeBy(clientOf(other.credentials))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    },
  );

  documented('Private CA user guide, "Resource-based policies"', 'can bind who orders certificates to a template', async () => {
    const condition = { StringEquals: { 'acm-pca:TemplateArn': template('RootCACertificate') } };
    const issuer = await world.user(
      allow(['acm-pca:IssueCertificate', 'acm-pca:GetCertificateAuthorityCsr'], CertificateAuthorityArn, condition),
      allow('acm-pca:GetCertificateAuthorityCsr'),
    );
    const client = clientOf(issuer.credentials);
    const { Csr = '' } = await client.send(new GetCertificateAuthorityCsrCommand({ CertificateAuthorityArn }));
    const order = (more: Pick<IssueCertificateCommandInput, 'TemplateArn'> = {}) =>
      client.send(
        new IssueCertificateCommand({
          ...{ CertificateAuthorityArn, Csr: Buffer.from(Csr), SigningAlgorithm: 'SHA256WITHECDSA', ...more },
          Validity: { Type: 'YEARS', Value: 1 },
        }),
      );
    await expect(order()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect((await order({ TemplateArn: template('RootCACertificate') })).CertificateArn).toContain(CertificateAuthorityArn);
  });

  documented('Private CA API reference, PutPolicy', 'also asks the policy of the authority, until it is deleted', async () => {
    const guest = await world.user();
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: guest.arn },
      Action: 'acm-pca:DescribeCertificateAuthority',
      Resource: CertificateAuthorityArn,
    };
    const Policy = policy(statement);
    const ResourceArn = CertificateAuthorityArn;
    await administrator.send(new PutPolicyCommand({ ResourceArn, Policy }));
    expect((await administrator.send(new GetPolicyCommand({ ResourceArn }))).Policy).toBe(Policy);
    expect((await describeBy(clientOf(guest.credentials))).CertificateAuthority?.Type).toBe('ROOT');
    await administrator.send(new DeletePolicyCommand({ ResourceArn }));
    await expect(describeBy(clientOf(guest.credentials))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(administrator.send(new GetPolicyCommand({ ResourceArn }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const wrong = administrator.send(new PutPolicyCommand({ ResourceArn, Policy: '{}' }));
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidPolicyException' });
  });
});
