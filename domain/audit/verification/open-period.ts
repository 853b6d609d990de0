import type { Seal, SignedSeal } from '../seal.ts';
import type { PeriodVersions } from './archive-index.ts';
import { checkEvents } from './check-events.ts';
import type { CheckPorts } from './check-period.ts';
import { findSeal } from './find-seal.ts';

/** A period whose events are as they were sealed. */
export interface OpenedPeriod {
  readonly signed: SignedSeal;
  /** A line for each event, in its canonical form; none of a period that nobody wants. */
  readonly text: Buffer;
}

/** Opens a period; `undefined` where it is not as it was sealed. Of one that its seal shows not to be wanted, the events are not read. */
export const openPeriod = async (
  ports: CheckPorts,
  { seals, events }: PeriodVersions,
  isWanted: (seal: Seal) => boolean = () => true,
): Promise<OpenedPeriod | undefined> => {
  const found = await findSeal(ports, seals);
  if ('flaw' in found) return undefined;
  const { seal, signed } = found;
  if (!isWanted(seal)) return { signed, text: Buffer.alloc(0) };
  const checked = await checkEvents(ports, seal, events);
  return 'flaw' in checked ? undefined : { signed, text: Buffer.from(checked.text) };
};
