import * as z from 'zod';

/** What the API calls the kinds of alarms. */
export const typeNames = { metric: 'MetricAlarm', composite: 'CompositeAlarm' } as const;

/** Nobody is told of composite alarms who does not ask for them. */
export const alarmTypes = z.array(z.enum([typeNames.metric, typeNames.composite])).default([typeNames.metric]);
