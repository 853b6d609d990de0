/** A function that signs the requests of fleet provisioning instead of AWS IoT. */
export interface CertificateProvider {
  readonly certificateProviderName: string;
  readonly functionArn: string;
  /** `CreateCertificateFromCsr` is the only one that there is. */
  readonly operations: readonly 'CreateCertificateFromCsr'[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}
