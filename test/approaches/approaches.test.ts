import type { ApproachName } from '../../approaches/index.ts';
import * as approaches from './approaches.ts';

const suites = approaches satisfies Record<ApproachName, () => void>;

for (const describeOne of Object.values(suites)) describeOne();
