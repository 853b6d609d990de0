import { Match, Template } from 'aws-cdk-lib/assertions';
import { AuthorityStack } from '../../../lib/authority/authority-stack.ts';
import { buildTestApp } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const agreed = { accountWide: { certificateProvider: 'manage' } };
const arn = 'arn:aws:acm-pca:eu-west-1:444455556666:certificate-authority/11111111-2222-3333-4444-555555555555';

const build = (certificateAuthority: object, context = {}) => {
  const { app, onboarding } = buildTestApp({ configuration: { ...agreed, certificateAuthority }, context });
  const found = app.node.tryFindChild('MusterAuthority');
  const stack = found instanceof AuthorityStack ? found : undefined;
  return { app, onboarding: Template.fromStack(onboarding), authority: stack && Template.fromStack(stack), stack };
};

const statementsOf = (template: Template, role: string) =>
  resourcesOfType(template, 'AWS::IAM::Policy')
    .filter(({ logicalId }) => logicalId.includes(role))
    .flatMap(
      ({ properties }) => (properties['PolicyDocument'] as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
    );

describe('A deployment without a certificate authority of its own', () => {
  test('makes none, and no provider, and changes nothing account-wide', () => {
    const { app, onboarding } = buildTestApp();
    expect(app.node.tryFindChild('MusterAuthority')).toBeUndefined();
    const template = Template.fromStack(onboarding);
    template.resourceCountIs('AWS::IoT::CertificateProvider', 0);
    template.resourceCountIs('Custom::MusterProviderGuard', 0);
  });
});

describe('A certificate authority of one’s own', () => {
  const { authority, stack } = build({ organization: 'Acme' });

  test('is a root that signs one subordinate, and a subordinate that signs no other authority', () => {
    authority?.hasResourceProperties('AWS::ACMPCA::CertificateAuthority', {
      Type: 'ROOT',
      Subject: { CommonName: 'muster root', Organization: 'Acme' },
    });
    authority?.hasResourceProperties('AWS::ACMPCA::CertificateAuthority', { Type: 'SUBORDINATE', UsageMode: 'GENERAL_PURPOSE' });
    authority?.hasResource('AWS::ACMPCA::Certificate', {
      Properties: { TemplateArn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('SubordinateCACertificate_PathLen0/V1')])] } },
      DependsOn: ['RootActivation'],
    });
    authority?.resourceCountIs('AWS::ACMPCA::CertificateAuthorityActivation', 2);
  });

  test('publishes what it revoked to a bucket that nobody but its account reads', () => {
    authority?.hasResourceProperties('AWS::ACMPCA::CertificateAuthority', {
      RevocationConfiguration: { CrlConfiguration: { Enabled: true, S3ObjectAcl: 'BUCKET_OWNER_FULL_CONTROL' } },
    });
    authority?.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('is protected as records are, unless the deployment is for a test', () => {
    expect(stack?.terminationProtection).toBe(true);
    expect(build({}, { 'muster:ephemeral': true }).stack?.terminationProtection).toBe(false);
  });

  test('lists nothing that it revoked where what it issues is over within a week', () => {
    const shortLived = build({ mode: 'SHORT_LIVED_CERTIFICATE' }).authority;
    shortLived?.hasResourceProperties('AWS::ACMPCA::CertificateAuthority', {
      UsageMode: 'SHORT_LIVED_CERTIFICATE',
      RevocationConfiguration: Match.absent(),
    });
    shortLived?.resourceCountIs('AWS::S3::Bucket', 0);
  });

  test('is not made where one is named that there is', () => {
    const { authority: none, onboarding } = build({ arn, signingAlgorithm: 'SHA384WITHRSA' });
    expect(none).toBeUndefined();
    onboarding.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ AUTHORITY_ARN: arn, SIGNING_ALGORITHM: 'SHA384WITHRSA' }) },
    });
  });

  test('passes every check of a synth, and says what it costs and what a stolen claim can', () => {
    for (const configuration of [
      {},
      { mode: 'SHORT_LIVED_CERTIFICATE', certificatesPerClaimPerHour: 100 },
      { arn, signingAlgorithm: 'SHA384WITHRSA' },
    ]) {
      const { app } = buildTestApp({ configuration: { ...agreed, certificateAuthority: configuration } });
      expect(() => app.synth()).not.toThrow();
      const said = app.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
      expect(said).toEqual(
        expect.arrayContaining([expect.stringMatching(/stolen can have at most \d+ certificates issued in an hour: \d+\.\d\d US dollars/)]),
      );
    }
  });
});

