import type { RotationChange, RotationView } from '../../domain/operations/rotation-view.ts';
import type { Fact } from '../output/fact-table.ts';

const phases: Readonly<Record<RotationView['phase'], string>> = {
  idle: 'idle: nobody is asked',
  canary: 'canary: a few are asked, and the rest waits for how that goes',
  rolling: 'rolling: all that is due is asked',
  halted: 'halted: nobody is asked before somebody resumes it',
};

/** Every fact of how a line's rotation goes, for people. */
export const rotationFacts = ({ line, phase, due, underWay, succeeded, failed, demandedBefore }: RotationView): readonly Fact[] => [
  ['line', line],
  ['phase', phases[phase]],
  ['due', String(due)],
  ['under way', String(underWay)],
  ['succeeded', String(succeeded)],
  ['failed', String(failed)],
  ...(demandedBefore === undefined ? [] : [['demanded', `all in use since before ${new Date(demandedBefore).toISOString()}`] as const]),
];

/** What came of a change, in one sentence; `done` as in "is halted". */
export const describeRotation =
  (done: string) =>
  ({ outcome, rotation: { line, phase, underWay } }: RotationChange): string =>
    `The rotation of line "${line}" ${outcome === 'changed' ? done : 'was so already'}; it is ${phase}, ${underWay} devices are under way.`;
