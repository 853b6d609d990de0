/** What a device sends as MQTT password: `1.<key version>.<time>.<counter>.<mac>`, the last in base64url, the others decimal. */
export interface PskEvidence {
  /** Of the device's key, from 1. */
  readonly keyVersion: number;
  /** When the device made it, in milliseconds since the epoch, as far as it knows. */
  readonly at: number;
  /** Greater than in every proof of that instant before, from 1. */
  readonly counter: number;
  /** `proofMac`, in base64url. */
  readonly mac: string;
}

/** Of a line's master keys, whose versions have four digits; before them stands how often a device was given away, at most 32 times. */
export const MAX_MASTER_VERSION = 9999;
export const MAX_KEY_VERSION = 329_999;

const VERSION = '1';
const KEY_VERSION = '[1-9][0-9]{0,5}';
const TIME = '0|[1-9][0-9]{0,14}';
const COUNTER = '[1-9][0-9]{0,9}';
// Of 43 characters for 32 bytes, the last has two bits to spare; only where they are zero is it the one spelling (RFC 4648 §3.5).
const MAC = '[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]';
const FORM = new RegExp(`^${VERSION}\\.(?<keyVersion>${KEY_VERSION})\\.(?<at>${TIME})\\.(?<counter>${COUNTER})\\.(?<mac>${MAC})$`);
const MAX_LENGTH = 96;
const MAX_COUNTER = 2 ** 32 - 1;

/** Reads a password, or returns `undefined` where it is not the one spelling of what PSK devices send. */
export const readPskEvidence = (password: string): PskEvidence | undefined => {
  if (password.length > MAX_LENGTH) return undefined;
  const parts = FORM.exec(password)?.groups;
  if (parts === undefined) return undefined;
  const [counter, keyVersion] = [Number(parts['counter']), Number(parts['keyVersion'])];
  if (counter > MAX_COUNTER || keyVersion > MAX_KEY_VERSION) return undefined;
  return { keyVersion, at: Number(parts['at']), counter, mac: parts['mac'] ?? '' };
};

export const writePskEvidence = ({ keyVersion, at, counter, mac }: PskEvidence): string =>
  [VERSION, keyVersion, at, counter, mac].join('.');
