import { type ConnectionCredential, type ConnectionProof, UnusableMeansError } from '../../domain/prover.ts';
import type { GivenCredential } from './credential-source.ts';
import { endpointOf } from '../mqtt/endpoint-choice.ts';
import { ALPN_PORT, type Endpoint } from '../mqtt/endpoint.ts';
import type { Entrance } from './entrance.ts';
import { MqttSessionError } from '../mqtt/mqtt-session.ts';
import type { ProofJournal } from './proof-journal.ts';
import { within } from '../time-limit.ts';

const NONCE_BYTES = 16;
/** An issuer may have to be asked for a token first. */
const PROVE_MS = 30_000;

/** Who proves itself, and with what. */
export interface Proving {
  readonly given: GivenCredential;
  readonly journal: ProofJournal;
  readonly credential: ConnectionCredential;
}

/** A proof that waits to be shown. */
export interface ReadyProof extends ConnectionProof {
  readonly endpoint: Endpoint;
  /** When it was made, as it says. */
  readonly at: number;
  /** How far off this device's clock was believed to be then. */
  readonly offsetMs: number;
}

/**
 * Makes a proof for one connection.
 * @throws BadSetupError | UnusableMeansError | MqttSessionError; the latter when no proof could be made just now.
 */
export const makeProof = async ({ ports, settings, time }: Entrance, { given, journal, credential }: Proving): Promise<ReadyProof> => {
  const endpoint = endpointOf(settings.endpoint ?? given.endpoint, ALPN_PORT);
  // Of two proofs the cloud takes the newer: a clock that was set back since the last one must not make this the older.
  const at = Math.max(time.now(), journal.memory.acceptedAt ?? 0);
  const occasion = {
    ...{ line: given.line, serialNumber: given.serialNumber, clientId: given.clientId, at, fetch: ports.fetch },
    serverName: settings.serverName ?? endpoint.host,
    counter: await journal.nextCounter(),
    nonce: Buffer.from(ports.random.bytes(NONCE_BYTES)).toString('base64url'),
  };
  const proof = await within(ports.clock, PROVE_MS, credential.prove(occasion).catch(asFailure));
  if (proof === undefined) throw new MqttSessionError('timed-out', `No proof could be made within ${PROVE_MS} ms.`);
  return { ...proof, endpoint, at, offsetMs: time.offsetMs };
};

const asFailure = (cause: unknown): never => {
  if (cause instanceof UnusableMeansError) throw cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  throw new MqttSessionError('unreachable', `No proof could be made: ${message}.`, { cause });
};
