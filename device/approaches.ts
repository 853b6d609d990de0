import type { ApproachName } from '../approaches/index.ts';
import { provePki } from '../approaches/pki/prove.ts';
import type { Prover } from '../domain/prover.ts';

/** The device's half of each approach. */
export const provers = { pki: provePki } satisfies Record<ApproachName, Prover>;
