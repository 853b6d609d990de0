import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { AuditEvent } from '../../audit-event.ts';

/** What AWS told, as an event; the address that it came from stands beside it, and never in it. */
export interface ToldEvent {
  readonly event: AuditEvent;
  readonly address?: string;
}

/** An id that is the same whenever the same is told again. */
export const toldId = (kind: string, ...told: readonly (string | number | undefined)[]): string =>
  `${kind}-${createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32)}`;

const word = z.string().check(z.regex(/^[\w.: -]{1,100}$/));

/** A word of AWS's, as one of the event's members; nothing where it is none, whoever chose it. */
export const ofAws = <Name extends 'operation' | 'awsReason'>(name: Name, text: unknown): Partial<Record<Name, string>> => {
  const { data } = z.safeParse(word, text);
  // The one member of the type has this name.
  return data === undefined ? {} : ({ [name]: data } as Partial<Record<Name, string>>);
};

/** An IP address, of either version; nothing for what looks otherwise. */
export const addressIn = (text: unknown): { readonly address?: string } => {
  const address = z.safeParse(z.string().check(z.regex(/^[0-9A-Fa-f.:]{3,45}$/)), text).data;
  return address === undefined ? {} : { address };
};
