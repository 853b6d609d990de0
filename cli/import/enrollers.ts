import type { ApproachName } from '../../approaches/index.ts';
import type { Enroller } from '../../domain/enroller.ts';
import * as approaches from '../approaches.ts';

/** The operator's half of each approach. */
export const enrollers: Readonly<Record<ApproachName, Enroller>> = approaches satisfies Record<ApproachName, Enroller>;
