// Simulates 10,000 rotations; prints the seed, so that a failure can be had again: npm run test:rotations -- <seed> <count>
import { randomInt } from 'node:crypto';
import { simulateRotations } from './simulate-rotations.ts';

const COUNT = 10_000;
const TOLD_EVERY = 1_000;

const seed = Number(process.argv[2] ?? randomInt(2 ** 31));
const count = Number(process.argv[3] ?? COUNT);
process.stdout.write(`seed ${seed}\n`);
const { faults, ...figures } = await simulateRotations(count, seed, (done) => {
  if (done % TOLD_EVERY === 0) process.stdout.write(`${done} of ${count}\n`);
});
const { rotations, rotated, withdrawn, runs, cuts, bricked, oldStillActive } = figures;
process.stdout.write(
  `${rotations} rotations in ${runs} runs, ${cuts} of them cut off by a loss of power: ${rotated} devices have another certificate, ${withdrawn} kept theirs\n`,
);
process.stdout.write(`${bricked} devices bricked, ${oldStillActive} old certificates still active\n`);
for (const fault of faults) process.stdout.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
