/** What can be found where the registry and AWS IoT do not say the same. The words stand in audit events: they keep their meaning. */
export const findingKinds = [
  'retirement-left-undone',
  'barred-certificate-active',
  'outside-quarantine',
  'unrecorded-certificate',
  'two-certificates-active',
  'stale-state',
  'rotation-overdue',
  'event-never-emitted',
  'thing-without-enrollment',
  'orphan-certificate',
  'certificate-left-over',
  'orphan-claim-certificate',
  'issued-and-never-used',
] as const;

export type FindingKind = (typeof findingKinds)[number];
