/** A certificate that AWS IoT issued for a device, not yet usable. */
export interface PendingCertificate {
  /** 64 lower-case hex digits. */
  readonly certificateId: string;
  readonly certificateArn: string;
  readonly certificatePem: string;
}

export interface PendingKeysAndCertificate extends PendingCertificate {
  /** PEM; RSA 2048, made by the service. */
  readonly privateKey: string;
}

/** A provisioning template with the body of its default version. */
export interface ProvisioningTemplateView {
  readonly templateName: string;
  readonly templateArn: string;
  readonly type: 'FLEET_PROVISIONING' | 'JITP';
  readonly enabled: boolean;
  readonly defaultVersionId: number;
  /** JSON text. */
  readonly templateBody: string;
  readonly provisioningRoleArn: string;
  readonly preProvisioningHook: { readonly targetArn: string; readonly payloadVersion: string } | undefined;
}

/** Who signs instead of AWS IoT. */
export interface CertificateProviderView {
  readonly arn: string;
  readonly functionArn: string;
}

/**
 * What fleet provisioning does to certificates and templates that no control-plane operation offers: only AWS IoT itself
 * may put a certificate into `PENDING_ACTIVATION` (SDK UpdateCertificate). Everything else that provisioning does (things,
 * policies, attachments, the certificate's activation) goes through `ControlPlaneClient`.
 */
export interface ProvisioningRegistry {
  /** Signs a CSR and registers the certificate as `PENDING_ACTIVATION`. Throws `InvalidRequestException` for a CSR that AWS IoT refuses. */
  issuePendingCertificate(certificateSigningRequestPem: string): PendingCertificate;
  /** Throws `InvalidRequestException` for a CSR that AWS IoT refuses. */
  checkRequest(certificateSigningRequestPem: string): void;
  /** The account's certificate provider, once it is in effect. */
  certificateProvider(): CertificateProviderView | undefined;
  /** Registers what the provider signed as `PENDING_ACTIVATION`, both PEM. Throws `AwsError` for a certificate that is not the request's. */
  registerProvidedCertificate(pem: { readonly request: string; readonly certificate: string }): PendingCertificate;
  /** Makes a key pair (RSA 2048) and its certificate, registered as `PENDING_ACTIVATION`. */
  issuePendingKeysAndCertificate(): Promise<PendingKeysAndCertificate>;
  /** Whether that certificate is registered and still `PENDING_ACTIVATION`. */
  isPending(certificateId: string): boolean;
  /**
   * Deletes a certificate whose ownership token expired, if it is still pending and attached to neither policy nor thing
   * (DG:fleet-provision-api); true when it did.
   */
  discardPendingCertificate(certificateId: string): boolean;
  /** Whether that was a temporary claim of a trusted user whose five minutes are over. */
  isExpiredClaim(certificateId: string): boolean;
  /** The template by name, or undefined. */
  provisioningTemplate(templateName: string): ProvisioningTemplateView | undefined;
}
