import type { DescribeDomainConfigurationRequest, DescribeDomainConfigurationResponse } from '@aws-sdk/client-iot';
import { findDomainConfiguration } from '../domain-configuration-rules.ts';
import type { IotOperation } from '../operation.ts';

type Operation = IotOperation<DescribeDomainConfigurationRequest, DescribeDomainConfigurationResponse>;

/** One endpoint, also a default one such as `iot:Data-ATS`. */
export const describeDomainConfiguration: Operation = (services, { domainConfigurationName }) => {
  const found = findDomainConfiguration(services, domainConfigurationName);
  const { authorizerConfig, serverCertificateConfig, clientCertificateCallbackArn } = found;
  return {
    domainConfigurationName: found.name,
    domainConfigurationArn: found.arn,
    domainName: found.domainName,
    serverCertificates: found.serverCertificateArns.map((serverCertificateArn) => ({
      serverCertificateArn,
      serverCertificateStatus: 'VALID' as const,
    })),
    ...(authorizerConfig === undefined ? {} : { authorizerConfig }),
    domainConfigurationStatus: found.status,
    serviceType: found.serviceType,
    domainType: found.domainType,
    lastStatusChangeDate: new Date(found.statusChangedAt),
    tlsConfig: { securityPolicy: found.securityPolicy },
    ...(serverCertificateConfig === undefined ? {} : { serverCertificateConfig }),
    authenticationType: found.authenticationType,
    applicationProtocol: found.applicationProtocol,
    ...(clientCertificateCallbackArn === undefined ? {} : { clientCertificateConfig: { clientCertificateCallbackArn } }),
  };
};
