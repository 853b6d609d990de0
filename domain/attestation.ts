/** What a device can prove of itself when it comes by claim, from weak to strong. */
export const attestations = ['serial-only', 'enrollment-code', 'device-secret', 'pinned-key', 'vendor-certificate'] as const;

/**
 * - `serial-only`: that it knows a serial number, which anybody may
 * - `enrollment-code`: that somebody told it a code which works once
 * - `device-secret`: that it holds a secret of its own, by an HMAC (RFC 2104) over this request
 * - `pinned-key`: that it holds the private key whose public half the manufacturer told
 * - `vendor-certificate`: that it holds the key of a certificate from its maker (IDevID, IEEE 802.1AR)
 */
export type Attestation = (typeof attestations)[number];

/** Whether what was proven is at least as strong as what is wanted. */
export const isAtLeast = (proven: Attestation, wanted: Attestation): boolean =>
  attestations.indexOf(proven) >= attestations.indexOf(wanted);

/** Whether only the one device can prove it: evidence that may let a new key in for a serial that is bound to another. */
export const isDeviceUnique = (attestation: Attestation): boolean => isAtLeast(attestation, 'device-secret');
