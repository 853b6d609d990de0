import { Aws, Duration, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { issuanceTermsOf } from '../../domain/configuration/configuration-authority-rules.ts';
import { lineRotationsOf } from '../../domain/configuration/configuration-line-settings.ts';
import type { CredentialRenewalEnvironment, OwnAuthorityEnvironment } from '../../lambdas/credential-renewal/environment.ts';
import type { Foundation, RenewalFunction } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { revokesAt } from '../authority/certificate-revocation.ts';
import { notesIssued } from '../authority/issued-certificates.ts';
import { DEVICE_TEMPLATE_ARN, type IssuingAuthority, issuingFor } from '../authority/issuing-authority.ts';
import { iotArn } from '../policy-scope.ts';
import { tableAccess } from '../table-access.ts';

/** Where the SQL finds the thing's name: level 3 of `<prefix>/things/<thing>/credential/ask`. */
const THING_LEVEL = 3;

type CredentialRenewalProps = Pick<Foundation, 'configuration' | 'topics' | 'table' | 'auditLog' | 'authority'>;

/** Answers devices that ask for their next credentials, whatever approaches are deployed. It is there where a line rotates them. */
export class CredentialRenewal extends Construct implements RenewalFunction {
  readonly #function: BundledFunction;

  constructor(scope: Construct, id: string, props: CredentialRenewalProps) {
    super(scope, id);
    const { configuration, topics, table, auditLog, authority } = props;
    const { prefix, topicPrefix } = configuration;
    const environment: CredentialRenewalEnvironment = { TABLE_NAME: table.tableName, PREFIX: prefix, TOPIC_PREFIX: topicPrefix };
    this.#function = new BundledFunction(this, 'Function', {
      name: 'credential-renewal',
      description: 'Muster: gives devices their next credentials.',
      environment,
      constants: {
        LINE_ROTATIONS: JSON.stringify(lineRotationsOf(configuration)),
        CERTIFICATE_TERMS: JSON.stringify(issuanceTermsOf(configuration)?.lines ?? []),
      },
      memorySizeMiB: 512,
      timeout: Duration.seconds(60),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    // Who is not answered asks again, and what it asked five minutes ago is answered then.
    this.#function.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(5) });
    const told = topics.credential(`${prefix}:*`).tell;
    for (const statement of [...tableAccess(table, TABLE_ACTIONS, ['enrollment#*']), ...certificates(), publication(told)])
      this.allow(statement);
    if (authority !== undefined) this.#issueBy(authority, table);
    this.#addRule(`${prefix.replaceAll('-', '_')}_credential_renewal`, topics.credential('+').ask);
    acknowledge(this, told);
  }

  allow(statement: PolicyStatement): void {
    this.#function.allow(statement);
  }

  tell(name: string, value: string): void {
    this.#function.function.addEnvironment(name, value);
  }

  // The control plane of AWS IoT does not ask a certificate provider; so it asks the authority itself, and registers what that issued.
  #issueBy(authority: IssuingAuthority, table: Table): void {
    const { arn, signingAlgorithm } = authority;
    const variables: OwnAuthorityEnvironment = {
      ...{ AUTHORITY_ARN: arn, SIGNING_ALGORITHM: signingAlgorithm, TEMPLATE_ARN: DEVICE_TEMPLATE_ARN },
    };
    for (const [name, value] of Object.entries(variables)) this.tell(name, value);
    for (const statement of [...issuingFor(authority), registration(), notesIssued(table)]) this.allow(statement);
    revokesAt(this.#function, authority);
  }

  #addRule(ruleName: string, topic: string): void {
    const permission = new CfnPermission(this, 'Invoke', {
      action: 'lambda:InvokeFunction',
      functionName: this.#function.functionArn,
      principal: 'iot.amazonaws.com',
      sourceAccount: Aws.ACCOUNT_ID,
      sourceArn: iotArn('rule', ruleName),
    });
    const rule = new CfnTopicRule(this, 'Rule', {
      ruleName,
      topicRulePayload: {
        // What the device sent is a text beside what AWS IoT says of it, so that it can neither be taken for that nor hide it.
        sql: `SELECT encode(*, 'base64') AS payload, topic(${THING_LEVEL}) AS thing, principal() AS principal FROM '${topic}'`,
        awsIotSqlVersion: '2016-03-23',
        description: 'Muster: devices that ask for their next credentials.',
        ruleDisabled: false,
        actions: [{ lambda: { functionArn: this.#function.functionArn } }],
      },
    });
    rule.node.addDependency(permission);
  }
}

const TABLE_ACTIONS = ['dynamodb:BatchGetItem', 'dynamodb:PutItem'];

const certificates = (): readonly PolicyStatement[] => [
  allowing(
    [
      ...['iot:AttachPolicy', 'iot:AttachThingPrincipal', 'iot:DeleteCertificate', 'iot:DescribeCertificate'],
      ...['iot:DetachThingPrincipal', 'iot:UpdateCertificate'],
    ],
    iotArn('cert', '*'),
  ),
  // It has no resource that a policy could name (Service Authorization Reference, AWS IoT).
  allowing(['iot:CreateCertificateFromCsr'], '*'),
];

// It has no resource that a policy could name (Service Authorization Reference, AWS IoT).
const registration = (): PolicyStatement => allowing(['iot:RegisterCertificateWithoutCA'], '*');

const publication = (topic: string): PolicyStatement => allowing(['iot:Publish'], iotArn('topic', topic));

const allowing = (actions: string[], resource: string): PolicyStatement => new PolicyStatement({ actions, resources: [resource] });

const acknowledge = (scope: Construct, told: string): void => {
  const iot = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';
  Validations.of(scope).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:cert/*]`,
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'Actions for which AWS IoT defines no resource.' },
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:topic/${told}]`,
      reason: 'It tells whichever device asks, on the topic of that device; names are not known before devices come.',
    },
    ...['Serverless-LambdaDLQ', 'Serverless-LambdaAsyncFailureDestination'].map((id) => ({
      id,
      reason: 'A device that hears nothing asks again, and a rotation that came to nothing is withdrawn: what was lost is asked for anew.',
    })),
  );
};
