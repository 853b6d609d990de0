import { X509Certificate } from 'node:crypto';

/** Whatever ends later does so beyond the life of a device: AWS IoT's own certificates do at the end of this year. */
const LAST_YEAR = 2049;

/**
 * When a certificate expires, in milliseconds since the epoch; `undefined` where nobody needs to plan for it.
 * @param certificatePem one that AWS IoT has taken
 */
export const expiryOf = (certificatePem: string): number | undefined => {
  const { validToDate } = new X509Certificate(certificatePem);
  return validToDate.getUTCFullYear() < LAST_YEAR ? validToDate.getTime() : undefined;
};
