import type { ApproachName } from '../approaches/index.ts';
import type { ClaimProver, ConnectionProver, Prover } from '../domain/prover.ts';
import * as approaches from './approaches.ts';
import { BadSetupError } from './bad-setup.ts';

const provers: Readonly<Record<string, Prover>> = approaches satisfies Record<ApproachName, Prover>;

/** How devices of an approach come in; `undefined` where there is no such approach. */
export const entranceOf = (approach: string): Prover['entrance'] | undefined => provers[approach]?.entrance;

/**
 * The device's half of an approach whose devices come in by claim.
 * @throws BadSetupError for any other.
 */
export const claimProverOf = (approach: string): ClaimProver => {
  const prover = provers[approach];
  if (prover?.entrance === 'claim') return prover;
  throw new BadSetupError(`Devices of the approach "${approach}" do not come in by claim.`);
};

/**
 * The device's half of an approach whose devices prove themselves whenever they connect.
 * @throws BadSetupError for any other.
 */
export const connectionProverOf = (approach: string): ConnectionProver => {
  const prover = provers[approach];
  if (prover?.entrance === 'connection') return prover;
  const known = Object.keys(provers).filter((name) => entranceOf(name) === 'connection');
  throw new BadSetupError(
    prover === undefined
      ? `There is no approach "${approach}"; of those whose devices prove themselves whenever they connect there are: ${known.join(', ') || 'none'}.`
      : `Devices of the approach "${approach}" come in by claim and take no credential file; expected --claim.`,
  );
};
