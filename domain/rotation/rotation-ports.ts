import type { CertificateId, LineName, ThingName } from '../identifiers.ts';
import type { RenewalAnswer } from './renewal-message.ts';

/** Has certificates made for devices that are known. */
export interface CertificateIssuing {
  /**
   * A certificate for the key of a request, with the request's subject. It is inactive: it opens nothing until it is activated.
   * @param request `requestId` is that of the invocation: another try gets another certificate.
   */
  issue(request: WantedIssue): Promise<NewCertificate>;
}

export interface WantedIssue {
  readonly csrPem: string;
  readonly line: LineName;
  readonly thingName: ThingName;
  readonly requestId: string;
}

export interface NewCertificate {
  readonly certificateId: CertificateId;
  readonly certificatePem: string;
  /** Where AWS IoT said it with the answer. */
  readonly arn?: string;
}

/** Speaks to devices. */
export interface DeviceMessages {
  /** Publishes JSON at QoS 1. Whether a device hears it is not known. */
  tell(topic: string, message: RenewalAnswer): Promise<void>;
}
