import type { Thing, ThingGroup, ThingType } from './records.ts';

/** What happened to an entry: it was created (nothing before), deleted (nothing after), or replaced. */
interface EntryChange<Kind extends string, Entry> {
  readonly kind: Kind;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

export interface MembershipChange {
  readonly kind: 'membership';
  readonly thingName: string;
  readonly thingGroupName: string;
  readonly isMember: boolean;
}

export type RegistryChange =
  | EntryChange<'thing', Thing>
  | EntryChange<'thing-type', ThingType>
  | EntryChange<'thing-group', ThingGroup>
  | MembershipChange;

/** Called in the middle of an operation: it must not change the registry. */
export type RegistryListener = (change: RegistryChange) => void;
