import type { IotConnection } from '../connection.ts';
import type { RequestObject } from './request-body.ts';

/** An operation of the fleet provisioning MQTT API (DG:fleet-provision-api). */
export type ProvisioningOperation = 'CreateCertificateFromCsr' | 'CreateKeysAndCertificate' | 'RegisterThing';

/** One request, its payload read. */
export interface ProvisioningRequest {
  readonly connection: IotConnection;
  /** Only with RegisterThing. */
  readonly templateName: string;
  readonly body: RequestObject;
}

/** What goes to the `accepted` topic, and the certificate that it is about. */
export interface ProvisioningAnswer {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly certificateId: string;
}

/** One kind of request and its answer. */
export interface Exchange {
  readonly operation: ProvisioningOperation;
  /** The members of its payload. */
  readonly members: readonly string[];
  /** Rejects with `ProvisioningRefusal`. */
  answer(request: ProvisioningRequest): Promise<ProvisioningAnswer>;
  /** The event type and the particular fields of its log entries. */
  describe(templateName: string): { readonly eventType: string; readonly provisioningTemplateName?: string };
}
