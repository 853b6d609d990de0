import type { CertificateId, LineName } from '../identifiers.ts';

/** Has certificates made for devices that are known. */
export interface CertificateIssuing {
  /**
   * A certificate for the key of a request, with the request's subject. It is inactive: it opens nothing until it is activated.
   * @param request `requestId` is that of the invocation: another try gets another certificate.
   */
  issue(request: { readonly csrPem: string; readonly line: LineName; readonly requestId: string }): Promise<NewCertificate>;
}

export interface NewCertificate {
  readonly certificateId: CertificateId;
  readonly certificatePem: string;
}
