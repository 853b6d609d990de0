import type { CertificateAuthority, IssuedCertificate } from '../certificate-authority/certificate-authority.ts';
import { readCertificateRequest } from '../certificate-authority/certificate-request.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ProvisioningClaims } from '../provisioning/claims/provisioning-claims.ts';
import type {
  CertificateProviderView,
  PendingCertificate,
  ProvisioningRegistry,
  ProvisioningTemplateView,
} from '../provisioning-registry.ts';
import { addCertificate, isAttached, removeCertificate } from './certificate-store.ts';
import { registerProvidedCertificate } from './provided-certificate.ts';
import type { ProvisioningTemplate } from './records.ts';
import type { IotRegistry } from './registry.ts';
import { generateServiceKeyPair } from './service-keys.ts';

const register = (registry: IotRegistry, issued: IssuedCertificate): PendingCertificate => {
  const { certificateId, certificatePem } = addCertificate(registry, issued, { status: 'PENDING_ACTIVATION', mode: 'DEFAULT' });
  return { certificateId, certificatePem, certificateArn: registry.arn('cert', certificateId) };
};

const isPending = (registry: IotRegistry, certificateId: string): boolean =>
  registry.certificates.get(certificateId)?.status === 'PENDING_ACTIVATION';

const discard = (registry: IotRegistry, certificateId: string): boolean => {
  if (!isPending(registry, certificateId) || isAttached(registry, certificateId)) return false;
  removeCertificate(registry, certificateId);
  return true;
};

const viewOf = (registry: IotRegistry, template: ProvisioningTemplate): ProvisioningTemplateView => ({
  templateName: template.templateName,
  templateArn: registry.arn('provisioningtemplate', template.templateName),
  type: template.type,
  enabled: template.enabled,
  defaultVersionId: template.defaultVersionId,
  templateBody: template.versions.find(({ versionId }) => versionId === template.defaultVersionId)?.templateBody ?? '',
  provisioningRoleArn: template.provisioningRoleArn,
  preProvisioningHook: template.hook,
});

const providerOf = (registry: IotRegistry, behaviour: IotBehaviour): CertificateProviderView | undefined => {
  const effectiveFrom = registry.clock.now() - behaviour['certificate-provider.effective-after-ms'];
  const provider = [...registry.certificateProviders.values()].find(({ createdAt }) => createdAt <= effectiveFrom);
  if (provider === undefined) return undefined;
  return { arn: registry.arn('certificateprovider', provider.certificateProviderName), functionArn: provider.functionArn };
};

export interface ProvisioningRegistryParts {
  readonly authority: CertificateAuthority;
  readonly claims: Pick<ProvisioningClaims, 'isExpired'>;
  readonly behaviour: IotBehaviour;
}

/** The registry as fleet provisioning uses it. */
export const createProvisioningRegistry = (
  registry: IotRegistry,
  { authority, claims, behaviour }: ProvisioningRegistryParts,
): ProvisioningRegistry => ({
  issuePendingCertificate: (pem) => register(registry, authority.issueForRequest(pem)),
  checkRequest: (pem) => {
    readCertificateRequest(pem);
  },
  certificateProvider: () => providerOf(registry, behaviour),
  registerProvidedCertificate: (pem) => registerProvidedCertificate(registry, pem, behaviour['certificate-provider.certificate-mode']),
  issuePendingKeysAndCertificate: async () => {
    const keys = await generateServiceKeyPair();
    return { ...register(registry, authority.issueForKey(keys.publicKeyInfo)), privateKey: keys.privateKeyPem };
  },
  isPending: (certificateId) => isPending(registry, certificateId),
  discardPendingCertificate: (certificateId) => discard(registry, certificateId),
  isExpiredClaim: (certificateId) => claims.isExpired(certificateId),
  provisioningTemplate: (templateName) => {
    const template = registry.provisioningTemplates.get(templateName);
    return template === undefined ? undefined : viewOf(registry, template);
  },
});
