import { ACMPCAClient, DescribeCertificateAuthorityCommand, GetCertificateAuthorityCertificateCommand } from '@aws-sdk/client-acm-pca';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { X509Certificate } from 'node:crypto';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { documented } from './fact.ts';

let aws: LocalAws;
let cloudFormation: CloudFormationClient;
let pca: ACMPCAClient;
beforeAll(async () => {
  aws = await startLocalAws({ iotBehaviour: { 'private-ca.creating-ms': 1, 'private-ca.issuing-ms': 1 } });
  const config = { endpoint: aws.endpoint, credentials: aws.credentials, region: aws.account.region };
  cloudFormation = new CloudFormationClient(config);
  pca = new ACMPCAClient(config);
});
afterAll(async () => {
  for (const client of [cloudFormation, pca]) client.destroy();
  await aws.stop();
});

const settled = async (StackName: string): Promise<Stack> => {
  for (;;) {
    const stack = (await cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
    if (stack?.StackStatus?.endsWith('_IN_PROGRESS') === false) return stack;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const authority = (Type: string, CommonName: string, more: object = {}): object => ({
  Type: 'AWS::ACMPCA::CertificateAuthority',
  Properties: { ...more, Type, KeyAlgorithm: 'EC_prime256v1', SigningAlgorithm: 'SHA256WITHECDSA', Subject: { CommonName } },
});

const certificate = (issuer: string, subject: string, template: string, years: number): object => ({
  Type: 'AWS::ACMPCA::Certificate',
  Properties: {
    CertificateAuthorityArn: { 'Fn::GetAtt': [issuer, 'Arn'] },
    CertificateSigningRequest: { 'Fn::GetAtt': [subject, 'CertificateSigningRequest'] },
    SigningAlgorithm: 'SHA256WITHECDSA',
    TemplateArn: `arn:aws:acm-pca:::template/${template}/V1`,
    Validity: { Type: 'YEARS', Value: String(years) },
  },
});

const activation = (of: string, by: string, chain: object = {}): object => ({
  Type: 'AWS::ACMPCA::CertificateAuthorityActivation',
  Properties: { CertificateAuthorityArn: { Ref: of }, Certificate: { 'Fn::GetAtt': [by, 'Certificate'] }, ...chain },
});

const authorities = { Root: authority('ROOT', 'Root'), Sub: authority('SUBORDINATE', 'Sub') };

const resources = {
  ...authorities,
  RootCertificate: certificate('Root', 'Root', 'RootCACertificate', 10),
  RootActivation: activation('Root', 'RootCertificate'),
  SubCertificate: { ...certificate('Sub', 'Sub', 'SubordinateCACertificate_PathLen0', 5) },
  SubActivation: activation('Sub', 'SubCertificate', {
    CertificateChain: { 'Fn::GetAtt': ['RootActivation', 'CompleteCertificateChain'] },
  }),
  Permission: {
    Type: 'AWS::ACMPCA::Permission',
    Properties: { CertificateAuthorityArn: { Ref: 'Sub' }, Principal: 'acm.amazonaws.com', Actions: ['IssueCertificate'] },
    DependsOn: 'SubActivation',
  },
};

const fromRoot = {
  ...resources,
  SubCertificate: { ...certificate('Root', 'Sub', 'SubordinateCACertificate_PathLen0', 5), DependsOn: 'RootActivation' },
};

const textOf = (Resources: object): string => JSON.stringify({ Resources, Outputs: { Sub: { Value: { Ref: 'Sub' } } } });

const statusOf = async (CertificateAuthorityArn: string) =>
  (await pca.send(new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn }))).CertificateAuthority?.Status;

describe('A stack', () => {
  documented(
    'CloudFormation template reference, AWS::ACMPCA::CertificateAuthority',
    'makes a root and a subordinate, and takes them down when they are no longer active',
    async () => {
      const StackName = 'hierarchy';
      await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: textOf(fromRoot) }));
      const stack = await settled(StackName);
      expect(stack.StackStatus).toBe('CREATE_COMPLETE');
      const arn = stack.Outputs?.[0]?.OutputValue ?? '';
      expect(await statusOf(arn)).toBe('ACTIVE');
      const shown = await pca.send(new GetCertificateAuthorityCertificateCommand({ CertificateAuthorityArn: arn }));
      const [own, root] = [shown.Certificate ?? '', shown.CertificateChain ?? ''].map((pem) => new X509Certificate(pem));
      expect([own?.subject, root?.subject, own !== undefined && root !== undefined && own.checkIssued(root)]).toEqual([
        'CN=Sub',
        'CN=Root',
        true,
      ]);
      const tagged = { ...fromRoot, Sub: authority('SUBORDINATE', 'Sub', { Tags: [{ Key: 'line', Value: 'lamp' }] }) };
      await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: textOf(tagged) }));
      expect((await settled(StackName)).StackStatus).toBe('UPDATE_COMPLETE');
      await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: textOf(authorities) }));
      expect((await settled(StackName)).StackStatus).toBe('UPDATE_COMPLETE');
      expect(await statusOf(arn)).toBe('DISABLED');
      await cloudFormation.send(new DeleteStackCommand({ StackName: stack.StackId }));
      expect((await settled(stack.StackId ?? '')).StackStatus).toBe('DELETE_COMPLETE');
      expect(await statusOf(arn)).toBe('DELETED');
    },
  );

  documented('CloudFormation template reference, AWS::ACMPCA::Certificate', 'fails with the refusal of AWS Private CA', async () => {
    const StackName = 'impatient';
    await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: textOf(resources) }));
    expect((await settled(StackName)).StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
    expect(StackEvents.map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join(' ')).toContain('PENDING_CERTIFICATE');
  });
});
