import type { DomainConfigurations } from '../../domain/domain-configuration.ts';
import type { Repair } from './check.ts';

/** `too-early`: AWS IoT does not let it happen yet. */
export type RepairOutcome = 'done' | 'planned' | 'too-early';

/** A repair, and what came of it. */
export interface Mended extends Repair {
  readonly outcome: RepairOutcome;
}

/** What repairs are made with. */
export type RepairPorts = Pick<DomainConfigurations, 'close' | 'remove'>;

/** Does what the findings offer, one after the other: AWS IoT takes one such change a second. Repeating it is harmless. */
export const mend = async (repairs: readonly Repair[], { close, remove }: RepairPorts): Promise<readonly Mended[]> => {
  const mended: Mended[] = [];
  for (const repair of repairs) {
    if (repair.by === 'close') await close(repair.name);
    const isTooEarly = repair.by === 'remove' && (await remove(repair.name)) === 'too-early';
    mended.push({ ...repair, outcome: isTooEarly ? 'too-early' : 'done' });
  }
  return mended;
};
