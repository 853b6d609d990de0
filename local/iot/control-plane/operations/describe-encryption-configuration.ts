import type { DescribeEncryptionConfigurationRequest, DescribeEncryptionConfigurationResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';

/** What AWS IoT keeps is encrypted with keys of AWS, until a customer gives it one. */
export const describeEncryptionConfiguration: IotOperation<
  DescribeEncryptionConfigurationRequest,
  DescribeEncryptionConfigurationResponse
> = () => ({ encryptionType: 'AWS_OWNED_KMS_KEY', configurationDetails: { configurationStatus: 'HEALTHY' } });
