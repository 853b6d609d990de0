import type { ProofMeans } from '../../domain/prover.ts';

/** Where that comes from which a device was given to prove itself with. It is read only while there is something to onboard. */
export interface MeansSource {
  /**
   * What there is; `undefined` for a device that has its key alone.
   * @throws BadSetupError when it is missing, unreadable, or readable by others.
   */
  read(): Promise<ProofMeans | undefined>;
}
