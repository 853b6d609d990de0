import { Command } from 'commander';
import { type Figure, type Result, measure } from './figure.ts';
import { deployTime } from './figures/deploy-time.ts';
import { sealRate, verifyRate } from './figures/audit-seals.ts';
import { auditStorage } from './figures/audit-storage.ts';
import { oauthVerify, pskVerify } from './figures/authorizer-cost.ts';
import { functionBundles } from './figures/function-bundles.ts';
import { brokerConnects, brokerMemory, brokerMessages } from './figures/broker.ts';
import { importMemory, importMemoryOfMillion } from './figures/import-memory.ts';
import { importRate } from './figures/import-rate.ts';
import { localMemory, localReady } from './figures/local-aws.ts';
import { onboardingRate } from './figures/onboarding-rate.ts';
import { rotationCost } from './figures/rotation-cost.ts';
import { rotationRate } from './figures/rotation-rate.ts';
import { rotationPlanning, rotationRequests } from './figures/rotation-planning.ts';

const figures: readonly Figure[] = [
  ...functionBundles,
  pskVerify,
  oauthVerify,
  localReady,
  localMemory,
  onboardingRate,
  rotationRate,
  rotationCost,
  importRate,
  importMemory,
  rotationPlanning,
  rotationRequests,
  sealRate,
  verifyRate,
  auditStorage,
  brokerConnects,
  brokerMessages,
  brokerMemory,
  deployTime,
];

/** Those that take long. */
const byName: readonly Figure[] = [importMemoryOfMillion];

const line = ({ name, value, unit, limit, verdict, spread, absolute }: Result): string =>
  [
    name.padEnd(20),
    `${value.toFixed(2)} ${unit}`.padStart(12),
    limit.padStart(8),
    verdict.padEnd(4),
    `(${spread.min.toFixed(2)} to ${spread.max.toFixed(2)}${absolute === undefined ? '' : `; ${absolute}`})`,
  ].join('  ');

const command = new Command('bench')
  .description('Measures Muster against floors and peers in one run; exits with 1 when a figure is over its limit.')
  .option('--only <name>', `one of ${[...figures, ...byName].map(({ name }) => name).join(', ')}`)
  .option('--json', 'print an array of results instead of lines')
  .parse();
const { only, json } = command.opts<{ only?: string; json?: true }>();

const chosen = only === undefined ? figures : [...figures, ...byName].filter(({ name }) => name === only);
if (chosen.length === 0)
  command.error(`There is no figure "${only ?? ''}"; there are ${[...figures, ...byName].map(({ name }) => name).join(', ')}.`, {
    exitCode: 2,
  });

const results: Result[] = [];
for (const figure of chosen) {
  const result = await measure(figure);
  results.push(result);
  if (json !== true) process.stdout.write(`${line(result)}\n`);
}
if (json === true) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
process.exitCode = results.some(({ verdict }) => verdict === 'over') ? 1 : 0;
