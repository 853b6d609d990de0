import { type ConnectionCredential, type ConnectionOccasion, type ConnectionProver, UnusableMeansError } from '../../domain/prover.ts';
import { writePskEvidence } from './evidence.ts';
import { renewalOf } from './prove/renewal.ts';
import { proofMac } from './evidence/proof-mac.ts';
import { type DeviceKey, type PskSecret, readPskSecret } from './evidence/secret.ts';
import { userNameOf } from '../../domain/connection/device-user-name.ts';

/**
 * Proof by MAC under a key that derives from the device's names; the key itself never travels. Of several keys the newest
 * proves, and the one before it where the cloud does not know the newest yet, unless the secret says which to `use`.
 */
export const provePsk: ConnectionProver = {
  entrance: 'connection',
  needsClock: true,
  open: (raw) => {
    const secret = readPskSecret(raw);
    if (secret === undefined) throw new UnusableMeansError(UNREADABLE);
    return { ...credentialOf(keysOf(secret)), renewal: renewalOf(secret) };
  },
};

const UNREADABLE =
  'The secret of the credential file is none of PSK: expected {"keys":[{"version","key"}]}, each key 32 bytes in base64url.';

/** A key, and those before it. */
type Keys = readonly [DeviceKey, ...DeviceKey[]];

const keysOf = ({ keys, use }: PskSecret): Keys => {
  const [newest, ...older] = keys
    .filter(({ version }) => use === undefined || version === use)
    .toSorted((one, other) => other.version - one.version);
  if (newest === undefined)
    throw new UnusableMeansError(`The secret of the credential file says to use version ${use}, and has no such key.`);
  return [newest, ...older];
};

const credentialOf = ([{ version: keyVersion, key }, former, ...older]: Keys): ConnectionCredential => {
  const bytes = Buffer.from(key, 'base64url');
  return {
    keyName: String(keyVersion),
    ...(former === undefined ? {} : { former: credentialOf([former, ...older]) }),
    prove: (occasion) => {
      const { at, counter } = occasion;
      const mac = proofMac(bytes, { ...occasion, keyVersion }).toString('base64url');
      return Promise.resolve({ username: userNameIn(occasion), password: writePskEvidence({ keyVersion, at, counter, mac }) });
    },
  };
};

// A thing's name begins with the deployment's prefix.
const userNameIn = ({ clientId, line, serialNumber }: ConnectionOccasion): string =>
  userNameOf(clientId.split(':', 1).join(), line, serialNumber);
