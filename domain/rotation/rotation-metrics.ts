/** The CloudWatch metrics that the audit log makes of rotations. */
export const rotationMetrics = {
  started: 'RotationsStarted',
  completed: 'RotationsCompleted',
  withdrawn: 'RotationsWithdrawn',
  refused: 'RotationsRefused',
  /** Lines whose rotation halted. */
  halted: 'RotationsHalted',
} as const;
