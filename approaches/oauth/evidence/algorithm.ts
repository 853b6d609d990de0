/** How tokens and proofs may be signed, by the names of JOSE (RFC 7518 §3.1). `none` and shared secrets are not among them. */
export const signatureAlgorithms = ['ES256', 'ES384', 'PS256', 'RS256'] as const;

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** Those of devices that sign their own tokens, and of keys that tokens are bound to. */
export const deviceAlgorithms = ['ES256', 'RS256'] as const;

export type DeviceAlgorithm = (typeof deviceAlgorithms)[number];
