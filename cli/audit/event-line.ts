import * as z from 'zod/mini';
import type { TailedEvent } from '../../domain/operations/audit-entries.ts';
import { paint } from '../output/paint.ts';
import { visible } from '../output/visible-text.ts';

const CODE_WIDTH = 22;

// Said first, or in another way.
const shown = new Set(['schemaVersion', 'id', 'at', 'code', 'actor', 'reason', 'line', 'serialNumber', 'thingName']);

/** One audit event in one line: when, what, about whom, by whom, and what else is known. */
export const eventLine = (event: TailedEvent): string => {
  const { at, code, actor } = event;
  const { reason, line, serialNumber } = z.parse(known, event);
  const about = serialNumber === undefined ? line : `${line ?? '?'}/${serialNumber}`;
  const rest = Object.entries(event).flatMap(([name, value]) => (shown.has(name) ? [] : [`${name}=${textOf(value)}`]));
  const parts = [about, reason, `by ${actorText(actor)}`, ...rest].filter((part) => part !== undefined);
  return `${new Date(at).toISOString()}  ${paint(formatOf(code), code.padEnd(CODE_WIDTH))}  ${visible(parts.join('  '))}`;
};

const known = z.object({ reason: z.optional(z.string()), line: z.optional(z.string()), serialNumber: z.optional(z.string()) });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const actorText = (actor: TailedEvent['actor']): string => {
  switch (actor.kind) {
    case 'device':
      return 'a device';
    case 'operator':
      return actor.arn;
    case 'service':
      return actor.name;
  }
};

const alarming = /refused|contested|quarantined|revoked|decommissioned|closed/;

const formatOf = (code: string): Parameters<typeof paint>[0] => (alarming.test(code) ? 'red' : 'green');
