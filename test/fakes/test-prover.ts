import * as z from 'zod';
import { type ConnectionCredential, type ConnectionProver, UnusableMeansError } from '../../domain/prover.ts';

const secretSchema = z.object({ keys: z.array(z.string()).min(1) });
const passwordSchema = z.object({ key: z.string(), at: z.number(), counter: z.number(), serverName: z.string(), nonce: z.string() });

/** What `testProver` shows. */
export const readTestPassword = (password: string) => passwordSchema.parse(JSON.parse(password));

const credentialOf = ([keyName = '', ...older]: readonly string[], endsAfterMs: number | undefined): ConnectionCredential => ({
  keyName,
  ...(older.length === 0 ? {} : { former: credentialOf(older, endsAfterMs) }),
  prove: ({ at, counter, serverName, nonce, serialNumber }) =>
    Promise.resolve({
      username: serialNumber,
      password: JSON.stringify({ key: keyName, at, counter, serverName, nonce }),
      ...(endsAfterMs === undefined ? {} : { endsAt: at + endsAfterMs }),
    }),
});

/** Proves by naming its key, which is all the secret that there is: the newest first. Its proofs end when they are said to. */
export const testProver = (endsAfterMs?: number): ConnectionProver => ({
  entrance: 'connection',
  needsClock: true,
  open: (secret) => {
    const parsed = secretSchema.safeParse(secret);
    if (!parsed.success) throw new UnusableMeansError('The secret names no keys.');
    return credentialOf(parsed.data.keys, endsAfterMs);
  },
});
