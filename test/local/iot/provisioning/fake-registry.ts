import { createHash } from 'node:crypto';
import type {
  CertificateProviderView,
  PendingCertificate,
  ProvisioningRegistry,
  ProvisioningTemplateView,
} from '../../../../local/iot/provisioning-registry.ts';
import { invalidRequest } from '../../../../local/iot/refusals.ts';

type Status = 'PENDING_ACTIVATION' | 'ACTIVE' | 'INACTIVE';

/** Certificates and templates in memory; a CSR is good when it says so. */
export class FakeRegistry implements ProvisioningRegistry {
  readonly templates = new Map<string, ProvisioningTemplateView>();
  readonly statuses = new Map<string, Status>();
  /** Certificates that a policy or thing is attached to. */
  readonly attached = new Set<string>();
  /** Temporary claims that have expired. */
  readonly expiredClaims = new Set<string>();
  provider: CertificateProviderView | undefined;
  #issued = 0;

  checkRequest(pem: string): void {
    if (!pem.startsWith('-----BEGIN CERTIFICATE REQUEST-----')) throw invalidRequest('The CSR is not acceptable: it is no PEM block.');
  }

  certificateProvider(): CertificateProviderView | undefined {
    return this.provider;
  }

  registerProvidedCertificate({ request }: { readonly request: string }): PendingCertificate {
    return this.issuePendingCertificate(request);
  }

  issuePendingCertificate(pem: string): PendingCertificate {
    this.checkRequest(pem);
    this.#issued += 1;
    const certificateId = createHash('sha256').update(`${this.#issued}`).digest('hex');
    this.statuses.set(certificateId, 'PENDING_ACTIVATION');
    return {
      certificateId,
      certificateArn: `arn:aws:iot:eu-west-1:123456789012:cert/${certificateId}`,
      certificatePem: `PEM ${this.#issued}`,
    };
  }

  issuePendingKeysAndCertificate(): ReturnType<ProvisioningRegistry['issuePendingKeysAndCertificate']> {
    return Promise.resolve({ ...this.issuePendingCertificate('-----BEGIN CERTIFICATE REQUEST-----'), privateKey: 'KEY' });
  }

  isPending(certificateId: string): boolean {
    return this.statuses.get(certificateId) === 'PENDING_ACTIVATION';
  }

  discardPendingCertificate(certificateId: string): boolean {
    return this.isPending(certificateId) && !this.attached.has(certificateId) && this.statuses.delete(certificateId);
  }

  isExpiredClaim(certificateId: string): boolean {
    return this.expiredClaims.has(certificateId);
  }

  provisioningTemplate(templateName: string): ProvisioningTemplateView | undefined {
    return this.templates.get(templateName);
  }
}
