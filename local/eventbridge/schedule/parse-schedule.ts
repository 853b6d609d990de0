import { parseCron } from './cron-expression.ts';
import { parseRate } from './rate-expression.ts';
import type { Schedule } from './schedule.ts';

/** EventBridge User Guide, "Setting a schedule pattern for scheduled rules". Undefined for a text that is no schedule. */
export const parseSchedule = (expression: string): Schedule | undefined => parseRate(expression) ?? parseCron(expression);
