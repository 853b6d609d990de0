export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC' | 'SIGN_VERIFY';
export type MacKeySpec = 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512';
export type SigningKeySpec = 'ECC_NIST_P256' | 'ECC_NIST_P384' | 'ECC_NIST_P521';
export type KeySpec = 'SYMMETRIC_DEFAULT' | MacKeySpec | SigningKeySpec;

export interface KmsKey {
  readonly keyId: string;
  readonly arn: string;
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsage;
  readonly createdAtMs: number;
  /** Never leaves the service; of a signing key its PKCS #8 in DER. */
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

const macAlgorithms: Readonly<Record<MacKeySpec, MacAlgorithm>> = {
  HMAC_224: { name: 'HMAC_SHA_224', hash: 'sha224', keyBytes: 28 },
  HMAC_256: { name: 'HMAC_SHA_256', hash: 'sha256', keyBytes: 32 },
  HMAC_384: { name: 'HMAC_SHA_384', hash: 'sha384', keyBytes: 48 },
  HMAC_512: { name: 'HMAC_SHA_512', hash: 'sha512', keyBytes: 64 },
};

export interface SigningAlgorithm {
  readonly name: `ECDSA_SHA_${'256' | '384' | '512'}`;
  /** What `node:crypto` calls the hash. */
  readonly hash: string;
  /** What `node:crypto` calls the curve. */
  readonly curve: string;
}

/** KMS Developer Guide, "Supported signing algorithms for ECC key specs": one for each curve of NIST. */
const signingAlgorithms: Readonly<Record<SigningKeySpec, SigningAlgorithm>> = {
  ECC_NIST_P256: { name: 'ECDSA_SHA_256', hash: 'sha256', curve: 'P-256' },
  ECC_NIST_P384: { name: 'ECDSA_SHA_384', hash: 'sha384', curve: 'P-384' },
  ECC_NIST_P521: { name: 'ECDSA_SHA_512', hash: 'sha512', curve: 'P-521' },
};

const isMacSpec = (spec: KeySpec): spec is MacKeySpec => Object.hasOwn(macAlgorithms, spec);
const isSigningSpec = (spec: KeySpec): spec is SigningKeySpec => Object.hasOwn(signingAlgorithms, spec);

/** The algorithm for MACs of a key of that spec, or undefined when it makes none. */
export const macAlgorithmOf = ({ keySpec }: Pick<KmsKey, 'keySpec'>): MacAlgorithm | undefined =>
  isMacSpec(keySpec) ? macAlgorithms[keySpec] : undefined;

/** The algorithm for signatures of a key of that spec, or undefined when it makes none. */
export const signingAlgorithmOf = ({ keySpec }: Pick<KmsKey, 'keySpec'>): SigningAlgorithm | undefined =>
  isSigningSpec(keySpec) ? signingAlgorithms[keySpec] : undefined;
