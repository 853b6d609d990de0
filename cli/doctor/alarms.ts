import { namesOfClaimAlarms } from '../../domain/monitoring/claim-alarms.ts';
import { type Check, type Finding, note, ok, problem } from './check.ts';
import { look } from './look.ts';
import { readClaims } from './read-claims.ts';

/** Whether each open claim is watched, and whether anything is wrong right now. */
export const alarms: Check = {
  name: 'alarms',
  phases: ['after'],
  run: (context) =>
    look('alarms', async () => {
      const { prefix } = context.configuration;
      const there = await context.account.alarms(`${prefix}-`);
      const open = (await readClaims(context, false)).filter(({ state }) => state === 'open');
      const missing = open.flatMap(({ name }) => namesOfClaimAlarms(prefix, name)).filter((name) => !there.has(name));
      const found = [...missing.map(absent), ...ringing(there)];
      return found.length === 0 ? [ok(`${open.length} open claims are watched, and no alarm rings`)] : found;
    }),
};

const absent = (name: string): Finding =>
  problem(
    `the alarm "${name}" is not there`,
    'Nobody hears when the claim is misused.',
    'Rotate the claim, which makes its alarms anew, or close it.',
  );

const ringing = (there: ReadonlyMap<string, string>): readonly Finding[] =>
  [...there]
    .filter(([, state]) => state === 'ALARM')
    .map(([name]) =>
      note(
        `the alarm "${name}" rings`,
        'What it watches is over its threshold now.',
        'Its description names the section of docs/runbook.md to follow.',
      ),
    );
