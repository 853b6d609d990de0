import { type KeyObject, constants, createHmac, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { MAX_EVIDENCE_LENGTH } from '../../../domain/admission/provisioning-contract.ts';
import { type ProofMeans, UnusableMeansError } from '../../../domain/prover.ts';
import type { PkiEvidence, SignatureAlgorithm } from '../evidence.ts';
import { bindingOf, type Occasion } from '../evidence/binding.ts';
import { parseDeviceSecret } from '../evidence/device-secret.ts';
import { codeKeyOf, normalizeCode } from '../evidence/enrollment-code.ts';

type VendorMeans = Extract<ProofMeans, { kind: 'vendor-certificate' }>;

/**
 * The `Evidence` that a device sends, as JSON.
 * @throws UnusableMeansError
 */
export const makeEvidence = async (means: ProofMeans, occasion: Occasion): Promise<string> => {
  const text = JSON.stringify(await evidenceOf(means, occasion));
  if (text.length <= MAX_EVIDENCE_LENGTH) return text;
  throw new UnusableMeansError(
    `The evidence has ${text.length} characters and may have ${MAX_EVIDENCE_LENGTH}; give the device's certificate and those between it and its vendor's CA, no others.`,
  );
};

const evidenceOf = async (means: ProofMeans, occasion: Occasion): Promise<PkiEvidence> => {
  switch (means.kind) {
    case 'enrollment-code':
      return { kind: means.kind, mac: macOf(await codeKey(means.code, occasion), bindingOf(means.kind, occasion)) };
    case 'device-secret':
      return { kind: means.kind, mac: macOf(deviceSecret(means.secret), bindingOf(means.kind, occasion)) };
    case 'vendor-certificate':
      return vendorEvidence(means, occasion);
  }
};

const macOf = (key: Buffer, bytes: Buffer): string => createHmac('sha256', key).update(bytes).digest('base64url');

const codeKey = (code: string, { line, serialNumber }: Occasion): Promise<Buffer> => {
  const normal = normalizeCode(code);
  if (normal === undefined) throw new UnusableMeansError('The enrollment code is none; expected 8 to 64 letters and digits.');
  return codeKeyOf(normal, line, serialNumber);
};

const deviceSecret = (text: string): Buffer => {
  const secret = parseDeviceSecret(text);
  if (secret === undefined)
    throw new UnusableMeansError('The device secret is none; expected 32 to 64 bytes in hexadecimal digits or base64.');
  return secret;
};

const vendorEvidence = (means: VendorMeans, occasion: Occasion): PkiEvidence => {
  const chain = chainOf(means.certificatesPem);
  const key = vendorKeyOf(means.privateKeyPem);
  if (!chain[0]?.checkPrivateKey(key))
    throw new UnusableMeansError('The vendor key does not belong to the first of the vendor certificates.');
  const algorithm = algorithmOf(key);
  return {
    kind: means.kind,
    chain: chain.map(({ raw }) => raw.toString('base64')),
    algorithm,
    signature: signatureOf(key, algorithm, bindingOf(means.kind, occasion)).toString('base64url'),
  };
};

// The cloud has the trust anchor; a copy that came along would only be in the way.
const chainOf = (pem: string): readonly X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
    .map(certificateOf)
    .filter((certificate, index) => index === 0 || !certificate.checkIssued(certificate));

const certificateOf = (pem: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new UnusableMeansError('The vendor certificates are not X.509 certificates in PEM.', { cause });
  }
};

const vendorKeyOf = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new UnusableMeansError('The vendor key is no private key in PEM.', { cause });
  }
};

const curveAlgorithms: Readonly<Record<string, SignatureAlgorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384' };

const algorithmOf = (key: KeyObject): SignatureAlgorithm => {
  const algorithm = key.asymmetricKeyType === 'rsa' ? 'PS256' : curveAlgorithms[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (algorithm === undefined) throw new UnusableMeansError('The vendor key is neither P-256, P-384 nor RSA.');
  return algorithm;
};

const signatureOf = (key: KeyObject, algorithm: SignatureAlgorithm, bytes: Buffer): Buffer =>
  algorithm === 'PS256'
    ? sign('sha256', bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST })
    : sign(algorithm === 'ES384' ? 'sha384' : 'sha256', bytes, { key, dsaEncoding: 'ieee-p1363' });
