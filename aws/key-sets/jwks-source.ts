import * as z from 'zod/mini';
import { fetchJson, type JsonRequest } from './fetch-json.ts';
import { KeySetError } from './key-set-error.ts';
import type { KeptKeySet, KeptKeySets } from './kept-key-sets.ts';
import { parsePublicKeySet, type PublicKeySet } from './public-key-set.ts';

/** An issuer, and where its keys are, or where it says where they are. */
export interface KeySetIssuer {
  readonly issuer: string;
  readonly keys: { readonly jwksUri: string } | { readonly metadataUri: string };
}

/** For how long keys count, in seconds. */
export interface KeySetTimes {
  /** Until they are fetched anew. */
  readonly freshSeconds: number;
  /** For as long as the issuer does not answer. */
  readonly staleSeconds: number;
  /** The least between two attempts, whatever tokens name. */
  readonly cooldownSeconds: number;
}

export interface JwksSourceProps extends Omit<JsonRequest, 'signal'> {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly times: KeySetTimes;
  /** How long an attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Where the last good keys are kept beyond this process, so that one that starts during an outage has them. */
  readonly kept: KeptKeySets;
  /** Told of every attempt that failed. */
  readonly report: (fault: unknown) => void;
}

/** What is known of an issuer in this process. */
interface Entry {
  known?: KeptKeySet;
  isLookedUp: boolean;
  attemptedAt: number;
  attempt?: Promise<void>;
}

/**
 * The keys of issuers, fetched by need. jose's own remote set forgets its keys when an issuer is down and they are old, tries again
 * at every token then, and reads answers of any size; hence this one.
 *
 * Resolves with the keys that count, whether `kid` is among them or not; `undefined` where there are none.
 */
export const createJwksSource = (props: JwksSourceProps) => {
  const entries = new Map<string, Entry>();
  return async (issuer: KeySetIssuer, kid: string | undefined, signal: AbortSignal): Promise<PublicKeySet | undefined> => {
    const entry = entries.get(issuer.issuer) ?? { isLookedUp: false, attemptedAt: Number.NEGATIVE_INFINITY };
    entries.set(issuer.issuer, entry);
    if (!entry.isLookedUp) await lookUp(props, { issuer, entry }, signal);
    if (!isEnough(props, entry, kid) && (entry.attempt !== undefined || isCool(props, entry))) await attempt(props, { issuer, entry });
    signal.throwIfAborted();
    return isWithin(props, entry, props.times.staleSeconds) ? entry.known?.keySet : undefined;
  };
};

interface Wanted {
  readonly issuer: KeySetIssuer;
  readonly entry: Entry;
}

const isEnough = (props: JwksSourceProps, entry: Entry, kid: string | undefined): boolean =>
  isWithin(props, entry, props.times.freshSeconds) &&
  (kid === undefined || entry.known?.keySet.keys.some((key) => key.kid === kid) === true);

const isWithin = ({ now }: JwksSourceProps, { known }: Entry, seconds: number): boolean =>
  known !== undefined && now() - known.fetchedAt < seconds * 1000;

const isCool = ({ now, times }: JwksSourceProps, { attemptedAt }: Entry): boolean => now() - attemptedAt >= times.cooldownSeconds * 1000;

const lookUp = async ({ kept, report }: JwksSourceProps, { issuer, entry }: Wanted, signal: AbortSignal): Promise<void> => {
  try {
    const found = await kept.read(issuer.issuer, signal);
    if (found !== undefined) entry.known ??= found;
    entry.isLookedUp = true;
  } catch (fault) {
    report(fault);
  }
};

// One at a time; who comes meanwhile waits for the same.
const attempt = (props: JwksSourceProps, wanted: Wanted): Promise<void> => {
  const { entry } = wanted;
  entry.attempt ??= fetchKeys(props, wanted).finally(() => {
    delete entry.attempt;
  });
  return entry.attempt;
};

const fetchKeys = async (props: JwksSourceProps, { issuer, entry }: Wanted): Promise<void> => {
  const { now, kept, report, timeoutMs } = props;
  entry.attemptedAt = now();
  const request = { ...props, signal: AbortSignal.timeout(timeoutMs) };
  try {
    const keySet = parsePublicKeySet(await fetchJson(await jwksUriOf(issuer, request), request));
    entry.known = { keySet, fetchedAt: now() };
  } catch (fault) {
    report(new KeySetError(issuer.issuer, fault));
    return;
  }
  await kept.write(issuer.issuer, entry.known, request.signal).catch(report);
};

const jwksUriOf = async ({ issuer, keys }: KeySetIssuer, request: JsonRequest): Promise<string> => {
  if ('jwksUri' in keys) return keys.jwksUri;
  // What an issuer says of itself counts only where it is this issuer that says it (RFC 8414 §3.3).
  const metadata = z.object({ issuer: z.literal(issuer), jwks_uri: z.string() });
  return z.parse(metadata, await fetchJson(keys.metadataUri, request)).jwks_uri;
};
