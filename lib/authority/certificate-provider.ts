import { Annotations, Aws, CustomResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnCertificateProvider } from 'aws-cdk-lib/aws-iot';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { clientIdLinesOf } from '../../domain/client-id.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { issuanceTermsOf } from '../../domain/configuration/configuration-authority-rules.ts';
import { PROVIDER_GUARD_TYPE } from '../../domain/issuance/certificate-providers.ts';
import { priceOfCertificates } from '../../domain/issuance/private-ca-prices.ts';
import type { CertificateProviderEnvironment } from '../../lambdas/certificate-provider/environment.ts';
import type { Foundation } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { notesIssued } from './issued-certificates.ts';
import { DEVICE_TEMPLATE_ARN, type IssuingAuthority, issuingFor } from './issuing-authority.ts';
import { retentionOf } from '../log-retention.ts';
import { iotArn } from '../policy-scope.ts';
import { partitionAccess, tableAccess } from '../table-access.ts';

export interface CertificateProviderProps {
  readonly foundation: Foundation;
  readonly authority: IssuingAuthority;
}

/**
 * Has an authority of one's own sign in place of AWS IoT: for the whole account and region, which can have one provider. Where
 * somebody else has it, the deployment ends and theirs stays; when this stack goes, AWS IoT signs again.
 */
export class CertificateProvider extends Construct {
  constructor(scope: Construct, id: string, { foundation, authority }: CertificateProviderProps) {
    super(scope, id);
    const name = foundation.names.certificateProvider;
    const provider = this.#function(foundation, authority);
    foundation.waysIn.addDoor('certificate-provider', provider.function);
    const permissions = this.#permit(provider, name);
    const guard = this.#guard(foundation.configuration, name);
    const made = new CfnCertificateProvider(this, 'Provider', {
      certificateProviderName: name,
      lambdaFunctionArn: provider.functionArn,
      accountDefaultForOperations: ['CreateCertificateFromCsr'],
    });
    made.node.addDependency(guard, ...permissions);
    Annotations.of(this).addInfo(worstCaseOf(foundation.configuration));
    acknowledge(this);
  }

  #function({ configuration, table, auditLog, lineSettings }: Foundation, authority: IssuingAuthority): BundledFunction {
    const { prefix } = configuration;
    const environment: CertificateProviderEnvironment = {
      ...{ TABLE_NAME: table.tableName, PREFIX: prefix, REFUSAL_FLOOR_MS: String(configuration.refusalFloorMs) },
      ...{ AUTHORITY_ARN: authority.arn, SIGNING_ALGORITHM: authority.signingAlgorithm, TEMPLATE_ARN: DEVICE_TEMPLATE_ARN },
    };
    const provider = new BundledFunction(this, 'Function', {
      name: 'certificate-provider',
      description: 'Muster: has certificates issued by the own authority for devices that may come in.',
      environment,
      constants: {
        LINE_SETTINGS: JSON.stringify(lineSettings),
        CLIENT_ID_LINES: JSON.stringify(clientIdLinesOf(configuration)),
        ISSUANCE_TERMS: JSON.stringify(issuanceTermsOf(configuration)),
      },
      memorySizeMiB: 1024,
      // AWS IoT waits no longer (DG:provisioning-cert-provider); the function keeps a shorter deadline of its own.
      timeout: Duration.seconds(5),
      logGroup: auditLog,
      reservedConcurrency: configuration.reservedConcurrency.certificateProvider,
    });
    const statements = [
      ...tableAccess(table, ['dynamodb:BatchGetItem'], ['claim#*', 'enrollment#*']),
      partitionAccess(table, ['dynamodb:UpdateItem'], ['issuance#*']),
      notesIssued(table),
      ...issuingFor(authority),
    ];
    for (const statement of statements) provider.allow(statement);
    return provider;
  }

  // The developer guide has its ARN with a slash and with a colon; nobody else can have either.
  #permit({ functionArn }: BundledFunction, name: string): readonly CfnPermission[] {
    const arn = iotArn('certificateprovider', name);
    return [arn, arn.replace(/\/(?=[^/]*$)/, ':')].map(
      (sourceArn, index) =>
        new CfnPermission(this, `Invoke${index}`, {
          action: 'lambda:InvokeFunction',
          functionName: functionArn,
          principal: 'iot.amazonaws.com',
          sourceAccount: Aws.ACCOUNT_ID,
          sourceArn,
        }),
    );
  }

  #guard({ retention }: Configuration, name: string): CustomResource {
    const guard = new BundledFunction(this, 'GuardFunction', {
      name: 'certificate-provider-guard',
      description: 'Muster: keeps deployments from taking over the certificate provider of somebody else.',
      environment: {},
      memorySizeMiB: 256,
      timeout: Duration.seconds(30),
      logGroup: new LogGroup(this, 'GuardLog', { retention: retentionOf(retention.logDays), removalPolicy: RemovalPolicy.DESTROY }),
      reservedConcurrency: undefined,
    });
    // It has no resource that a policy could name (Service Authorization Reference, AWS IoT).
    guard.allow(new PolicyStatement({ actions: ['iot:ListCertificateProviders'], resources: ['*'] }));
    return new CustomResource(this, 'Guard', {
      ...{ resourceType: PROVIDER_GUARD_TYPE, serviceToken: guard.functionArn, serviceTimeout: Duration.minutes(2) },
      properties: { ProviderName: name },
    });
  }
}

const worstCaseOf = ({ certificateAuthority: authority }: Configuration): string => {
  if (authority === undefined) return '';
  const { certificatesPerClaimPerHour: count, mode } = authority;
  const dollars = priceOfCertificates(mode, count).toFixed(2);
  return `A claim that is stolen can have at most ${count} certificates issued in an hour: ${dollars} US dollars where they are the first of their month.`;
};

const acknowledge = (scope: Construct): void => {
  Validations.of(scope).acknowledge(
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'ListCertificateProviders, a read for which AWS IoT defines no resource.' },
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'AWS IoT and CloudFormation wait for the answers, and take a failure for a refusal; nothing is ever queued that could die.',
    },
  );
};
