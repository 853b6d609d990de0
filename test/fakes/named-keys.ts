import * as z from 'zod';
import { type ConnectionCredential, type ConnectionProver, UnusableMeansError } from '../../domain/prover.ts';
import { principalOf, rotationPrincipalOf } from '../../domain/connection/principal.ts';
import type { PasswordGate } from './rotation-cloud.ts';

const secretSchema = z.object({ keys: z.array(z.string()).min(1) });
const givenSchema = z.object({ key: z.string(), for: z.string() });

const credentialOf = ([keyName = '', ...older]: readonly string[]): ConnectionCredential => ({
  keyName,
  ...(older.length === 0 ? {} : { former: credentialOf(older) }),
  prove: ({ serialNumber }) => Promise.resolve({ username: serialNumber, password: keyName }),
  renewal: {
    makeKey: () => Promise.resolve('made for one rotation'),
    offer: ({ privateKeyPem }) => Promise.resolve({ recipient: privateKeyPem }),
    adopt: (given, privateKeyPem) => {
      const { data } = givenSchema.safeParse(given);
      return Promise.resolve(data?.for === privateKeyPem ? { both: { keys: [data.key, keyName] }, next: { keys: [data.key] } } : undefined);
    },
  },
});

/** Proves by naming its key, and gets the name of another. */
export const namedKeyProver: ConnectionProver = {
  entrance: 'connection',
  open: (secret) => {
    const parsed = secretSchema.safeParse(secret);
    if (!parsed.success) throw new UnusableMeansError('The secret names no keys.');
    return credentialOf(parsed.data.keys);
  },
};

/** Lets in who names the key that is required, or the next one while a rotation offers it. */
export const namedKeyGate: PasswordGate = {
  principalFor: (password, { requirement, rotation, thingName }) => {
    if (password === requirement['key']) return principalOf(thingName);
    return rotation?.next?.['key'] === password ? rotationPrincipalOf(thingName, rotation.id) : undefined;
  },
  renew: ({ recipient }, rotation) => ({ next: { key: `key of ${rotation}` }, credential: { key: `key of ${rotation}`, for: recipient } }),
};
