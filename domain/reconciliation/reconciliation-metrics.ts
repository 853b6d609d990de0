/** The CloudWatch metrics that the audit log makes of reconciliation. */
export const reconciliationMetrics = {
  /** What was found and is left to a person; told once a day. */
  found: 'ReconciliationFindings',
  repaired: 'ReconciliationRepairs',
} as const;
