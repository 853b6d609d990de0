import { ACMPCAClient, UpdateCertificateAuthorityCommand } from '@aws-sdk/client-acm-pca';
import { CreateCertificateProviderCommand, IoTClient } from '@aws-sdk/client-iot';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';
import { deployStack, provisioning } from './small-deployment.ts';

let account: DoctoredAccount;
let iot: IoTClient;
let pca: ACMPCAClient;
beforeEach(async () => {
  account = await openDoctoredAccount();
  [iot, pca] = [new IoTClient(account.config), new ACMPCAClient(account.config)];
});
afterEach(async () => {
  for (const client of [iot, pca]) client.destroy();
  await account.aws.stop();
});

const agreed = { accountWide: { certificateProvider: 'manage' } };
const own = { ...agreed, certificateAuthority: {} };

const found = async (check: string, configuration: object): Promise<readonly string[]> =>
  (await account.examine(check, { configuration })).map(({ level, what }) => `${level}: ${what}`);

const signed = (CertificateAuthorityArn: object, TemplateArn: string, Years: string) => ({
  Type: 'AWS::ACMPCA::Certificate',
  Properties: {
    ...{ CertificateAuthorityArn, TemplateArn, SigningAlgorithm: 'SHA256WITHECDSA', Validity: { Type: 'YEARS', Value: Years } },
    CertificateSigningRequest: { 'Fn::GetAtt': ['Root', 'CertificateSigningRequest'] },
  },
});

/** The stack of an authority, with no more than its root. */
const deployAuthority = (years = '20') =>
  deployStack(account, 'MusterAuthority', {
    Resources: {
      Root: {
        Type: 'AWS::ACMPCA::CertificateAuthority',
        Properties: { Type: 'ROOT', KeyAlgorithm: 'EC_prime256v1', SigningAlgorithm: 'SHA256WITHECDSA', Subject: { CommonName: 'Root' } },
      },
      Certificate: signed({ Ref: 'Root' }, 'arn:aws:acm-pca:::template/RootCACertificate/V1', years),
      Activation: {
        Type: 'AWS::ACMPCA::CertificateAuthorityActivation',
        Properties: { CertificateAuthorityArn: { Ref: 'Root' }, Certificate: { 'Fn::GetAtt': ['Certificate', 'Certificate'] } },
      },
    },
  });

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Ways in by fleet provisioning, in a stack of whoever has them. */
const deployTemplates = (...names: readonly string[]) => {
  const templates = names.map((TemplateName, index) => {
    const ProvisioningRoleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };
    const Properties = { TemplateName, TemplateBody: provisioning('Active'), ProvisioningRoleArn, Enabled: true };
    return [`Template${index}`, { Type: 'AWS::IoT::ProvisioningTemplate', Properties }] as const;
  });
  const Role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } };
  return deployStack(account, 'Templates', { Resources: { Role, ...Object.fromEntries(templates) } });
};

const arnOfAuthority = async (): Promise<string> =>
  /arn:aws:acm-pca:\S+/.exec((await found('certificate-authority', own)).find((line) => line.includes('arn:')) ?? '')?.[0] ?? '';

describe('Of an own certificate authority the doctor', () => {
  test('says that AWS IoT signs where there is none', async () => {
    expect(await found('certificate-authority', {})).toEqual(['ok: AWS IoT signs the certificates of devices']);
  });

  test('tells what it costs, what a stolen claim can cost, and until when it issues', async () => {
    await deployAuthority();
    expect(await found('certificate-authority', own)).toEqual([
      'ok: no other provisioning template is reached by the certificate provider',
      expect.stringMatching(/^ok: the certificate authority arn:\S+ is active until \d{4}-\d\d-\d\d$/),
      'ok: AWS bills about 800 US dollars a month for the authority, beside each certificate',
      'ok: a stolen claim can have 500 certificates issued in an hour: 375.00 US dollars at the most',
    ]);
  });

  test('F24: lists whose devices get no certificates while its provider is there', async () => {
    await deployTemplates('muster-sensor', 'their-lamps');
    expect(await found('certificate-authority', own)).toContain('problem: the certificate provider reaches "their-lamps"');
  });

  test('F24: says whose provider signs, and has nothing against its own', async () => {
    const provider = (certificateProviderName: string) => ({
      ...{ certificateProviderName, lambdaFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:signer' },
      accountDefaultForOperations: ['CreateCertificateFromCsr' as const],
    });
    await iot.send(new CreateCertificateProviderCommand(provider('their-signer')));
    expect((await found('account-switches', own)).join()).toContain(
      'problem: the certificate provider "their-signer" signs in place of AWS IoT',
    );
  });

  test('finds one that cannot issue, is another than was said, or ends too soon', async () => {
    const missing = 'arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/11111111-2222-3333-4444-555555555555';
    const named = (arn: string, more = {}) => ({ ...agreed, certificateAuthority: { arn, signingAlgorithm: 'SHA256WITHECDSA', ...more } });
    expect((await found('certificate-authority', named(missing))).join()).toContain(
      `problem: the certificate authority ${missing} is not there`,
    );
    await deployAuthority('1');
    const arn = await arnOfAuthority();
    expect((await found('certificate-authority', own)).join()).toMatch(/problem: the certificate authority \S+ ends on/);
    expect((await found('certificate-authority', named(arn, { mode: 'SHORT_LIVED_CERTIFICATE' }))).join()).toContain(
      'is of the mode GENERAL_PURPOSE',
    );
    await pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: arn, Status: 'DISABLED' }));
    expect((await found('certificate-authority', named(arn))).join()).toContain(`problem: the certificate authority ${arn} is DISABLED`);
  });

  test('notes one that was left behind, and goes on costing', async () => {
    await deployAuthority();
    expect(await found('certificate-authority', {})).toEqual([
      'note: the certificate authority of the stack MusterAuthority issues nothing',
    ]);
  });
});
