import { behaviourRows } from '../iot/behaviour/behaviour.ts';
import type { BehaviourRow } from '../iot/behaviour/row.ts';
import { markdownTable } from './markdown-table.ts';

const rowOf = ([id, { value, says, basis }]: readonly [string, BehaviourRow<unknown>]): readonly string[] => [
  `\`${id}\``,
  `\`${JSON.stringify(value)}\``,
  says,
  basis,
];

const byId = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The table of assumptions as Markdown. */
export const assumptionsDocument = (): string =>
  [
    '# What the local AWS assumes about AWS IoT',
    'Written by `npm run docs:local` from `iot/behaviour/`; a test holds it to the code. AWS does not publish everything. Each row is a fact that a capture from a',
    "real account can correct: `startLocalAws({ iotBehaviour: { '<id>': <value> } })`. `evidence` was seen or is documented in one place and contradicted in",
    'another; `assumed` is the likeliest. Each row has a conformance test that carries its id.',
    '',
    markdownTable(['id', 'value', 'what it means', 'basis'], Object.entries<BehaviourRow<unknown>>(behaviourRows).sort(byId).map(rowOf)),
    '',
  ].join('\n');
