import { Aws } from 'aws-cdk-lib';
import type { PolicyScope } from '../domain/policy-document.ts';

/** The account and region that a stack is deployed to, known at deployment only. */
export const deployedScope: PolicyScope = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID };

/** The ARN of an AWS IoT resource of this account, e.g. `iotArn('thing', 'muster:*')`. */
export const iotArn = (
  kind:
    | 'authorizer'
    | 'cacert'
    | 'cert'
    | 'certificateprovider'
    | 'client'
    | 'domainconfiguration'
    | 'job'
    | 'provisioningtemplate'
    | 'rule'
    | 'thing'
    | 'thinggroup'
    | 'thingtype'
    | 'topic'
    | 'policy',
  name: string,
): string => `arn:${Aws.PARTITION}:iot:${Aws.REGION}:${Aws.ACCOUNT_ID}:${kind}/${name}`;
