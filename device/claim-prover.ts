import type { ApproachName } from '../approaches/index.ts';
import type { ClaimProver, Prover } from '../domain/prover.ts';
import * as approaches from './approaches.ts';
import { BadSetupError } from './bad-setup.ts';

const provers: Readonly<Record<string, Prover>> = approaches satisfies Record<ApproachName, Prover>;

/**
 * The device's half of an approach whose devices come in by claim.
 * @throws BadSetupError for any other: such a device holds no credential that could be fetched for it.
 */
export const claimProverOf = (approach: ApproachName): ClaimProver => {
  const prover = provers[approach];
  if (prover?.entrance === 'claim') return prover;
  throw new BadSetupError(`Devices of the approach "${approach}" prove themselves whenever they connect; there is nothing to onboard.`);
};
