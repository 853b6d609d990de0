import type { CertificateId, LineName, ThingName } from './identifiers.ts';
import type { RotationId } from './rotation/rotation.ts';
import type { SerialNumber } from './serial-number.ts';

/** Key kinds that AWS IoT accepts and the admission rules allow. */
export const keyKinds = ['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-3072'] as const;

export type KeyKind = (typeof keyKinds)[number];

/** The device's half of an approach: how its devices come in decides what they must make. */
export type Prover = ClaimProver | ConnectionProver;

/** For devices that come in once, by claim, and hold a certificate of their own from then on. */
export interface ClaimProver {
  readonly entrance: 'claim';
  /** Makes a private key, PKCS#8 in PEM. Nothing leaves the device. */
  makeKey(kind: KeyKind): Promise<string>;
  /**
   * Makes the proof from a stored key; may be called again after a power cut.
   * @throws UnusableMeansError
   */
  prove(identity: DeviceIdentity): Promise<Proof>;
}

/** Who asks to be let in, and by which claim. */
export interface DeviceIdentity {
  readonly serialNumber: SerialNumber;
  /** PKCS#8 in PEM, made and stored before. */
  readonly privateKeyPem: string;
  readonly line: LineName;
  readonly claimCertificateId: CertificateId;
  /** What the device can prove itself with beside its key. */
  readonly means?: ProofMeans;
}

/** What a device was given so that it can prove itself with it, as it was given. */
export type ProofMeans =
  | { readonly kind: 'enrollment-code'; readonly code: string }
  /** 32 to 64 bytes in hexadecimal digits or base64. */
  | { readonly kind: 'device-secret'; readonly secret: string }
  /** Its maker's certificates, its own first, and its private key, all in PEM. */
  | { readonly kind: 'vendor-certificate'; readonly certificatesPem: string; readonly privateKeyPem: string };

/** What a device has to prove itself with cannot be used; nobody but its owner can mend that. The message repeats no secret. */
export class UnusableMeansError extends Error {
  override readonly name = 'UnusableMeansError';
  readonly code = 'ERR_UNUSABLE_MEANS';
}

/** What a device presents: a certificate signing request (PKCS#10 in PEM) and the template's parameters. */
export interface Proof {
  readonly csrPem: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** For devices that hold no certificate and prove themselves anew to an authorizer whenever they connect. */
export interface ConnectionProver {
  readonly entrance: 'connection';
  /** Whether proofs are good around the time that they were made only: then the device makes sure of its clock. */
  readonly needsClock?: boolean;
  /**
   * Reads what a device was given to prove itself with: the member `secret` of its credential file, as it stands there.
   * @throws UnusableMeansError; the message repeats no secret.
   */
  open(secret: unknown): ConnectionCredential;
}

/** What a device holds that proves itself whenever it connects. */
export interface ConnectionCredential {
  /** What its key is called, e.g. its version, so that the device remembers which one was accepted. No secret. */
  readonly keyName?: string;
  /** The key that this one replaces, while either may be good: it is tried where this one is refused and never was accepted. */
  readonly former?: ConnectionCredential;
  /** Makes the proof for one connection. Rejects with `UnusableMeansError` where nobody but the device's owner can mend it. */
  prove(occasion: ConnectionOccasion): Promise<ConnectionProof>;
  /** How the device gets another key from the cloud; none where its key is not the cloud's business. */
  readonly renewal?: SecretRenewal;
}

/** The device's half of a rotation, in the words of its approach. */
export interface SecretRenewal {
  /** Makes the private key that one rotation takes, PKCS#8 in PEM. Nothing of it leaves the device. */
  makeKey(): Promise<string>;
  /** What the device asks with. */
  offer(occasion: RenewalOccasion): Promise<Readonly<Record<string, unknown>>>;
  /** What becomes of the secret by what the cloud gave; `undefined` where that is not for this private key. */
  adopt(given: Readonly<Record<string, unknown>>, privateKeyPem: string): Promise<AdoptedSecret | undefined>;
}

/** A rotation in which a device asks for another key. */
export interface RenewalOccasion {
  readonly rotation: RotationId;
  readonly thingName: ThingName;
  /** PKCS#8 in PEM, made and stored before. */
  readonly privateKeyPem: string;
  /** Milliseconds since the epoch, as far as the device knows. */
  readonly at: number;
}

/** Secrets for the credential file. */
export interface AdoptedSecret {
  /** While either key may be the one that counts. */
  readonly both: unknown;
  /** Once only the new one does. */
  readonly next: unknown;
}

/** A connection about to be made, by whom. */
export interface ConnectionOccasion {
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly clientId: string;
  /** The host that is dialled, as it stands in TLS. */
  readonly serverName: string;
  /** Milliseconds since the epoch, as far as the device knows. */
  readonly at: number;
  /** Greater than at every occasion before, also across power cuts; from 1. */
  readonly counter: number;
  /** 128 random bits, base64url. */
  readonly nonce: string;
  /** How requests to an issuer are made. */
  readonly fetch: typeof globalThis.fetch;
}

/** What the CONNECT packet carries. */
export interface ConnectionProof {
  /** Without the query string in which the authorizer is named. */
  readonly username: string;
  readonly password: string;
  /** When the cloud ends the connection at the latest, in milliseconds since the epoch, where the proof decides that. */
  readonly endsAt?: number;
}
