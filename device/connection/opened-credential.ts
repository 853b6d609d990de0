import type { ConnectionCredential, ConnectionProver } from '../../domain/prover.ts';
import type { GivenCredential } from './credential-source.ts';

/** What was opened of the credential that was read last: it stays open while the file says the same, e.g. with a token that is still good. */
export class OpenedCredential {
  #text = '';
  #credential: ConnectionCredential | undefined;

  /** @throws UnusableMeansError */
  of({ approach, secret }: GivenCredential, prover: ConnectionProver): ConnectionCredential {
    const text = JSON.stringify([approach, secret]);
    if (this.#credential === undefined || text !== this.#text) this.#credential = prover.open(secret);
    this.#text = text;
    return this.#credential;
  }
}
