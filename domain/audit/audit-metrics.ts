/** The CloudWatch metrics of events on their way to where they are sealed, in the namespace of the deployment. */
export const auditMetrics = {
  /** Events that the intake took from the log and stored; one that was handed over twice counts twice. */
  taken: 'AuditEventsTaken',
  /** Lines of the log that looked like events and could not be sealed. */
  unreadable: 'AuditEventsUnreadable',
  /** Events in the periods that were sealed. */
  sealed: 'AuditEventsSealed',
  /** Events that were left out of a period because they had come before. */
  duplicates: 'AuditEventsDuplicate',
  /** How long ago the last sealed period ended, when a run begins. */
  sealLagSeconds: 'AuditSealLagSeconds',
  /** Minutes at which a run looked, to compare what was counted with what is there; 0 where none had come since. */
  minutesCompared: 'AuditMinutesCompared',
} as const;

/** Reports of one function that stand in the log; while the log has others and none of these, each is 0. */
export const reportMetrics = {
  sealing: 'AuditSealingReports',
  comparing: 'AuditComparingReports',
} as const;

export type AuditCounts = Readonly<Partial<Record<(typeof auditMetrics)[keyof typeof auditMetrics], number>>>;

/** Where the pipeline says how much went through it. */
export interface AuditGauge {
  tell(counts: AuditCounts): void;
}
