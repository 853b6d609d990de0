import { gzipSync } from 'node:zlib';
import { acceptEvent } from '../../domain/audit/accepted-event.ts';
import { auditLine } from '../../domain/audit-event.ts';
import { auditEvents } from '../audit-events.ts';
import { awsPrices } from '../aws-prices.data.ts';
import type { Figure } from '../figure.ts';

const MILLION = 1_000_000;
const EVENTS_A_PERIOD = 5000;
const EVENTS = 50_000;
const GIB = 2 ** 30;

/** A device that connects and disconnects once a day, comes in, rotates, and has an operator look at it now and then. */
const EVENTS_A_DEVICE_AND_YEAR = 2 * 365 + 10;
const YEARS_KEPT = 7;
const PERIODS_A_YEAR = 4 * 24 * 365;

/** List prices of us-east-1: taking in logs, standard storage, a signature by an asymmetric key, a PUT of S3. */
const USD_PER_GIB_LOGGED = 0.5;
const USD_PER_GIB_AND_YEAR = 12 * 0.023;
const USD_PER_SIGNATURE = 0.15 / 10_000;
const USD_PER_PUT = 0.005 / 1000;
/** The intake for one batch of the log: its events and how many they are, an invocation, 50 ms of 256 MiB. */
const USD_PER_BATCH = 2 * USD_PER_PUT + awsPrices.invocation.usd + 0.05 * 0.25 * awsPrices.gibSecond.usd;

/** Bytes for each event: in the log, and in the archive. */
const bytesOf = (): { readonly logged: number; readonly stored: number } => {
  const events = auditEvents(EVENTS);
  const lines = events.flatMap((event) => acceptEvent(event)?.line ?? []);
  let stored = 0;
  for (let start = 0; start < lines.length; start += EVENTS_A_PERIOD)
    stored += gzipSync(`${lines.slice(start, start + EVENTS_A_PERIOD).join('\n')}\n`).length;
  return { logged: events.reduce((sum, event) => sum + auditLine(event).length, 0) / EVENTS, stored: stored / EVENTS };
};

/** Processor time of one event in the function whose decision it is. */
const microsecondsToTell = (): number => {
  const events = auditEvents(EVENTS);
  for (const event of events) auditLine(event);
  const begun = process.threadCpuUsage();
  for (const event of events) auditLine(event);
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / EVENTS;
};

/** What history takes: an event has digests of its own, which no compression makes smaller. */
export const auditStorage: Figure = {
  name: 'audit-storage',
  what: `MiB in the archive for each million events, of the longest usual kind, ${EVENTS_A_PERIOD} to a period`,
  unit: 'MiB',
  limit: { atMost: 200 },
  sample: () => {
    const { logged, stored } = bytesOf();
    const aYear = (bytes: number): number => (bytes * EVENTS_A_DEVICE_AND_YEAR) / GIB;
    const ofDevice = aYear(logged) * USD_PER_GIB_LOGGED + aYear(stored) * YEARS_KEPT * USD_PER_GIB_AND_YEAR;
    const ofFleet = PERIODS_A_YEAR * (USD_PER_SIGNATURE + 2 * USD_PER_PUT);
    const alone = EVENTS_A_DEVICE_AND_YEAR * USD_PER_BATCH;
    const intake = `at most ${alone.toFixed(6)} USD more to take them in, where each is alone in its batch, and ${(alone / 10).toFixed(6)} USD where ten come together`;
    const usd = `${ofDevice.toFixed(6)} USD a device and year (${EVENTS_A_DEVICE_AND_YEAR} events, logged and kept for ${YEARS_KEPT} years), ${intake}; ${ofFleet.toFixed(2)} USD a fleet and year`;
    const absolute = `${usd}; ${microsecondsToTell().toFixed(2)} µs of processor time to tell an event`;
    return Promise.resolve({ values: [(stored * MILLION) / 2 ** 20], absolute });
  },
};
