import { invalidRequest, notFound } from '../refusals.ts';
import type { CertificateProvider } from '../registry/certificate-provider.ts';
import type { IotRegistry } from '../registry/registry.ts';

/** The provider by name. Refuses with `ResourceNotFoundException`. */
export const findCertificateProvider = (registry: IotRegistry, name: string): CertificateProvider => {
  const provider = registry.certificateProviders.get(name);
  if (provider === undefined) throw notFound(`Certificate provider ${name} cannot be found.`);
  return provider;
};

/** SDK CreateCertificateProvider: exactly one operation, and there is but one. */
export const operationsOf = (operations: readonly string[]): CertificateProvider['operations'] => {
  const [only, ...others] = operations;
  if (only !== 'CreateCertificateFromCsr' || others.length > 0)
    throw invalidRequest('accountDefaultForOperations has to be CreateCertificateFromCsr, once.');
  return [only];
};
