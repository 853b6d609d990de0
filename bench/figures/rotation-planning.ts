import { join } from 'node:path';
import * as z from 'zod/mini';
import { awsPrices } from '../aws-prices.data.ts';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { runInChild } from '../run-in-child.ts';

const SMALL = 5000;
const LARGE = 100_000;

/** An enrollment is about two kilobytes; two indexes change with it. */
const WRITE_UNITS_PER_REQUEST = 4;

const program = join(import.meta.dirname, '../plan-rotations.ts');

const outcome = z.object({ peakMib: z.number(), requests: z.int(), asked: z.int() });

/** What it takes to plan the rotation of so many devices that are due, in a process of its own. */
const plan = async (devices: number) => z.parse(outcome, JSON.parse(await runInChild([program, String(devices)])));

/** Planning goes by pages: it takes no more memory for more devices. */
export const rotationPlanning: Figure = {
  name: 'rotation-planning',
  what: `peak resident memory of planning the rotation of ${LARGE} devices against that of ${SMALL}, in turn`,
  unit: 'x',
  limit: { atMost: 1.2 },
  sample: async () => {
    const peaks: { small: number; large: number }[] = [];
    for (let round = 0; round < SAMPLES; round += 1) peaks.push({ small: (await plan(SMALL)).peakMib, large: (await plan(LARGE)).peakMib });
    const absolute = `${median(peaks.map(({ large }) => large)).toFixed(0)} MiB against ${median(peaks.map(({ small }) => small)).toFixed(0)}`;
    return { values: peaks.map(({ small, large }) => large / small), absolute };
  },
};

/** One write for each device that is due, and a few requests for each hundred; none for those that are only registered. */
export const rotationRequests: Figure = {
  name: 'rotation-requests',
  what: `requests for each of ${LARGE} devices that are due, from the planner's first look to the end of their jobs`,
  unit: '/device',
  limit: { atMost: 1.1 },
  sample: async () => {
    const { requests, asked } = await plan(LARGE);
    const perDevice = requests / asked;
    const { jobExecution, writeUnit } = awsPrices;
    const usd = jobExecution.usd + perDevice * WRITE_UNITS_PER_REQUEST * writeUnit.usd;
    return { values: [perDevice], absolute: `${usd.toFixed(6)} USD for each that is asked, of which its job is ${jobExecution.usd}` };
  },
};
