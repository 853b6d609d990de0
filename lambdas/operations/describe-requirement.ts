import type { ApproachName } from '../../approaches/index.ts';
import type { Requirement, RequirementDescription } from '../../domain/enroller.ts';
import * as approaches from './approaches.ts';

type Describe = (requirement: Requirement) => RequirementDescription | undefined;

const describers: ReadonlyMap<string, Describe> = new Map(Object.entries(approaches satisfies Record<ApproachName, Describe>));

/** What is public of a requirement; `undefined` where its approach does not know it. */
export const describeRequirement = (approach: string, requirement: Requirement): RequirementDescription | undefined =>
  describers.get(approach)?.(requirement);