describe('What takes certificates out of use', () => {
  const built = buildTestApp({ configuration: { ...agreed, certificateAuthority: { arn, signingAlgorithm: 'SHA256WITHECDSA' } } });

  test.each([
    ['operations', 'OperationsFunctionRole'],
    ['operations', 'ReconciliationFunctionRole'],
    ['onboarding', 'ActivationFunctionRole'],
  ] as const)('may take them back at the own authority, too: in the stack of %s, %s', (stack, role) => {
    const revoking = statementsOf(Template.fromStack(built[stack]), role).filter(({ Action }) => Action === 'acm-pca:RevokeCertificate');
    expect(revoking).toMatchObject([{ Resource: arn }]);
  });
});

describe('The renewal of credentials', () => {
  const configuration = {
    ...agreed,
    certificateAuthority: { arn, signingAlgorithm: 'SHA256WITHECDSA' },
    lines: [{ name: 'sensor', rotation: {} }],
  };
  const { app, onboarding } = buildTestApp({ configuration });

  test('has the own authority sign, which AWS IoT does not ask there, and registers what it signed', () => {
    const template = Template.fromStack(onboarding);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('next credentials'),
      Environment: {
        Variables: Match.objectLike({ AUTHORITY_ARN: arn, SIGNING_ALGORITHM: 'SHA256WITHECDSA', TEMPLATE_ARN: Match.anyValue() }),
      },
    });
    const actions = statementsOf(template, 'CredentialRenewalFunctionRole').flatMap(({ Action }) => Action);
    const added = ['acm-pca:IssueCertificate', 'acm-pca:GetCertificate', 'iot:RegisterCertificateWithoutCA', 'acm-pca:RevokeCertificate'];
    expect(actions).toEqual(expect.arrayContaining(added));
    expect(() => app.synth()).not.toThrow();
  });
});

describe('The certificate provider', () => {
  const { onboarding } = build({ arn, signingAlgorithm: 'SHA256WITHECDSA' });

  test('F24: is made after the guard that keeps somebody else’s, and after AWS IoT may call it', () => {
    onboarding.hasResource('AWS::IoT::CertificateProvider', {
      Properties: { CertificateProviderName: 'muster-certificate-provider', AccountDefaultForOperations: ['CreateCertificateFromCsr'] },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('Guard'), Match.stringLikeRegexp('Invoke0'), Match.stringLikeRegexp('Invoke1')]),
    });
  });

  test('may be called by AWS IoT for the provider of this account, by either form of its name, and for nothing else', () => {
    for (const name of [':certificateprovider/muster-certificate-provider', ':certificateprovider:muster-certificate-provider'])
      onboarding.hasResourceProperties('AWS::Lambda::Permission', {
        ...{ Principal: 'iot.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } },
        SourceArn: { 'Fn::Join': ['', Match.arrayWith([name])] },
      });
  });

  test('may read claims and enrollments, count, have certificates for devices issued and note them, and nothing else', () => {
    const statements = statementsOf(onboarding, 'pkiCertificateProviderFunctionRole');
    expect(statements.flatMap(({ Action }) => Action)).toEqual([
      ...['logs:CreateLogStream', 'logs:PutLogEvents', 'dynamodb:BatchGetItem', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
      ...['dynamodb:UpdateItem', 'dynamodb:PutItem', 'acm-pca:IssueCertificate', 'acm-pca:GetCertificate'],
    ]);
    const noting = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['issued'] } };
    expect(statements.find(({ Action }) => Action === 'dynamodb:PutItem')).toMatchObject({ Condition: noting });
    expect(statements.find(({ Action }) => Action === 'acm-pca:IssueCertificate')).toMatchObject({
      Resource: arn,
      Condition: { StringEquals: { 'acm-pca:TemplateArn': expect.anything() as unknown } },
    });
  });

  test('runs within the five seconds that AWS IoT waits', () => {
    onboarding.hasResourceProperties('AWS::Lambda::Function', { Description: Match.stringLikeRegexp('own authority'), Timeout: 5 });
  });
});
