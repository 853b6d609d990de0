import type { OnboardingRecord } from '../onboarding/onboarding-record.ts';

/**
 * What a device must not lose. Each write is whole or not done at all, and survives a power cut once it has resolved.
 * @throws BadSetupError when what is kept cannot be read, or others could read it.
 */
export interface KeyStore {
  /** The device's private key, PKCS#8 in PEM; `undefined` when none was ever kept. */
  readKey(): Promise<string | undefined>;
  /** Keeps a key unless there is one already, and returns the one that is kept: a key, once kept, is never replaced. */
  keepKey(privateKeyPem: string): Promise<string>;
  readRecord(): Promise<OnboardingRecord | undefined>;
  writeRecord(record: OnboardingRecord): Promise<void>;
  /** The certificate that the device's other programs use; `undefined` until one was proven. */
  readCertificate(): Promise<string | undefined>;
  writeCertificate(certificatePem: string): Promise<void>;
}
