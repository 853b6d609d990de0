export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC';
export type MacKeySpec = 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512';
export type KeySpec = 'SYMMETRIC_DEFAULT' | MacKeySpec;

export interface KmsKey {
  readonly keyId: string;
  readonly arn: string;
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsage;
  readonly createdAtMs: number;
  /** Never leaves the service. */
  readonly material: Buffer;
  readonly isMultiRegion: boolean;
  description: string;
  /** JSON text. */
  policy: string;
  state: KeyState;
  deletionAtMs: number | undefined;
  /** Undefined while nothing rotates. */
  rotationPeriodInDays: number | undefined;
  readonly tags: Map<string, string>;
}

export interface MacAlgorithm {
  readonly name: `HMAC_SHA_${'224' | '256' | '384' | '512'}`;
  /** What `node:crypto` calls the hash. */
  readonly hash: string;
  /** Length of the key material. */
  readonly keyBytes: number;
}

export const macAlgorithms: Readonly<Record<MacKeySpec, MacAlgorithm>> = {
  HMAC_224: { name: 'HMAC_SHA_224', hash: 'sha224', keyBytes: 28 },
  HMAC_256: { name: 'HMAC_SHA_256', hash: 'sha256', keyBytes: 32 },
  HMAC_384: { name: 'HMAC_SHA_384', hash: 'sha384', keyBytes: 48 },
  HMAC_512: { name: 'HMAC_SHA_512', hash: 'sha512', keyBytes: 64 },
};

/** A key's algorithm for MACs, or undefined when it makes none. */
export const macAlgorithmOf = (key: KmsKey): MacAlgorithm | undefined =>
  key.keySpec === 'SYMMETRIC_DEFAULT' ? undefined : macAlgorithms[key.keySpec];
