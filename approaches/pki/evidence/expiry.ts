import { X509Certificate } from 'node:crypto';

/** Whatever ends then or later does so beyond the life of a device: AWS IoT's own certificates do at the end of this year. */
const BEYOND_LIFE = 2049;

/** When a certificate expires, in milliseconds since the epoch; none where nobody needs to plan for it. */
export interface Expiry {
  readonly expiresAt?: number;
}

export const expiryOf = ({ validToDate }: X509Certificate): Expiry =>
  validToDate.getUTCFullYear() < BEYOND_LIFE ? { expiresAt: validToDate.getTime() } : {};

/** @param certificatePem one that AWS IoT has taken */
export const expiryIn = (certificatePem: string): Expiry => expiryOf(new X509Certificate(certificatePem));
