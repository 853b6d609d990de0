/** The CloudWatch metrics of events on their way to where they are sealed, in the namespace of the deployment. */
export const auditMetrics = {
  /** Events that the intake took from the log and stored; one that was handed over twice counts twice. */
  taken: 'AuditEventsTaken',
  /** Lines of the log that looked like events and could not be sealed. */
  unreadable: 'AuditEventsUnreadable',
  /** What the intake could not take and Lambda gave up: batches that wait in the queue of dead letters. */
  deadLetters: 'ApproximateNumberOfMessagesVisible',
} as const;

export type AuditCounts = Readonly<Partial<Record<(typeof auditMetrics)[keyof typeof auditMetrics], number>>>;

/** Where the pipeline says how much went through it. */
export interface AuditGauge {
  tell(counts: AuditCounts): void;
}
