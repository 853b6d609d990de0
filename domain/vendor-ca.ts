import * as z from 'zod/mini';
import { keyDigest, lineName, vendorCaId } from './identifiers.ts';
import { manufacturerName } from './manufacturer.ts';

/** A vendor's CA that was registered at AWS IoT for the devices of one line. */
export const vendorCa = z.object({
  id: vendorCaId,
  manufacturer: manufacturerName,
  line: lineName,
  certificatePem: z.string(),
  /** SHA-256 of its public key (SubjectPublicKeyInfo). */
  keyDigest,
  /** Milliseconds since the epoch: when its certificate ends. */
  notAfter: z.number(),
  /** Certificates of a CA that is distrusted are refused; devices that came in stay what they are. */
  state: z.enum(['trusted', 'distrusted']),
  /** Milliseconds since the epoch: of the last change. */
  changedAt: z.number(),
});

export type VendorCa = z.infer<typeof vendorCa>;

/** Where vendor CAs are on record. */
export interface VendorCaStore {
  read(id: VendorCa['id']): Promise<VendorCa | undefined>;
  /** Writes it, whatever was there. */
  put(ca: VendorCa): Promise<void>;
  list(): Promise<readonly VendorCa[]>;
}

/** What must be known to have a CA registered. */
export interface VendorCaRequest {
  readonly certificatePem: string;
  /** A certificate by that CA over the account's registration code; without it the CA may be registered in other accounts, too. */
  readonly verificationPem: string | undefined;
}

/**
 * - `registered`: now, and inactive
 * - `ours`: it was, by this deployment
 * - `foreign`: it was, by somebody else
 * - `invalid`: AWS IoT does not take it
 */
export type VendorCaRegistration =
  | { readonly outcome: 'registered'; readonly id: VendorCa['id'] }
  | { readonly outcome: 'ours'; readonly id: VendorCa['id'] }
  | { readonly outcome: 'foreign'; readonly why: string }
  | { readonly outcome: 'invalid'; readonly why: string };

/** Vendor CAs at AWS IoT. */
export interface VendorCaAuthority {
  register(request: VendorCaRequest): Promise<VendorCaRegistration>;
  /** Lets certificates of that CA register themselves, or no more. */
  setTrusted(id: VendorCa['id'], isTrusted: boolean): Promise<void>;
  /** Forgets a CA of which nothing came; succeeds when there is none. */
  remove(id: VendorCa['id']): Promise<void>;
}
