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
  /** Makes the proof from a stored key; may be called again after a power cut. */
  prove(identity: DeviceIdentity): Promise<Proof>;
}

/** Who asks to be let in: a serial number and the private key, PKCS#8 in PEM, that was made and stored before. */
export interface DeviceIdentity {
  readonly serialNumber: SerialNumber;
  readonly privateKeyPem: string;
}

/** What a device presents: a certificate signing request (PKCS#10 in PEM) and the template's parameters. */
export interface Proof {
  readonly csrPem: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** For devices that hold no certificate and prove themselves anew to an authorizer whenever they connect. */
export interface ConnectionProver {
  readonly entrance: 'connection';
  prove(occasion: ConnectionOccasion): Promise<ConnectionProof>;
}

/** A connection about to be made, by whom. */
export interface ConnectionOccasion {
  readonly serialNumber: SerialNumber;
  /** What the device keeps to itself, in the form that its approach knows. */
  readonly secret: string;
  readonly clientId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What the CONNECT packet carries. */
export interface ConnectionProof {
  readonly username: string;
  readonly password: string;
}
