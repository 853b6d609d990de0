import { CfnOutput, CustomResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DOMAIN_TYPE, type DomainSetting, domainConfigurationName, OPEN_DOMAIN_TYPE } from '../../domain/domain-configuration.ts';
import type { Foundation } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import type { DeviceAuthorizer } from './device-authorizer.ts';
import { retentionOf } from '../log-retention.ts';
import { iotArn } from '../policy-scope.ts';

export interface AuthorizerDomainProps {
  readonly foundation: Foundation;
  readonly approach: string;
  /** Who is asked about every device that connects there. */
  readonly authorizer: DeviceAuthorizer;
  readonly domain: DomainSetting;
}

/**
 * A host name at which an authorizer is asked though the device names none: for devices that can set no user name. It outlives the
 * stack, disabled, so that the devices find it again when the stack is back; `muster doctor --repair` deletes what nobody wants back.
 */
export class AuthorizerDomain extends Construct {
  readonly hostName: string;

  constructor(scope: Construct, id: string, { foundation, approach, authorizer, domain }: AuthorizerDomainProps) {
    super(scope, id);
    const own = domain === true ? undefined : domain;
    const name = domainConfigurationName(foundation.configuration.prefix, approach, own);
    const serviceToken = this.#function(foundation, name, own?.certificateArn).functionArn;
    const kept = new CustomResource(this, 'Kept', {
      ...{ resourceType: DOMAIN_TYPE, serviceToken, serviceTimeout: Duration.minutes(2) },
      properties: { Name: name, ...(own === undefined ? {} : { OwnName: own.name, CertificateArn: own.certificateArn }) },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const open = new CustomResource(this, 'Open', {
      ...{ resourceType: OPEN_DOMAIN_TYPE, serviceToken, serviceTimeout: Duration.minutes(2) },
      properties: { Name: kept.ref, AuthorizerName: authorizer.authorizerName },
    });
    // So that it is closed before its authorizer goes, which AWS IoT would else refuse to delete.
    open.node.addDependency(authorizer);
    this.hostName = kept.getAttString('HostName');
    new CfnOutput(this, 'HostName', {
      value: this.hostName,
      description: `Where devices connect that name no authorizer, by ${approach}. It stays when the stack goes, disabled.`,
    });
  }

  #function({ configuration }: Foundation, name: string, certificateArn: string | undefined): BundledFunction {
    const handler = new BundledFunction(this, 'Function', {
      name: 'domain-configurations',
      description: 'Muster: keeps, opens and closes domain configurations of AWS IoT for CloudFormation.',
      environment: {},
      memorySizeMiB: 256,
      timeout: Duration.seconds(30),
      logGroup: new LogGroup(this, 'Log', {
        retention: retentionOf(configuration.retention.logDays),
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      reservedConcurrency: undefined,
    });
    // The last part of its ARN is AWS IoT's to choose.
    const resources = [iotArn('domainconfiguration', `${name}/*`)];
    handler.allow(new PolicyStatement({ actions: certificateArn === undefined ? ON_DOMAINS : [...ON_DOMAINS, DELETION], resources }));
    if (certificateArn !== undefined)
      handler.allow(new PolicyStatement({ actions: ['acm:DescribeCertificate', 'acm:GetCertificate'], resources: [certificateArn] }));
    acknowledge(this, name);
    return handler;
  }
}

const ON_DOMAINS = ['iot:CreateDomainConfiguration', 'iot:DescribeDomainConfiguration', 'iot:UpdateDomainConfiguration'];

// Of one with another certificate, which must be made anew.
const DELETION = 'iot:DeleteDomainConfiguration';

const acknowledge = (scope: Construct, name: string): void => {
  Validations.of(scope).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:domainconfiguration/${name}/*]`,
      reason: 'One domain configuration; AWS IoT ends its ARN with an id that is not known before it is made.',
    },
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'CloudFormation waits for the answer and fails the deployment without one; a dead letter would tell nobody more.',
    },
  );
};
