import { createHash, createPublicKey, type KeyObject, constants, verify } from 'node:crypto';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import type { SignatureAlgorithm, VendorEvidence } from '../evidence.ts';
import { isAcceptableKey } from '../evidence/acceptable-key.ts';
import {
  type ChainCertificate,
  isEndEntity,
  isValidAt,
  mayIssue,
  namesDevice,
  readChainCertificate,
} from '../evidence/chain-certificate.ts';
import type { PkiRequirement } from '../evidence/requirement.ts';

type VendorRequirement = Extract<PkiRequirement, { attestation: 'vendor-certificate' }>;

/** What a vendor's word must be about. */
export interface VendorOccasion {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly serialNumber: SerialNumber;
  readonly binding: Buffer;
}

/**
 * Whether the device holds the key of a certificate that the vendor CA gave to this serial number (IDevID, IEEE 802.1AR §8;
 * path validation as in RFC 5280 §6.1, without revocation). Reading and comparing go before checking signatures.
 */
export const isVouchedFor = (evidence: VendorEvidence, required: VendorRequirement, occasion: VendorOccasion): boolean => {
  const chain = evidence.chain.map((text) => readChainCertificate(Buffer.from(text, 'base64'))).filter((one) => one !== undefined);
  const [leaf, ...issuers] = chain;
  if (leaf === undefined || chain.length < evidence.chain.length) return false;
  return (
    isTheOne(leaf, required) &&
    namesDevice(leaf, occasion.serialNumber) &&
    chain.every((certificate) => isValidAt(certificate, occasion.at)) &&
    isEndEntity(leaf) &&
    issuers.every(mayIssue) &&
    leadsTo(required, chain) &&
    isSigned(leaf.x509.publicKey, evidence, occasion.binding)
  );
};

const isTheOne = ({ x509 }: ChainCertificate, { vendorCertificate }: VendorRequirement): boolean =>
  vendorCertificate === undefined || createHash('sha256').update(x509.raw).digest('hex') === vendorCertificate;

/** Whether each of a chain was issued by the next, and the last by the vendor CA. */
export const leadsTo = ({ vendorCaKey, vendorCaName }: VendorRequirement, chain: readonly ChainCertificate[]): boolean =>
  chain.every(({ x509 }, index) => {
    const issuer = chain[index + 1]?.x509;
    if (issuer !== undefined) return x509.checkIssued(issuer) && x509.verify(issuer.publicKey);
    const anchor = createPublicKey({ key: Buffer.from(vendorCaKey, 'base64'), format: 'der', type: 'spki' });
    return x509.issuer === vendorCaName && isAcceptableKey(anchor) && x509.verify(anchor);
  });

const rsaPss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const ecdsa = { dsaEncoding: 'ieee-p1363' } as const;

/** What each algorithm takes: its keys, its hash and its form. */
const schemes: Readonly<Record<SignatureAlgorithm, { readonly keys: string; readonly hash: string; readonly form: object }>> = {
  ES256: { keys: 'prime256v1', hash: 'sha256', form: ecdsa },
  ES384: { keys: 'secp384r1', hash: 'sha384', form: ecdsa },
  PS256: { keys: 'rsa', hash: 'sha256', form: rsaPss },
  RS256: { keys: 'rsa', hash: 'sha256', form: {} },
};

const isSigned = (key: KeyObject, { algorithm, signature }: VendorEvidence, binding: Buffer): boolean => {
  const { keys, hash, form } = schemes[algorithm];
  const kind = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType;
  return kind === keys && verify(hash, binding, { key, ...form }, Buffer.from(signature, 'base64url'));
};
