import * as z from 'zod';
import { statisticNames } from './statistics.ts';

const name = z.string().min(1).max(255);

export const namespace = name.regex(/^[^:]/, 'must not begin with a colon');

export const metricName = name;

/** CloudWatch API Reference, Dimension. */
export const dimensions = z
  .array(z.object({ Name: name, Value: z.string().min(1).max(1024) }))
  .max(30)
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));

export const units = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits', 'Kilobits'],
  ...['Megabits', 'Gigabits', 'Terabits', 'Percent', 'Count', 'Bytes/Second', 'Kilobytes/Second', 'Megabytes/Second'],
  ...['Gigabytes/Second', 'Terabytes/Second', 'Bits/Second', 'Kilobits/Second', 'Megabits/Second', 'Gigabits/Second'],
  ...['Terabits/Second', 'Count/Second', 'None'],
];

export const unit = z.string().refine((text) => units.includes(text), 'must be one of the standard units');

/** Seconds since the epoch, as AWS JSON writes times; milliseconds afterwards. */
export const timestamp = z.number().transform((seconds) => Math.round(seconds * 1000));

/** Only whole minutes are kept, so nothing finer can be asked for. */
export const periodSeconds = z.int().min(60, 'must be at least 60 seconds: the local AWS keeps no high-resolution metrics').multipleOf(60);

export const statistic = z.enum(statisticNames, {
  error: `must be one of ${statisticNames.join(', ')}: the local AWS keeps no percentiles`,
});
