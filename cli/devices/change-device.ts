import type { DeviceChange } from '../../domain/operations/device-change.ts';
import { visible } from '../output/visible-text.ts';

/** What came of a change, in one sentence; `verb` as in "approved". */
export const describeChange =
  (verb: string) =>
  ({ outcome, device }: DeviceChange): string => {
    const { serialNumber, line, state } = device;
    const name = `Device "${visible(serialNumber)}" of line "${line}"`;
    return outcome === 'changed' ? `${name} ${verb}; it is ${state}.` : `${name} was so already; it is ${state}.`;
  };
