import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { SigningAlgorithmName } from '../../domain/issuance/signing-algorithm.ts';

/** An authority of AWS Private CA that issues certificates to devices. */
export interface IssuingAuthority {
  readonly arn: string;
  readonly signingAlgorithm: SigningAlgorithmName;
}

/**
 * What certificates of devices are made by: the subject is the request's, which AWS IoT demands, key usages are the call's, and it is
 * never an authority. One of those that an account can be let use an authority of another account by (RAM).
 */
export const DEVICE_TEMPLATE_ARN = `arn:${Aws.PARTITION}:acm-pca:::template/BlankEndEntityCertificate_APIPassthrough/V1`;

/** What it takes to have certificates of devices issued, and no others. */
export const issuingFor = ({ arn }: IssuingAuthority): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: ['acm-pca:IssueCertificate'],
    resources: [arn],
    conditions: { StringEquals: { 'acm-pca:TemplateArn': DEVICE_TEMPLATE_ARN } },
  }),
  new PolicyStatement({ actions: ['acm-pca:GetCertificate'], resources: [arn] }),
];
