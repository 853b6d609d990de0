import type { CertificateAuthority, IssuedCertificate } from '../certificate-authority/certificate-authority.ts';
import type { ProvisioningClaims } from '../provisioning/claims/provisioning-claims.ts';
import type { PendingCertificate, ProvisioningRegistry, ProvisioningTemplateView } from '../provisioning-registry.ts';
import { addCertificate, isAttached, removeCertificate } from './certificate-store.ts';
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

/** The registry as fleet provisioning uses it. */
export const createProvisioningRegistry = (
  registry: IotRegistry,
  authority: CertificateAuthority,
  claims: Pick<ProvisioningClaims, 'isExpired'>,
): ProvisioningRegistry => ({
  issuePendingCertificate: (pem) => register(registry, authority.issueForRequest(pem)),
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
